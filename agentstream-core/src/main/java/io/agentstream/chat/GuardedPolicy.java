package io.agentstream.chat;

import io.agentstream.chat.FailurePolicy.Action;
import io.agentstream.chat.FailurePolicy.TurnFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a user's failure policy. If the policy itself fails, the run ends. */
record GuardedPolicy(FailurePolicy policy, ConversationScope scope) {

  private static final Logger log = LoggerFactory.getLogger(GuardedPolicy.class);

  boolean ends(TurnFailure turn) {
    Action action =
        scope.userCode.call(
            policy,
            () -> policy.onFailure(turn),
            failure -> {
              log.atError()
                  .addKeyValue("conversation_id", scope.id)
                  .setCause(failure)
                  .log("Conversation {}: the failure policy failed itself", scope.id);
              return Action.END;
            });
    return action == Action.END;
  }
}
