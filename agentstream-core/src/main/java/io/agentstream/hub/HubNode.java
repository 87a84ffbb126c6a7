package io.agentstream.hub;

import io.agentstream.backplane.Handover;
import io.agentstream.backplane.Node;
import io.agentstream.chat.Hold;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.PauseReason;
import io.agentstream.hub.LocalConversations.Running;
import io.agentstream.journal.Journal;
import io.agentstream.journal.SavedConversation;
import io.agentstream.journal.StaleEpochException;
import io.agentstream.wire.ConversationCommand;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hub's implementation of the requests of other nodes. */
final class HubNode implements Node {

  private static final Logger log = LoggerFactory.getLogger(HubNode.class);

  /** Continues a conversation. */
  interface Restorer {
    /**
     * Continues it.
     *
     * @param saved the data to continue with
     * @param unfinished the messages that were still being written
     */
    void restore(Handover left, SavedConversation saved, Set<String> unfinished);
  }

  private final LocalConversations conversations;
  private final Journal journal;
  private final Restorer restorer;

  HubNode(LocalConversations conversations, Journal journal, Restorer restorer) {
    this.conversations = conversations;
    this.journal = journal;
    this.restorer = restorer;
  }

  @Override
  public void takeOver(Handover handover) {
    String conversationId = handover.conversationId();
    long epoch = handover.epoch();
    // This node was slow to notice that it had lost the conversation, and gets it again.
    conversations.remove(conversationId).ifPresent(HubNode::abandon);
    LeftConversation left = new LeftConversation(epoch, handover.reader().snapshot().content());
    SavedConversation saved = handover.saved();
    if (saved != null) {
      try {
        restorer.restore(handover, left.adapt(saved), left.unfinished());
        log.atWarn()
            .addKeyValue("conversation_id", conversationId)
            .log("Conversation {}: continues here, under epoch {}", conversationId, epoch);
        return;
      } catch (StaleEpochException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        log.atError()
            .addKeyValue("conversation_id", conversationId)
            .log("Conversation {}: cannot continue here: {}", conversationId, e.getMessage());
      } catch (RuntimeException e) {
        log.atError()
            .addKeyValue("conversation_id", conversationId)
            .setCause(e)
            .log("Conversation {}: cannot continue here", conversationId);
      }
    } else {
      log.atError()
          .addKeyValue("conversation_id", conversationId)
          .log("Conversation {}: not from the catalogue, cannot continue here", conversationId);
    }
    journal.open(conversationId, epoch).appendAll(left.ended());
  }

  @Override
  public void lost(String conversationId) {
    conversations
        .remove(conversationId)
        .ifPresent(
            running -> {
              log.atWarn()
                  .addKeyValue("conversation_id", conversationId)
                  .log("Conversation {}: no longer runs here", conversationId);
              abandon(running);
            });
  }

  /**
   * Stops without events, as another process would find it.
   *
   * @return done when the end of a conversation that has just ended is kept
   */
  static CompletionStage<Void> leave(Running running) {
    if (running.scribe().hasEnded()) {
      return running.scribe().finish();
    }
    abandon(running);
    return CompletableFuture.completedStage(null);
  }

  /** Stops without events. */
  static void abandon(Running running) {
    running.scribe().close();
    running.conversation().stop();
  }

  @Override
  public boolean runs(String conversationId) {
    return conversations.holds(conversationId);
  }

  @Override
  public CompletionStage<SteeringOutcome> steer(ConversationCommand command) {
    return conversations.route(command);
  }

  @Override
  public void journalReachable(boolean reachable) {
    hold(PauseReason.BACKPLANE, reachable);
  }

  @Override
  public void storeReachable(boolean reachable) {
    hold(PauseReason.STORE, reachable);
  }

  private void hold(PauseReason reason, boolean reachable) {
    Hold hold = conversations.hold();
    if (reachable) {
      hold.end(reason);
    } else {
      hold.begin(reason);
    }
  }
}
