package io.agentstream.viewer.internal;

import io.agentstream.journal.JournalReader.Watch;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that one connection views, and where it stands in that connection's {@link
 * OutboundQueue}. Fields are guarded by the queue unless said otherwise.
 */
final class View {

  private final Subscription subscription;

  /** Among those that may have something to send. */
  boolean queued;

  /** Its frame is being built or sent. */
  boolean busy;

  /** Its tokens wait for the flush interval. */
  boolean waiting;

  /** When its last frame was built, on the clock's {@code nanoTime}. */
  long lastFrameNanos;

  /** Set with the queue's lock and read without it. */
  volatile boolean closed;

  // Written only by the sending thread.
  private volatile @Nullable String pending;
  private long builtNanos;

  private @Nullable Watch watch;

  View(Subscription subscription) {
    this.subscription = subscription;
  }

  String conversationId() {
    return subscription.conversationId();
  }

  Subscription subscription() {
    return subscription;
  }

  void watch(Runnable onAppend) {
    watch = subscription.reader().watch(onAppend);
  }

  /** The next frame; null while the viewer has everything. Without the queue's lock. */
  @Nullable String nextFrame() {
    String kept = pending;
    if (kept == null) {
      return subscription.nextFrame();
    }
    pending = null;
    return kept;
  }

  /** Returns true if not all of it has been sent. */
  boolean isAwaited() {
    return queued || busy || pending != null || subscription.eventsBehind() > 0;
  }

  /** Keeps a frame that may not leave yet: it is the next one. Without the queue's lock. */
  void putBack(String frame) {
    pending = frame;
  }

  /** The frame that was kept leaves after all. Without the queue's lock. */
  void takeBack() {
    pending = null;
  }

  /** Without the queue's lock. */
  void builtAt(long nanos) {
    builtNanos = nanos;
  }

  /** The frame that was built has left. */
  void left() {
    lastFrameNanos = builtNanos;
  }

  void close() {
    closed = true;
    queued = false;
    if (watch != null) {
      watch.close();
    }
  }
}
