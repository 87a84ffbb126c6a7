package io.agentstream.examples.demo;

import java.util.List;

/** Provides the answers of a {@link CompletionServer}. Must be thread-safe and must not block. */
@FunctionalInterface
public interface Script {

  /** Returns the answer to a request, piece by piece. */
  List<TimedToken> answer(CompletionRequest request);
}
