package io.agentstream.chat;

import io.agentstream.event.Delivery;
import io.agentstream.event.MessageWithdrawn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the messages of people that wait for the end of a turn, and those that were accepted. Used
 * in the conversation's serial order only.
 */
final class Inbox {

  private static final int NOTHING = -1;
  private static final int MOST_WITHDRAWN = 100;

  private final ConversationScope scope;
  private final String idPrefix;
  private final SeenMessages seen = new SeenMessages();
  private final SeenIds withdrawn = new SeenIds(MOST_WITHDRAWN);
  private final List<QueuedMessage> waiting = new ArrayList<>();
  // Those of the waiting messages that are about to be withdrawn, and must not be delivered.
  private final Map<String, MessageWithdrawn> withheld = new LinkedHashMap<>();
  // The number of message ids at the time of the last person's message that waits for an answer.
  private int unansweredSince = NOTHING;
  private int queued;

  /**
   * @param epoch makes the ids of waiting messages differ from those that another process gave
   */
  Inbox(ConversationScope scope, long epoch) {
    this.scope = scope;
    this.idPrefix = "q" + epoch + "-";
  }

  void restore(ConversationState.Inbox state) {
    seen.restore(state.seenIds());
    if (state.withdrawnIds() != null) {
      state.withdrawnIds().forEach(withdrawn::add);
    }
  }

  /** Restores the messages that were waiting when another process left the run. */
  void restoreWaiting(ConversationState.Inbox state) {
    List<ConversationState.Waiting> queue = state.queue();
    for (int i = 0; i < state.waiting().size(); i++) {
      String text = state.waiting().get(i);
      waiting.add(
          queue == null
              ? new QueuedMessage(nextId(), null, text, Delivery.TURN)
              : queue.get(i).with(text));
    }
    unansweredSince = state.unanswered() ? scope.messageCount() : NOTHING;
  }

  /** Reports the withdrawals that another process recorded and did not report. */
  void reportWithdrawn(ConversationState.Inbox state) {
    if (state.withdrawing() != null) {
      state
          .withdrawing()
          .forEach(
              withdrawal -> {
                withdrawn.add(withdrawal.queueId());
                scope.events.publish(withdrawal);
              });
    }
  }

  ConversationState.Inbox toState() {
    List<QueuedMessage> kept = waiting.stream().filter(message -> !isWithheld(message)).toList();
    return new ConversationState.Inbox(
        kept.stream().map(QueuedMessage::content).toList(),
        isUnanswered(),
        seen.toList(),
        kept.isEmpty() ? null : kept.stream().map(ConversationState.Waiting::of).toList(),
        withheld.isEmpty() ? null : List.copyOf(withheld.values()),
        withdrawn.toList().isEmpty() ? null : withdrawn.toList());
  }

  /** Returns the messages that were accepted. */
  SeenMessages seen() {
    return seen;
  }

  /** Returns the texts of the waiting messages, oldest first. */
  List<String> texts() {
    return waiting.stream().map(QueuedMessage::content).toList();
  }

  /** Returns the id of the next message that waits. */
  String nextId() {
    return idPrefix + ++queued;
  }

  void add(QueuedMessage message) {
    waiting.add(message);
  }

  /** Returns the waiting message of this id, or null. */
  @Nullable QueuedMessage find(String queueId) {
    return waiting.stream()
        .filter(message -> message.queueId().equals(queueId) && !isWithheld(message))
        .findFirst()
        .orElse(null);
  }

  /** Replaces a waiting message by one of the same id. */
  void replace(QueuedMessage message, QueuedMessage by) {
    waiting.replaceAll(other -> other.equals(message) ? by : other);
  }

  /** Keeps a message from being delivered. */
  void withhold(MessageWithdrawn withdrawal) {
    withheld.put(withdrawal.queueId(), withdrawal);
  }

  /** Lets a withheld message be delivered after all. */
  void release(String queueId) {
    withheld.remove(queueId);
  }

  /** Removes a withheld message. */
  void withdraw(String queueId) {
    withheld.remove(queueId);
    waiting.removeIf(message -> message.queueId().equals(queueId));
    withdrawn.add(queueId);
  }

  boolean wasWithdrawn(String queueId) {
    return withdrawn.contains(queueId);
  }

  /** Publishes the waiting messages as messages of this round. */
  void flush(int round) {
    take(waiting.size(), round);
  }

  /**
   * Publishes the messages that wait for a tool boundary, and those that were accepted before them.
   */
  void flushAtTool(int round) {
    int last = waiting.size();
    while (last > 0 && waiting.get(last - 1).when() == Delivery.TURN) {
      last--;
    }
    take(last, round);
  }

  private void take(int count, int round) {
    List<QueuedMessage> first = waiting.subList(0, count);
    List<QueuedMessage> taken = first.stream().filter(message -> !isWithheld(message)).toList();
    first.removeIf(message -> !isWithheld(message));
    if (!taken.isEmpty()) {
      taken.forEach(message -> scope.say(message, round));
      unansweredSince = scope.messageCount();
    }
  }

  private boolean isWithheld(QueuedMessage message) {
    return withheld.containsKey(message.queueId());
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
