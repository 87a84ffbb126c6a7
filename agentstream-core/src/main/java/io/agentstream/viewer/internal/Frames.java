package io.agentstream.viewer.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Frames that an encoder has written, in their order. Not safe for use by several threads. */
final class Frames implements Consumer<String> {

  // Nearly always one frame at a time, which needs no queue.
  private @Nullable String first;
  private @Nullable Queue<String> rest;

  @Override
  public void accept(String frame) {
    if (first == null) {
      first = frame;
      return;
    }
    Queue<String> more = rest;
    if (more == null) {
      more = new ArrayDeque<>();
      rest = more;
    }
    more.add(frame);
  }

  boolean isEmpty() {
    return first == null;
  }

  /** Takes the next frame; null if there is none. */
  @Nullable String poll() {
    String next = first;
    Queue<String> more = rest;
    first = more == null ? null : more.poll();
    return next;
  }
}
