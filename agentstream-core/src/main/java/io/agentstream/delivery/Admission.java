package io.agentstream.delivery;

import io.agentstream.delivery.RateLimit.Verdict;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;

/**
 * Who is let in, and how often they may do what, for all connections of a hub together. Safe from
 * any thread.
 */
final class Admission {

  final ConnectionCount addresses;
  final ConnectionCount users;
  private final RateLimit messages;
  private final RateLimit starts;

  Admission(Limits limits, ChatClock clock) {
    this.addresses = new ConnectionCount(limits.connectionsPerAddress());
    this.users = new ConnectionCount(limits.connectionsPerUser());
    this.messages = new RateLimit(limits.messagesPerMinute(), clock);
    this.starts = new RateLimit(limits.startsPerMinute(), clock);
  }

  /**
   * Somebody sends a message.
   *
   * @param who the user, or the connection of nobody known
   */
  Verdict message(String who) {
    return messages.take(who);
  }

  /** Somebody starts a conversation. */
  boolean start(String who) {
    return starts.take(who) == Verdict.ALLOWED;
  }

  /** How many addresses, users and connections it remembers. */
  int size() {
    return addresses.keys() + users.keys() + messages.keys() + starts.keys();
  }
}
