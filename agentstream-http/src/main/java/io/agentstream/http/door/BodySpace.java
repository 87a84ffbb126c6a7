package io.agentstream.http.door;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory that the bodies of unfinished requests take up together, because a body is read
 * before its sender is known. The first bytes of all bodies have a room of their own, so that long
 * bodies leave the short ones theirs, and no network may take more than half of a room, except for
 * a single body. Thread-safe.
 */
final class BodySpace {

  /** The bytes of a body that count in the first room, about as many as a command has. */
  static final int FIRST_BYTES = 64 * 1024;

  private static final int FIRST_PART_OF_HEAP = 16;
  private static final int REST_PART_OF_HEAP = 8;

  /** A body is in a buffer that doubles, in a copy of it, and in a text. */
  private static final int BYTES_FOR_ONE = 4;

  private final Room first;
  private final Room rest;

  /**
   * @param first the bytes that all bodies may have up to {@link #FIRST_BYTES} of each
   * @param rest the bytes that all bodies may have beyond
   */
  BodySpace(long first, long rest) {
    this.first = new Room(first);
    this.rest = new Room(rest);
  }

  /** Returns the space for the bodies of this process: three sixteenths of the heap with copies. */
  static BodySpace ofHeap() {
    long most = Runtime.getRuntime().maxMemory() / BYTES_FOR_ONE;
    return new BodySpace(most / FIRST_PART_OF_HEAP, most / REST_PART_OF_HEAP);
  }

  /**
   * Returns a place for one body.
   *
   * @param network the network from which it comes; null if unknown, and all of these are one
   */
  Place placeFor(@Nullable String network) {
    return new Place(network == null ? "" : network);
  }

  /** The bytes of one body. */
  final class Place {
    private final String network;

    // Guarded by this.
    private long held;
    private boolean released;

    private Place(String network) {
      this.network = network;
    }

    /** Reserves {@code bytes} in all; returns false, and changes nothing, if there is no room. */
    synchronized boolean hold(long bytes) {
      if (released) {
        return false;
      }
      long toFirst = first(bytes) - first(held);
      long toRest = bytes - held - toFirst;
      if (!first.take(network, first(held), toFirst)) {
        return false;
      }
      if (!rest.take(network, held - first(held), toRest)) {
        first.giveBack(network, toFirst);
        return false;
      }
      held = bytes;
      return true;
    }

    /** Gives everything back; called when the request is over, at the latest. */
    synchronized void release() {
      released = true;
      first.giveBack(network, first(held));
      rest.giveBack(network, held - first(held));
      held = 0;
    }

    private static long first(long bytes) {
      return Math.min(bytes, FIRST_BYTES);
    }
  }

  /** A number of bytes. Thread-safe. */
  private static final class Room {
    private final long most;

    // Guarded by this; without networks that hold nothing.
    private final Map<String, Long> taken = new HashMap<>();
    private long all;

    Room(long most) {
      this.most = most;
    }

    /**
     * @param held what the body has of this room already
     */
    synchronized boolean take(String network, long held, long bytes) {
      if (bytes == 0) {
        return true;
      }
      long before = taken.getOrDefault(network, 0L);
      // The longest body that a server accepts may be more than half of a small heap's room.
      boolean alone = before == held;
      if (all + bytes > most || (!alone && before + bytes > most / 2)) {
        return false;
      }
      all += bytes;
      taken.put(network, before + bytes);
      return true;
    }

    synchronized void giveBack(String network, long bytes) {
      all -= bytes;
      taken.computeIfPresent(network, (any, held) -> held == bytes ? null : held - bytes);
    }
  }
}
