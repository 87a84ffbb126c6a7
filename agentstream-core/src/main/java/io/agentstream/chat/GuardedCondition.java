package io.agentstream.chat;

import io.agentstream.chat.termination.Termination;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.chat.termination.TerminationContext;
import io.agentstream.event.ChatError;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A user's condition: one that fails ends its run with {@code failed}, and is named in the log. */
final class GuardedCondition implements TerminationCondition {

  private static final Logger log = LoggerFactory.getLogger(GuardedCondition.class);

  private static final String FAILED = "The condition that ends the run failed.";

  private final ConversationScope scope;
  private final boolean fatal;
  private final TerminationCondition condition;
  private boolean broken;

  /**
   * @param condition what makes the one for this run
   * @param fatal whether the conversation ends with the run
   */
  GuardedCondition(TerminationCondition condition, ConversationScope scope, boolean fatal) {
    this.scope = scope;
    this.fatal = fatal;
    this.condition =
        scope.userCode.call(
            condition,
            () -> Objects.requireNonNull(condition.forRun(), "forRun"),
            failure -> {
              failed(condition, failure);
              return condition;
            });
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    Optional<Termination> found =
        broken
            ? Optional.empty()
            : scope.userCode.call(
                condition,
                () -> Objects.requireNonNull(condition.check(run), "check"),
                failure -> {
                  failed(condition, failure);
                  return Optional.empty();
                });
    if (!broken) {
      return found;
    }
    scope.events.report(new ChatError(ErrorCode.INTERNAL, FAILED, null, null, false, fatal));
    return Optional.of(new Termination(EndReason.FAILED, FAILED));
  }

  @Override
  public Set<Duration> deadlines() {
    return scope.userCode.call(
        condition,
        () -> Set.copyOf(condition.deadlines()),
        failure -> {
          failed(condition, failure);
          return Set.of();
        });
  }

  private void failed(TerminationCondition failing, Throwable failure) {
    broken = true;
    log.atError()
        .addKeyValue("conversation_id", scope.id)
        .setCause(failure)
        .log(
            "Conversation {}: the termination condition {} failed",
            scope.id,
            failing.getClass().getName());
  }
}
