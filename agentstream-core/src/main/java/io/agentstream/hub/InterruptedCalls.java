package io.agentstream.hub;

import io.agentstream.backplane.Backplane;
import io.agentstream.chat.Conversation;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Waits for the viewers of a conversation that continues after a restart or a takeover, and gives
 * up its questions about interrupted tool calls if none comes back.
 */
record InterruptedCalls(
    LocalConversations conversations, Audience audience, Backplane backplane, ChatClock clock) {

  /**
   * Pages come back within seconds; a phone that was asleep, or a person, takes a little longer.
   */
  static final Duration VIEWERS_RETURN = Duration.ofSeconds(30);

  /** Begins to wait; called before the conversation asks anything. */
  void watch(String conversationId) {
    Alarm unused = clock.schedule(VIEWERS_RETURN, () -> giveUpUnlessViewed(conversationId));
  }

  private void giveUpUnlessViewed(String id) {
    CompletionStage<Boolean> unused =
        backplane
            .isViewed(id)
            .whenComplete(
                (elsewhere, failure) -> {
                  // If nobody knows whether it is viewed elsewhere, the question stays open.
                  if (failure == null && !elsewhere && !audience.isViewed(id)) {
                    conversations.find(id).ifPresent(Conversation::giveUpInterruptedCalls);
                  }
                });
  }
}
