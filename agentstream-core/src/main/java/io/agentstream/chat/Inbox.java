package io.agentstream.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds the messages of people that wait for the end of a turn, and the ids of accepted messages.
 * Used in the conversation's serial order only.
 */
final class Inbox {

  private static final int NOTHING = -1;

  private final ConversationScope scope;
  private final SeenIds seen = new SeenIds();
  private final List<String> waiting = new ArrayList<>();
  // The number of message ids at the time of the last person's message that waits for an answer.
  private int unansweredSince = NOTHING;

  Inbox(ConversationScope scope) {
    this.scope = scope;
  }

  void restore(ConversationState.Inbox state) {
    state.seenIds().forEach(seen::add);
  }

  /** Restores the messages that were waiting when another process left the run. */
  void restoreWaiting(ConversationState.Inbox state) {
    waiting.addAll(state.waiting());
    unansweredSince = state.unanswered() ? scope.messageCount() : NOTHING;
  }

  ConversationState.Inbox toState() {
    return new ConversationState.Inbox(waiting, isUnanswered(), seen.toList());
  }

  boolean hasSeen(@Nullable String dedupeId) {
    return dedupeId != null && seen.contains(dedupeId);
  }

  void see(@Nullable String dedupeId) {
    if (dedupeId != null) {
      seen.add(dedupeId);
    }
  }

  /** Returns the waiting messages, oldest first. */
  List<String> waiting() {
    return waiting;
  }

  void add(String text) {
    waiting.add(text);
  }

  /** Publishes the waiting messages as messages of this round. */
  void flush(int round) {
    if (!waiting.isEmpty()) {
      waiting.forEach(text -> scope.userSays(text, round));
      waiting.clear();
      unansweredSince = scope.messageCount();
    }
  }

  /** Forgets that an answer is missing, because a run begins. */
  void runBegins() {
    unansweredSince = NOTHING;
  }

  /** Returns whether the newest message is one that waited and that nobody has answered. */
  boolean isUnanswered() {
    return unansweredSince == scope.messageCount();
  }
}
