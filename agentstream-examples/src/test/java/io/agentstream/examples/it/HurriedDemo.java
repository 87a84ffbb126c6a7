package io.agentstream.examples.it;

import io.agentstream.examples.demo.CompletionRequest;
import io.agentstream.examples.demo.DemoScript;
import io.agentstream.examples.demo.Script;
import io.agentstream.examples.demo.TimedToken;
import io.agentstream.examples.demo.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The demo model's answers without its reading speed, for tests that wait for their ends. */
final class HurriedDemo implements Script {

  private static final int EVERY_MILLIS = 1;

  private final DemoScript demo = new DemoScript();

  @Override
  public List<TimedToken> answer(CompletionRequest request) {
    return demo.answer(request).stream()
        .map(token -> new TimedToken(token.text(), EVERY_MILLIS))
        .toList();
  }

  @Override
  public @Nullable ToolCall call(CompletionRequest request) {
    return demo.call(request);
  }
}
