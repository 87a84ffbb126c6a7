package io.agentstream.backplane;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.wire.ClientCommand.ConversationCommand;
import java.util.concurrent.CompletionStage;

/** Brings a command to the node that runs the conversation. Safe from any thread. */
@FunctionalInterface
public interface CommandRouter {

  /**
   * Hands a command over.
   *
   * @return what becomes of it; {@code NOT_FOUND} where there is no such conversation; fails only
   *     by a defect
   */
  CompletionStage<SteeringOutcome> route(ConversationCommand command);
}
