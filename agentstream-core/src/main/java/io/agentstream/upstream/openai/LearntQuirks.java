package io.agentstream.upstream.openai;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters that servers refuse, by address and model. All {@code OpenAiCompatibleModel}s of
 * the process share them, so that one model learns from another. Keeps the {@value #MOST} most
 * recently used models. Thread-safe.
 */
final class LearntQuirks {

  static final LearntQuirks OF_PROCESS = new LearntQuirks();

  /** Users may enter base URLs and model names, so their number is unlimited without this bound. */
  static final int MOST = 1_000;

  private final Map<Asked, Quirks> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Quirks> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Returns the parameters that a server's model refuses.
   *
   * @param model the model's name
   */
  synchronized Quirks of(Endpoint server, String model) {
    return known.computeIfAbsent(
        new Asked(server.chatCompletions(), model),
        unused -> new Quirks(model + " at " + server.server()));
  }

  private record Asked(URI address, String model) {}
}
