package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Viewers on one thread, each with its own conversations and a new one whenever one has ended, or
 * all with the same conversation. {@link #run} carries out requests between two polls of the
 * sockets.
 */
final class Crowd implements AutoCloseable {

  /**
   * For what is left of a load. A slow machine needs longer than it lasts; only a loss takes all.
   */
  static final long PATIENCE_MILLIS = 60_000;

  private static final long STEP_MILLIS = 50;

  private final Selector selector;
  private final ByteBuffer reading = ByteBuffer.allocateDirect(256 * 1024);
  private final List<Viewer> viewers = new ArrayList<>();
  private final ServerKind kind;
  private final URI endpoint;
  private Tally tally = new Tally();
  private int tokens;
  private int intervalMillis;
  private int conversationsEach = 1;
  private boolean again;

  Crowd(ServerKind kind, URI endpoint) throws IOException {
    this.kind = kind;
    this.endpoint = endpoint;
    this.selector = Selector.open();
  }

  /** Connects this many, and waits for all handshakes. */
  void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      viewers.add(Viewer.connect(endpoint, kind, selector));
    }
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!viewers.stream().allMatch(Viewer::isOpen)) {
      if (System.nanoTime() > deadline || tally.broken() > 0) {
        throw new IOException("not every viewer was let in");
      }
      look(100);
    }
  }

  /** Starts a conversation for each viewer; if {@code again}, a new one whenever one has ended. */
  void start(int tokens, int intervalMillis, boolean again) throws IOException {
    this.tokens = tokens;
    this.intervalMillis = intervalMillis;
    this.again = again;
    for (Viewer viewer : viewers) {
      viewer.start(tokens, intervalMillis);
    }
  }

  /** Starts several conversations for each viewer, spread over this time. */
  void startSlowly(int tokens, int intervalMillis, int conversationsEach, long millis)
      throws IOException {
    this.tokens = tokens;
    this.intervalMillis = intervalMillis;
    this.conversationsEach = conversationsEach;
    int steps = Math.max(1, (int) (millis / STEP_MILLIS));
    for (int step = 0; step < steps; step++) {
      int from = (int) ((long) viewers.size() * step / steps);
      int to = (int) ((long) viewers.size() * (step + 1) / steps);
      for (Viewer viewer : viewers.subList(from, to)) {
        for (int i = 0; i < conversationsEach; i++) {
          viewer.start(tokens, intervalMillis);
        }
      }
      run(STEP_MILLIS);
    }
  }

  /** Starts one conversation, which all viewers view from its first event on. */
  void startTogether(int tokens, int intervalMillis) throws IOException {
    this.tokens = tokens;
    this.intervalMillis = intervalMillis;
    Viewer first = viewers.get(0);
    first.start(tokens, intervalMillis);
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (first.conversationId().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the conversation did not start");
      }
      look(100);
    }
    for (Viewer viewer : viewers.subList(1, viewers.size())) {
      viewer.joinFromTheStart(first.conversationId());
    }
  }

  /** Returns the conversation that its first viewer has started or joined. */
  String conversationId() {
    return viewers.get(0).conversationId();
  }

  /** Says a whole conversation to one viewer, and returns its id. */
  String sayAll(int tokens) throws IOException {
    this.tokens = tokens;
    Viewer first = viewers.get(0);
    first.start(tokens, 0);
    runUntilEnded(1, PATIENCE_MILLIS);
    if (tally.ended() == 0) {
      throw new IOException("the conversation did not end");
    }
    return first.conversationId();
  }

  /**
   * Lets all viewers join this conversation, and waits for their snapshots.
   *
   * @param pauseMillis the time between two joins; 0 for all at once
   */
  void joinAll(String id, int pauseMillis) throws IOException {
    for (Viewer viewer : viewers) {
      viewer.join(id);
      if (pauseMillis > 0) {
        run(pauseMillis);
      }
    }
    awaitSnapshots();
  }

  /** Lets all viewers resync with this conversation at once, and waits for their snapshots. */
  void resyncAll(String id) throws IOException {
    for (Viewer viewer : viewers) {
      viewer.resync(id);
    }
    awaitSnapshots();
  }

  private void awaitSnapshots() throws IOException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (tally.snapshots() < viewers.size()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("only " + tally.snapshots() + " viewers got a snapshot");
      }
      look(100);
    }
  }

  /** Starts no further conversations. */
  void startNoMore() {
    again = false;
  }

  /** Watches for this long. */
  void run(long millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left;
    while ((left = (end - System.nanoTime()) / 1_000_000) > 0) {
      look(left);
    }
  }

  /** Watches while this is found out: a server closes viewers that leave its pings unanswered. */
  <T> T during(Callable<T> inspection) throws IOException {
    FutureTask<T> task = new FutureTask<>(inspection);
    new Thread(task, "inspection").start();
    while (!task.isDone()) {
      look(STEP_MILLIS);
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Watches until the conversations of this many viewers have ended, but at most for this long. */
  void runUntilEnded(long viewers, long millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left;
    while (tally.ended() + tally.broken() < viewers
        && (left = (end - System.nanoTime()) / 1_000_000) > 0) {
      look(left);
    }
  }

  /** Returns the counts since the last call. */
  Tally take() {
    Tally taken = tally;
    tally = new Tally();
    return taken;
  }

  private void look(long millis) throws IOException {
    selector.select(
        key -> {
          try {
            serve(key);
          } catch (IOException e) {
            tally.breaks();
            key.cancel();
          }
        },
        Math.max(1, millis));
  }

  private void serve(SelectionKey key) throws IOException {
    Viewer viewer = (Viewer) key.attachment();
    if (viewer.read(reading, tally)) {
      tally.ended(Math.abs((long) tokens * conversationsEach - viewer.received()));
      if (again) {
        viewer.start(tokens, intervalMillis);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
