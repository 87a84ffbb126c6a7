package io.agentstream.backplane;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.wire.ConversationCommand;
import java.util.concurrent.CompletionStage;

/** Sends a command to the node that runs the conversation. Thread-safe. */
@FunctionalInterface
public interface CommandRouter {

  /**
   * Sends a command.
   *
   * @return its outcome; {@code NOT_FOUND} if there is no such conversation; fails only because of
   *     a defect
   */
  CompletionStage<SteeringOutcome> route(ConversationCommand command);
}
