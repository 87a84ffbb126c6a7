package io.agentstream.hub;

import io.agentstream.backplane.Signals;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Counts who on this node needs the signals about a conversation. Thread-safe. */
final class Following {

  private final Signals signals;

  // Guarded by this.
  private final Map<String, Followed> conversations = new HashMap<>();

  private static final class Followed {
    final CompletionStage<Void> begun;
    int count;

    Followed(CompletionStage<Void> begun) {
      this.begun = begun;
    }
  }

  Following(Signals signals) {
    this.signals = signals;
  }

  /** Returns a stage that is done when no further signal is missed. */
  synchronized CompletionStage<Void> follow(String conversationId) {
    Followed followed =
        conversations.computeIfAbsent(conversationId, id -> new Followed(signals.follow(id)));
    followed.count++;
    return followed.begun;
  }

  /** Undoes one {@link #follow}. */
  synchronized void unfollow(String conversationId) {
    Followed followed = conversations.get(conversationId);
    if (followed != null && --followed.count == 0) {
      conversations.remove(conversationId);
      signals.unfollow(conversationId);
    }
  }
}
