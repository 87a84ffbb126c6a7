package io.agentstream.delivery;

import io.agentstream.wire.ClientCommand.ConversationCommand;
import java.util.concurrent.CompletionStage;

/** Brings a command to the node that runs the conversation. Safe from any thread. */
@FunctionalInterface
public interface CommandRouter {

  /**
   * Hands a command over.
   *
   * @return whether it will be carried out; fails only by a defect
   */
  CompletionStage<Outcome> route(ConversationCommand command);

  /** What became of a command. */
  enum Outcome {
    ACCEPTED,
    /** There is no such conversation. */
    NOT_FOUND
  }
}
