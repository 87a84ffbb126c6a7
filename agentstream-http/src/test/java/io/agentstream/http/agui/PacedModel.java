package io.agentstream.http.agui;

import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A model that answers in steps with a moment between two of them, so that a client can be cut off
 * and join again in the middle.
 */
final class PacedModel {

  private static final Executor SOON = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS);

  private PacedModel() {}

  /** Returns a model whose answer to each call has the steps that {@code answer} gives. */
  static ScriptedModel of(Function<ScriptedCall, List<Consumer<ScriptedCall>>> answer) {
    return new ScriptedModel().always(call -> next(call, answer.apply(call).iterator()));
  }

  static Stream<Consumer<ScriptedCall>> tokens(String... tokens) {
    return Stream.of(tokens).map(token -> call -> call.tokens(token));
  }

  static Stream<Consumer<ScriptedCall>> thinking(String... thoughts) {
    return Stream.of(thoughts).map(thought -> call -> call.thinking(thought));
  }

  private static void next(ScriptedCall call, Iterator<Consumer<ScriptedCall>> steps) {
    SOON.execute(
        () -> {
          if (steps.hasNext()) {
            steps.next().accept(call);
            next(call, steps);
          } else {
            call.complete();
          }
        });
  }
}
