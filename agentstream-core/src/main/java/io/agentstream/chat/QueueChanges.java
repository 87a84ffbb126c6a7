package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.event.MessageEdited;
import io.agentstream.event.MessageWithdrawn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Edits and withdraws messages that wait. Each change is recorded before it is reported, so that
 * another process that takes over cannot deliver what somebody has seen withdrawn. Used in the
 * conversation's serial order only.
 */
final class QueueChanges {

  private static final Logger log = LoggerFactory.getLogger(QueueChanges.class);

  private final ConversationScope scope;
  private final Inbox inbox;

  QueueChanges(ConversationScope scope, Inbox inbox) {
    this.scope = scope;
    this.inbox = inbox;
  }

  /**
   * Replaces the text of a waiting message.
   *
   * @param running whether events may be published
   */
  CompletionStage<SteeringOutcome> edit(MessageEdited edit, Running running) {
    QueuedMessage before = inbox.find(edit.queueId());
    if (before == null) {
      return CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
    }
    QueuedMessage after = before.with(edit.content());
    inbox.replace(before, after);
    return recorded(
        done -> {
          if (!done) {
            inbox.replace(after, before);
          } else if (after.equals(inbox.find(edit.queueId())) && running.isRunning()) {
            scope.events.publish(edit);
          }
        });
  }

  /** Withdraws a waiting message; a message that was withdrawn before is accepted again. */
  CompletionStage<SteeringOutcome> withdraw(
      String queueId, @Nullable Author author, Running running) {
    if (inbox.wasWithdrawn(queueId)) {
      return CompletableFuture.completedStage(SteeringOutcome.ACCEPTED);
    }
    if (inbox.find(queueId) == null) {
      return CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
    }
    MessageWithdrawn withdrawal = new MessageWithdrawn(queueId, author);
    inbox.withhold(withdrawal);
    return recorded(
        done -> {
          if (!done) {
            inbox.release(queueId);
            return;
          }
          inbox.withdraw(queueId);
          if (running.isRunning()) {
            scope.events.publish(withdrawal);
          }
        });
  }

  /** Says whether a run is in progress: no event may follow its end. */
  interface Running {
    boolean isRunning();
  }

  /**
   * Records the conversation as it stands now.
   *
   * @param then receives in the serial order whether that has succeeded
   */
  private CompletionStage<SteeringOutcome> recorded(Consumer<Boolean> then) {
    CompletableFuture<SteeringOutcome> outcome = new CompletableFuture<>();
    CompletionStage<Void> unused =
        scope
            .record()
            .whenComplete(
                (done, failure) ->
                    scope.serial.execute(
                        () -> {
                          if (failure != null) {
                            log.atWarn()
                                .addKeyValue("conversation_id", scope.id)
                                .log(
                                    "Conversation {}: a change of a waiting message was not"
                                        + " recorded: {}",
                                    scope.id,
                                    failure.toString());
                          }
                          then.accept(failure == null);
                          outcome.complete(
                              failure == null
                                  ? SteeringOutcome.ACCEPTED
                                  : SteeringOutcome.UNAVAILABLE);
                        }));
    return outcome;
  }
}
