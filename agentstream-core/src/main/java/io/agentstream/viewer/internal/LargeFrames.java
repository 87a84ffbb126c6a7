package io.agentstream.viewer.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Bounds the large frames that all connections of a hub send at the same time. All receivers share
 * a frame, but containers copy its bytes for each connection and keep the copy until the viewer has
 * read it. A few viewers that join a long conversation and never read would fill the heap.
 * Thread-safe.
 */
final class LargeFrames {

  /** Frames up to this length are not counted, in UTF-16 code units. */
  static final int SMALL = 64 * 1024;

  private static final int SHARE_OF_HEAP = 16;

  private final long most;

  // Guarded by this.
  private final List<Runnable> waiting = new ArrayList<>();
  private long underWay;

  /** In a loop and not recursively: a frame that a notified connection sends may leave at once. */
  private final SerialWake telling = new SerialWake(this::tellWaiting);

  /**
   * @param most how much may be in flight, in UTF-16 code units; a single frame may be longer
   */
  LargeFrames(long most) {
    this.most = most;
  }

  /** As much as is safe with three bytes for each code unit. */
  static LargeFrames ofThisHeap() {
    return new LargeFrames(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /** Returns what one connection counts its frames with. */
  Place place() {
    return new Place();
  }

  private synchronized boolean enter(int chars, Runnable onFree) {
    if (underWay > 0 && underWay + chars > most) {
      waiting.add(onFree);
      return false;
    }
    underWay += chars;
    return true;
  }

  private void leave(int chars) {
    synchronized (this) {
      underWay -= chars;
    }
    telling.wake();
  }

  private void tellWaiting() {
    List<Runnable> told;
    synchronized (this) {
      told = List.copyOf(waiting);
      waiting.clear();
    }
    told.forEach(Runnable::run);
  }

  /** The one large frame that a connection may have in flight. Thread-safe. */
  final class Place {

    // Written by this; read without the lock after each frame, of which nearly all are small.
    private volatile int taken;

    // Guarded by this.
    private boolean closed;

    /**
     * Counts a frame that is about to be sent.
     *
     * @param onFree called once when a retry is worthwhile, if the frame may not be sent now
     * @return false if too much is in flight
     */
    boolean take(int chars, Runnable onFree) {
      synchronized (this) {
        if (closed) {
          return true;
        }
        if (!enter(chars, onFree)) {
          return false;
        }
        taken += chars;
        return true;
      }
    }

    /** Reports that the frame was sent. Does nothing if it was small. */
    void leave() {
      if (taken == 0) {
        return;
      }
      int chars;
      synchronized (this) {
        chars = taken;
        taken = 0;
      }
      if (chars > 0) {
        LargeFrames.this.leave(chars);
      }
    }

    /** The connection is closed. */
    void close() {
      synchronized (this) {
        closed = true;
      }
      leave();
    }
  }
}
