package io.agentstream.backplane;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.wire.ConversationCommand;
import java.util.concurrent.CompletionStage;

/** The hub's interface for the backplane. Thread-safe; no method blocks. */
public interface Node {

  /** Continues a conversation that another node or an earlier process has left behind. */
  void takeOver(Handover left);

  /** Stops a conversation that no longer belongs to this node, without events. */
  void lost(String conversationId);

  /** Returns true if it runs here, or has ended here and could continue. */
  boolean runs(String conversationId);

  /** Carries out a command that another node has received. */
  CompletionStage<SteeringOutcome> steer(ConversationCommand command);

  /**
   * Called if the journal has been unreachable for long, so that no turn begins until it is back.
   *
   * @param reachable true if it is back
   */
  void journalReachable(boolean reachable);

  /**
   * Called if the store has taken no writes for long, so that no turn begins until it is back.
   *
   * @param reachable true if it is back
   */
  void storeReachable(boolean reachable);
}
