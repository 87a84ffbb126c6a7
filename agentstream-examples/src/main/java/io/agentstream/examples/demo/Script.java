package io.agentstream.examples.demo;

import java.util.List;

/** Says what a {@link CompletionServer} answers. Must be safe from any thread and not block. */
@FunctionalInterface
public interface Script {

  /** The answer to a request, piece by piece. */
  List<TimedToken> answer(CompletionRequest request);
}
