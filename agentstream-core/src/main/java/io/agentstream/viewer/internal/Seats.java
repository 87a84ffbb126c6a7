package io.agentstream.viewer.internal;

import io.agentstream.identity.User;
import org.jspecify.annotations.Nullable;

/** Counts one connection among those of its hub. Thread-safe. */
final class Seats {

  private static final String EVERYBODY = "";

  private final WaitingRoom waitingRoom;
  private final WaitingRoom.Guest guest;
  private final Seat address;
  private final Seat withoutAddress;
  private final Seat stranger;
  private final Seat user;

  /**
   * @param guest closed if too many connections wait to authenticate
   */
  Seats(Admission admission, WaitingRoom.Guest guest) {
    this.waitingRoom = admission.waitingRoom;
    this.guest = guest;
    this.address = new Seat(admission.addresses);
    this.withoutAddress = new Seat(admission.withoutAddress);
    this.stranger = new Seat(admission.strangers);
    this.user = new Seat(admission.users);
  }

  /** Counts it among the connections that have not authenticated yet. */
  void waitForUser(@Nullable String network) {
    waitingRoom.enter(guest, network);
  }

  /** Counts it as anonymous; returns false if it exceeds the limit. */
  boolean takeStranger(@Nullable String network) {
    waitingRoom.leave(guest);
    boolean taken = network == null ? withoutAddress.take(EVERYBODY) : address.take(network);
    return taken && stranger.take(EVERYBODY);
  }

  /**
   * Counts it as a known user's and no longer as anonymous; returns false if it exceeds the limit.
   */
  boolean take(User known) {
    waitingRoom.leave(guest);
    if (!user.take(known.id())) {
      return false;
    }
    address.giveBack();
    withoutAddress.giveBack();
    stranger.giveBack();
    return true;
  }

  /** The connection is closed. */
  void leave() {
    waitingRoom.leave(guest);
    address.leave();
    withoutAddress.leave();
    stranger.leave();
    user.leave();
  }
}
