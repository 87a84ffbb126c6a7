package io.agentstream.hub;

import io.agentstream.chat.Conversation;
import io.agentstream.viewer.internal.Party;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The usage of one party's conversations. Guarded by its {@link Accounts}. */
final class Account {

  final Party party;

  /** Its own allotment and those that it shares with other parties. */
  final List<Allotment> allotments;

  /** The kept conversations of this party, oldest first. */
  final Set<Kept> conversations = new LinkedHashSet<>();

  /** How much of the heap they take, in bytes. */
  long keptBytes;

  Account(Party party, List<Allotment> allotments) {
    this.party = party;
    this.allotments = allotments;
  }

  /** Returns whether it would be the same if it were new. */
  boolean isForgettable(long now) {
    return conversations.isEmpty() && allotments.get(0).isForgettable(now);
  }

  /** Returns a conversation of this party that is about to start. */
  Kept newConversation() {
    return new Kept();
  }

  /** One conversation of this party in this node's memory. Its methods are thread-safe. */
  final class Kept {

    // Guarded by KeptConversations.
    long bytes;
    long endedAt;
    boolean leaving;

    private volatile boolean running;
    private volatile @Nullable Runnable forget;
    private volatile @Nullable Conversation conversation;

    private Kept() {}

    Account account() {
      return Account.this;
    }

    boolean isRunning() {
      return running;
    }

    void setRunning(boolean running) {
      this.running = running;
    }

    /** Sets the actions that make room: ending the conversation's run, or removing it. */
    void bind(Conversation conversation, Runnable forget) {
      this.conversation = conversation;
      this.forget = forget;
    }

    /** Returns true if it has begun and nobody removes it; with the lock of the kept ones. */
    boolean canLeave() {
      return !leaving && forget != null;
    }

    /** Returns true if it has ended and a viewer has not received all of it. */
    boolean isAwaited(Predicate<String> byId) {
      Conversation ended = conversation;
      return !running && ended != null && byId.test(ended.id());
    }

    /** Ends the conversation if it runs, otherwise removes it. */
    void makeRoom() {
      Conversation current = conversation;
      Runnable forgetting = forget;
      if (running && current != null) {
        current.exceed("The server has no more memory for it.");
      } else if (forgetting != null) {
        forgetting.run();
      }
    }
  }
}
