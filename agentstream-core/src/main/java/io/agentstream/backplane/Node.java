package io.agentstream.backplane;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.SavedConversation;
import io.agentstream.wire.ClientCommand.ConversationCommand;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The hub, as what the nodes share sees it. Safe from any thread; no method blocks. */
public interface Node {

  /**
   * Goes on with a conversation that another node has left behind.
   *
   * @param conversationId which
   * @param epoch the epoch to write under
   * @param reader the conversation as it was left
   * @param saved what was kept for this; null if nothing was, so that it can only end
   */
  void takeOver(
      String conversationId, long epoch, JournalReader reader, @Nullable SavedConversation saved);

  /** The conversation is not this node's any more: it stops here without a trace. */
  void lost(String conversationId);

  /** Whether it runs here, or has ended here and could go on. */
  boolean runs(String conversationId);

  /** Carries out a command that has come to another node. */
  CompletionStage<SteeringOutcome> steer(ConversationCommand command);

  /**
   * The journal has been out of reach for long: nobody takes the floor until it is back.
   *
   * @param reachable whether it is back
   */
  void journalReachable(boolean reachable);
}
