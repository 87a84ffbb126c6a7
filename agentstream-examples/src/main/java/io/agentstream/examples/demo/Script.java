package io.agentstream.examples.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Provides the answers of a {@link CompletionServer}. Must be thread-safe and must not block. */
@FunctionalInterface
public interface Script {

  /** Returns the answer to a request, piece by piece. */
  List<TimedToken> answer(CompletionRequest request);

  /** Returns the tool call after the answer; null for none, which is the default. */
  default @Nullable ToolCall call(CompletionRequest request) {
    return null;
  }
}
