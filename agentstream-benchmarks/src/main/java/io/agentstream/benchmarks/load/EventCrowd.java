package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Readers of one conversation's server-sent events, on one thread. */
final class EventCrowd implements AutoCloseable {

  private static final long LOOK_NANOS = 10_000_000;

  private final Selector selector;
  private final ByteBuffer reading = ByteBuffer.allocateDirect(256 * 1024);
  private final Tally tally = new Tally();
  private final Thread thread;
  private final AtomicInteger ended = new AtomicInteger();
  private volatile boolean closed;

  /** Opens this many streams, which are read from now on. */
  EventCrowd(int port, String conversationId, int count) throws IOException {
    this.selector = Selector.open();
    for (int i = 0; i < count; i++) {
      EventReader.open(port, conversationId, selector);
    }
    this.thread = new Thread(this::readAll, "event-crowd");
    thread.setDaemon(true);
    thread.start();
  }

  private void readAll() {
    try {
      while (!closed) {
        selector.select(this::serve);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (((EventReader) key.attachment()).read(reading, tally)) {
        ended.incrementAndGet();
        // Otherwise the server keeps the stream for the next run.
        key.channel().close();
      }
    } catch (IOException e) {
      tally.breaks();
      ended.incrementAndGet();
      key.cancel();
    }
  }

  /** Waits until this many streams have ended, but at most for this long. */
  void awaitEnds(int count, long millis) {
    long deadline = System.nanoTime() + millis * 1_000_000;
    while (ended.get() < count && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Stops reading, closes the streams, and returns what they have received. */
  Tally stop() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
    return tally;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      Tally unused = stop();
    }
  }
}
