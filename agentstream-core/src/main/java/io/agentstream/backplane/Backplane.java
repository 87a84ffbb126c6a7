package io.agentstream.backplane;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.hub.ConversationHub;
import io.agentstream.journal.Journal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The services that the nodes of a system share: the journal, the owners of conversations, and the
 * routing of commands to them. A hub without a backplane is a single node.
 *
 * <p>Its stages complete on threads that may block, and never on one that the backplane itself
 * depends on, because the code of users runs after them.
 */
public interface Backplane {

  /** Returns the journal with the events of all conversations. */
  Journal journal();

  /** Returns the owners of conversations, which are the nodes that run them. */
  Ownership ownership();

  /**
   * Returns the directory of conversations and their users; null if the nodes share none. In that
   * case conversations have no users, none is listed, and an {@link
   * io.agentstream.identity.Authenticator} is refused.
   */
  default @Nullable Directory directory() {
    return null;
  }

  /**
   * Returns what keeps the agents and teams that users make; null, the default, if their clients
   * keep them.
   */
  default @Nullable KeptDefinitions definitions() {
    return null;
  }

  /**
   * Returns what keeps the links by which conversations are shared; null, the default, if none can
   * be made.
   */
  default @Nullable KeptShares shares() {
    return null;
  }

  /** Returns what passes short-lived texts between the nodes; by default they are not passed. */
  default Signals signals() {
    return Signals.none();
  }

  /**
   * Returns true if anybody views this conversation on another node, or if that is unknown, so that
   * no viewed conversation is ended.
   */
  default CompletionStage<Boolean> isViewed(String conversationId) {
    return CompletableFuture.completedStage(true);
  }

  /**
   * Returns the problems of this node's threads on which the backplane depends, for {@link
   * ConversationHub#health}: one short sentence for each, and none while it can recover by itself.
   */
  default List<String> problems() {
    return List.of();
  }

  /** Returns the router for commands to conversations on other nodes. */
  CommandRouter router();

  /**
   * Writes what the hub has appended so far, because the hub closes and appends nothing more.
   *
   * @return done when that is written or given up, after a few seconds at the most; by default at
   *     once
   */
  default CompletionStage<Void> flush() {
    return CompletableFuture.completedStage(null);
  }

  /**
   * Returns the backplane of a single node, which owns all conversations: {@code journal} keeps
   * their events, and {@code directory} lists them with their users. The two may be of different
   * kinds.
   */
  static Backplane singleNode(Journal journal, Directory directory) {
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(directory, "directory");

    record SingleNode(Journal journal, Directory directory, KeptShares shares)
        implements Backplane, Ownership {

      @Override
      public Ownership ownership() {
        return this;
      }

      @Override
      public CommandRouter router() {
        return command -> CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
      }

      @Override
      public CompletionStage<Boolean> isViewed(String conversationId) {
        return CompletableFuture.completedStage(false);
      }

      @Override
      public CompletionStage<Long> claim(String conversationId) {
        return CompletableFuture.completedStage(1L);
      }

      @Override
      public void release(String conversationId) {}
    }

    return new SingleNode(journal, directory, new InMemoryShares());
  }
}
