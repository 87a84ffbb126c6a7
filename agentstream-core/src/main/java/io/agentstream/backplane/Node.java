package io.agentstream.backplane;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.SavedConversation;
import io.agentstream.wire.ClientCommand.ConversationCommand;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The hub's interface for the backplane. Thread-safe; no method blocks. */
public interface Node {

  /**
   * Continues a conversation that another node has left behind.
   *
   * @param conversationId the conversation's id
   * @param epoch the epoch to write under
   * @param reader a reader of the conversation
   * @param saved the saved data; null if there is none, so that the conversation can only end
   */
  void takeOver(
      String conversationId, long epoch, JournalReader reader, @Nullable SavedConversation saved);

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
}
