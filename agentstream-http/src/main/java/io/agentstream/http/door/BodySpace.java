package io.agentstream.http.door;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory that the long bodies of unfinished requests take up together, because a body is
 * read before its sender is known. Thread-safe.
 */
final class BodySpace {

  /** The bytes that each body may have besides, about as many as a command. */
  static final int FREE_BYTES = 64 * 1024;

  private static final int PART_OF_HEAP = 8;

  /** A body is in a buffer that doubles, in a copy of it, and in a text. */
  private static final int BYTES_FOR_ONE = 4;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param most the bytes of all bodies, beyond the free ones
   */
  BodySpace(long most) {
    this.most = most;
  }

  /** Returns the space for the bodies of this process: an eighth of the heap with all copies. */
  static BodySpace ofHeap() {
    return new BodySpace(Runtime.getRuntime().maxMemory() / PART_OF_HEAP / BYTES_FOR_ONE);
  }

  /** Returns false, and takes nothing, if so many bytes are not left. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= most) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
