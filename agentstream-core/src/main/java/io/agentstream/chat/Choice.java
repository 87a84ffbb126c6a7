package io.agentstream.chat;

import io.agentstream.chat.speaker.ModelAskException;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.chat.speaker.SelectionContext;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.ErrorCode;
import io.agentstream.internal.UserCode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a team's selector who speaks next. A newer question makes the answer to an older one void.
 * Used in the conversation's serial order only.
 */
final class Choice {

  /** Says why nobody was chosen, for viewers. */
  record Failure(ErrorCode code, String message) {}

  static final String NOBODY = "Nobody could be picked.";

  private static final Logger log = LoggerFactory.getLogger(Choice.class);

  private final ConversationScope scope;
  private final SpeakerSelector selector;
  private long newest;

  Choice(ConversationScope scope, SpeakerSelector selector) {
    this.scope = scope;
    this.selector = selector;
  }

  /** Returns which question is the newest. */
  long newest() {
    return newest;
  }

  /** Makes the answer to the newest question void. */
  void drop() {
    newest++;
  }

  /**
   * Asks.
   *
   * @param then receives a selection, or else a failure, which may be null; not called once the
   *     question is void
   */
  void ask(SelectionContext view, BiConsumer<@Nullable Selection, @Nullable Throwable> then) {
    long question = ++newest;
    BiConsumer<@Nullable Selection, @Nullable Throwable> answer =
        (chosen, failure) ->
            scope.serial.execute(
                () -> {
                  if (question == newest) {
                    then.accept(chosen, failure);
                  }
                });
    Runnable task =
        () -> {
          try {
            selector.select(view).whenComplete(answer);
          } catch (Throwable e) {
            UserCode.caught(e);
            answer.accept(null, e);
          }
        };
    if (scope.userCode.call(selector, selector::mayBlock, failure -> true)) {
      scope.executor.execute(task, refusal -> answer.accept(null, refusal));
    } else {
      long began = scope.userCode.now();
      task.run();
      scope.userCode.took(selector, began);
    }
  }

  /** Logs why the selector failed, and returns it. */
  Failure failure(@Nullable Throwable error) {
    Throwable cause =
        error != null && error.getCause() instanceof ModelAskException asked ? asked : error;
    if (cause instanceof ModelAskException asked) {
      return new Failure(asked.code(), "Nobody could be picked: " + asked.getMessage());
    }
    log.atError()
        .addKeyValue("conversation_id", scope.id)
        .setCause(error)
        .log("Conversation {}: selector {} failed", scope.id, selector.name());
    return new Failure(ErrorCode.INTERNAL, NOBODY);
  }

  /** Returns whether all chosen agents exist and are chosen once; logs one that is not. */
  boolean isPossible(Speak speak, Roster roster) {
    Set<String> names = new HashSet<>();
    for (Selection.Turn turn : speak.turns()) {
      if (roster.active(turn.agentName()) == null || !names.add(turn.agentName())) {
        log.atError()
            .addKeyValue("conversation_id", scope.id)
            .log(
                "Conversation {}: selector {} picked '{}', who is not there or was picked twice",
                scope.id,
                selector.name(),
                turn.agentName());
        return false;
      }
    }
    return true;
  }
}
