package io.agentstream.viewer.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections whose viewers have still to authenticate. Where there are too many, the oldest is
 * turned away rather than the newest: who has a token sends it at once and is gone by then, so that
 * those who never send one cannot keep others out. Thread-safe.
 */
final class WaitingRoom {

  /** One of the connections. */
  interface Guest {
    /** There is no more room; called without a lock. */
    void turnAway();
  }

  private final int most;
  private final int mostOfOne;

  // Guarded by this. Both are in the order of arrival.
  private final Map<Guest, String> guests = new LinkedHashMap<>();
  private final Map<String, Set<Guest>> networks = new HashMap<>();

  /**
   * @param most how many in all; 0 for any number
   * @param mostOfOne how many of one network; 0 for any number
   */
  WaitingRoom(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /**
   * Takes one more in.
   *
   * @param network where it comes from; null where that is not known, and then only the number of
   *     all counts
   */
  void enter(Guest guest, @Nullable String network) {
    List<Guest> turnedAway = new ArrayList<>();
    synchronized (this) {
      guests.put(guest, network == null ? "" : network);
      if (network != null) {
        Set<Guest> neighbours = networks.computeIfAbsent(network, key -> new LinkedHashSet<>());
        neighbours.add(guest);
        if (mostOfOne > 0 && neighbours.size() > mostOfOne) {
          turnedAway.add(neighbours.iterator().next());
        }
      }
      turnedAway.forEach(this::leave);
      if (most > 0 && guests.size() > most) {
        turnedAway.add(guests.keySet().iterator().next());
      }
      turnedAway.forEach(this::leave);
    }
    turnedAway.forEach(Guest::turnAway);
  }

  /** Removes a viewer that has authenticated or is gone. Does nothing if it is not there. */
  synchronized void leave(Guest guest) {
    String network = guests.remove(guest);
    Set<Guest> neighbours = network == null ? null : networks.get(network);
    if (network != null && neighbours != null) {
      neighbours.remove(guest);
      if (neighbours.isEmpty()) {
        networks.remove(network);
      }
    }
  }

  synchronized int size() {
    return guests.size();
  }
}
