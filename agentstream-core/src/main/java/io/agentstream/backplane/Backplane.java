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
 * What the nodes of one service share: where the events are, who runs what, and how commands find
 * whoever runs it. A hub without one is a service of a single node.
 */
public interface Backplane {

  /** Where the events of all conversations are. */
  Journal journal();

  /** Which node runs which conversation. */
  Ownership ownership();

  /**
   * Which conversations there are and whose they are; null where the nodes do not share that. Then
   * all are nobody's, none is listed, and an {@link io.agentstream.identity.Authenticator} is
   * refused.
   */
  default @Nullable Directory directory() {
    return null;
  }

  /**
   * Whether anybody views this conversation at another node; true where that is not known, so that
   * nothing is ended that somebody sees.
   */
  default CompletionStage<Boolean> isViewed(String conversationId) {
    return CompletableFuture.completedStage(true);
  }

  /**
   * Returns what is wrong with the threads of this node that the backplane depends on, for {@link
   * ConversationHub#health}: one short sentence each, none while it can recover by itself.
   */
  default List<String> problems() {
    return List.of();
  }

  /** The way to conversations that other nodes run. */
  CommandRouter router();

  /**
   * Returns the backplane of a service of one node, which owns all conversations: {@code journal}
   * keeps their events, {@code directory} says which there are and whose they are. The two may be
   * of different makes.
   */
  static Backplane singleNode(Journal journal, Directory directory) {
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(directory, "directory");

    record SingleNode(Journal journal, Directory directory) implements Backplane, Ownership {

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

    return new SingleNode(journal, directory);
  }
}
