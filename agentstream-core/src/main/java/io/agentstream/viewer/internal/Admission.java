package io.agentstream.viewer.internal;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.internal.TokenBucket.Verdict;

/** Bounds connections and rates, for all connections of a hub together. Thread-safe. */
public final class Admission {

  /**
   * The factor by which all connections of one address together may send more messages than one
   * connection.
   */
  private static final int OF_ONE_ADDRESS = 10;

  final ConnectionCount addresses;
  final ConnectionCount withoutAddress;
  final ConnectionCount strangers;
  final ConnectionCount users;
  final WaitingRoom waitingRoom;
  private final int messagesPerMinute;
  private final ChatClock clock;
  private final RateLimit userMessages;
  private final RateLimit addressMessages;
  private final RateLimit userStarts;
  private final RateLimit addressStarts;

  /** Creates counts that are all 0. */
  public Admission(Limits limits, Quotas quotas, ChatClock clock) {
    this.addresses = new ConnectionCount(limits.connectionsPerAddress());
    this.withoutAddress = new ConnectionCount(limits.connectionsPerAddress() * RateLimit.SHARED);
    this.strangers = new ConnectionCount(quotas.anonymousConnections());
    this.users = new ConnectionCount(limits.connectionsPerUser());
    this.waitingRoom =
        new WaitingRoom(
            quotas.unauthenticatedConnections(), quotas.unauthenticatedConnectionsPerAddress());
    this.messagesPerMinute = limits.messagesPerMinute();
    this.clock = clock;
    this.userMessages = new RateLimit(messagesPerMinute, clock);
    this.addressMessages = new RateLimit((double) messagesPerMinute * OF_ONE_ADDRESS, clock);
    this.userStarts = new RateLimit(limits.startsPerMinute(), clock);
    this.addressStarts = new RateLimit(limits.startsPerMinute(), clock);
  }

  /** Returns the bound for the messages of one connection whose user is unknown. */
  TokenBucket newConnection() {
    return new TokenBucket(messagesPerMinute, clock.nanoTime());
  }

  /**
   * Counts a message.
   *
   * @param connection the bucket of the connection; used by one thread at a time
   */
  Verdict message(Party party, TokenBucket connection) {
    if (messagesPerMinute == 0) {
      return Verdict.ALLOWED;
    }
    if (!party.isStranger()) {
      return userMessages.take(party.name());
    }
    Verdict own = connection.take(clock.nanoTime());
    if (own != Verdict.ALLOWED || take(addressMessages, party) == Verdict.ALLOWED) {
      return own;
    }
    // Messages of other connections from the same address never close this connection.
    return Verdict.REFUSED;
  }

  /** Counts a run that is about to begin; returns false if it exceeds the rate. */
  public boolean start(Party party) {
    return switch (party.kind()) {
      case USER -> userStarts.take(party.name()) == Verdict.ALLOWED;
      case ADDRESS, UNKNOWN, TAKEN_OVER -> take(addressStarts, party) == Verdict.ALLOWED;
      case APPLICATION -> true;
    };
  }

  private static Verdict take(RateLimit limit, Party party) {
    return party.kind() == Party.Kind.ADDRESS ? limit.take(party.name()) : limit.takeShared();
  }

  /** Returns the number of tracked addresses, users and connections. */
  public int size() {
    return addresses.keys()
        + withoutAddress.keys()
        + strangers.keys()
        + users.keys()
        + waitingRoom.size()
        + userMessages.keys()
        + addressMessages.keys()
        + userStarts.keys()
        + addressStarts.keys();
  }
}
