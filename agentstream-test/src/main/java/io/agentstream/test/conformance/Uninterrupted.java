package io.agentstream.test.conformance;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A conversation and a viewer that reads all of it on a thread of its own. Closing does not wait.
 * Thread-safe.
 */
final class Uninterrupted implements AutoCloseable {

  private static final long PATIENCE_MINUTES = 10;

  private final ConversationId conversation;
  private final Viewer viewer;
  private final Seen seen = new Seen(0);
  private final FutureTask<Truth> reading = new FutureTask<>(this::read);
  private volatile long position;

  Uninterrupted(ConversationId conversation, Viewer viewer) {
    this.conversation = conversation;
    this.viewer = viewer;
    Thread thread = new Thread(reading, "conformance-viewer");
    thread.setDaemon(true);
    thread.start();
  }

  private Truth read() {
    while (!seen.ended()) {
      seen.take(viewer.next());
      synchronized (this) {
        position = seen.position();
        notifyAll();
      }
    }
    Truth truth = new Truth(seen);
    String reason = truth.frames().get(truth.frames().size() - 1).at("/data/reason").asText();
    if (reason.equals("failed") || reason.equals("stopped") || reason.equals("abandoned")) {
      throw new AssertionError("A conversation that nobody touched ended with " + reason);
    }
    return truth;
  }

  ConversationId conversation() {
    return conversation;
  }

  boolean isOver() {
    return reading.isDone();
  }

  /** Waits until the viewer has seen more than {@code position}, or everything. */
  long awaitAfter(long before) {
    synchronized (this) {
      while (position <= before && !reading.isDone()) {
        try {
          wait(100);
        } catch (InterruptedException e) {
          throw new AssertionError("Interrupted", e);
        }
      }
    }
    return position;
  }

  /** Waits for the end of the conversation. */
  Truth truth() {
    try {
      return reading.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      throw new AssertionError("The uninterrupted viewer failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("The conversation did not end", e);
    }
  }

  @Override
  public void close() {
    viewer.close();
  }
}
