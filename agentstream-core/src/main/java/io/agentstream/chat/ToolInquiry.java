package io.agentstream.chat;

import io.agentstream.internal.UserCode;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Asks one tool source for one turn, on the chat's executor. The answer comes within a time limit.
 * Begun and cancelled in the conversation's serial order.
 */
final class ToolInquiry {

  private final ToolSource source;
  private final ToolSource.Turn turn;
  private final CompletableFuture<List<ToolSource.Tool>> answer = new CompletableFuture<>();
  private final FutureTask<?> asking = new FutureTask<>(this::ask, null);
  private volatile boolean begun;

  ToolInquiry(ToolSource source, ToolSource.Turn turn) {
    this.source = source;
    this.turn = turn;
  }

  /**
   * Returns the tools; fails with a {@link ToolsMissingException} if the source gives none in time.
   */
  CompletableFuture<List<ToolSource.Tool>> begin(ConversationScope scope, Duration patience) {
    Alarm alarm =
        scope.clock.schedule(patience, () -> giveUp(new ToolsMissingException("took too long")));
    CompletionStage<?> unused =
        answer.whenComplete((tools, failure) -> scope.serial.execute(alarm::cancel));
    scope.executor.execute(asking, this::failed);
    return answer;
  }

  /** Interrupts the source; its tools are of no use any more. */
  void cancel() {
    giveUp(new ToolsMissingException("was not needed any more"));
  }

  private void giveUp(ToolsMissingException why) {
    if (answer.completeExceptionally(why)) {
      asking.cancel(true);
    }
  }

  /** Returns true if the source may know of the turn. */
  boolean isBegun() {
    return begun;
  }

  private void ask() {
    begun = true;
    try {
      CompletionStage<List<ToolSource.Tool>> tools = source.tools(turn);
      CompletionStage<?> unused = tools.whenComplete(this::answered);
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void answered(@Nullable List<ToolSource.Tool> tools, @Nullable Throwable failure) {
    if (failure != null) {
      failed(
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure);
      return;
    }
    try {
      // A copy, because the list must stay the same for the whole turn.
      answer.complete(List.copyOf(Objects.requireNonNull(tools, "tools")));
    } catch (Throwable e) {
      failed(e);
    }
  }

  /** Names only the class, because a source's message may quote a credential. */
  private void failed(Throwable failure) {
    UserCode.caught(failure);
    answer.completeExceptionally(
        new ToolsMissingException("failed with " + failure.getClass().getName()));
  }
}
