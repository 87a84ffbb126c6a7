package io.agentstream.upstream.openai;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The known refusals of all servers in this process, by address and model, so that several {@code
 * OpenAiCompatibleModel}s of one server learn from each other. Keeps the {@value #MOST} most
 * recently used ones. Thread-safe.
 */
final class LearntQuirks {

  static final LearntQuirks OF_PROCESS = new LearntQuirks();

  /** A base URL or a model's name may come from users, so that there may be any number of them. */
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
   * Returns what the model of a server refuses.
   *
   * @param model its name
   */
  synchronized Quirks of(Endpoint server, String model) {
    return known.computeIfAbsent(
        new Asked(server.chatCompletions(), model),
        unused -> new Quirks(model + " at " + server.server()));
  }

  private record Asked(URI address, String model) {}
}
