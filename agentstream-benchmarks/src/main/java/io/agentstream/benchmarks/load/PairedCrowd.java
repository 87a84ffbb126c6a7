package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Pairs of viewers on one thread: one starts a conversation at its node, the other joins it at
 * another node, and both continue with the next when it has ended.
 */
final class PairedCrowd implements AutoCloseable {

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Selector selector = Selector.open();
  private final ByteBuffer reading = ByteBuffer.allocateDirect(256 * 1024);
  private final List<Pair> pairs = new ArrayList<>();

  /** Pairs, by the viewer that starts the conversations. */
  private final IdentityHashMap<Viewer, Pair> pairOf = new IdentityHashMap<>();

  private final Scenario scenario;
  private Tally here = new Tally();
  private Tally there = new Tally();

  /** Connects the viewers of all pairs, and waits for their handshakes. */
  PairedCrowd(ServerUnderTest owner, ServerUnderTest other, Scenario scenario) throws IOException {
    this.scenario = scenario;
    for (int i = 0; i < scenario.conversations(); i++) {
      Pair pair =
          new Pair(
              Viewer.connect(owner.endpoint(), owner.kind(), selector),
              Viewer.connect(other.endpoint(), other.kind(), selector));
      pairs.add(pair);
      pairOf.put(pair.here, pair);
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!pairs.stream().allMatch(Pair::isOpen)) {
      if (System.nanoTime() > deadline || here.broken() > 0) {
        throw new IOException("not every viewer was let in");
      }
      look(100);
    }
    for (Pair pair : pairs) {
      pair.here.start(scenario.tokens(), scenario.intervalMillis());
    }
  }

  /** Watches for this long. */
  void run(long millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    long left;
    while ((left = (end - System.nanoTime()) / 1_000_000) > 0) {
      look(left);
    }
  }

  /** Resets the counts. */
  void forget() {
    here = new Tally();
    there = new Tally();
  }

  /** Returns the counts at the node that runs the conversations. */
  Tally here() {
    return here;
  }

  /** Returns the counts at the other node. */
  Tally there() {
    return there;
  }

  private void look(long millis) throws IOException {
    selector.select(
        key -> {
          try {
            serve((Viewer) key.attachment());
          } catch (IOException e) {
            here.breaks();
            key.cancel();
          }
        },
        Math.max(1, millis));
  }

  private void serve(Viewer viewer) throws IOException {
    Pair pair = pairOf.get(viewer);
    if (pair == null) {
      boolean unused = viewer.read(reading, there);
    } else {
      serve(pair);
    }
  }

  private void serve(Pair pair) throws IOException {
    boolean ended = pair.here.read(reading, here);
    if (!pair.there.conversationId().equals(pair.here.conversationId())) {
      pair.there.join(pair.here.conversationId());
    }
    if (ended) {
      here.ended(Math.abs(scenario.tokens() - pair.here.received()));
      pair.here.start(scenario.tokens(), scenario.intervalMillis());
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  private record Pair(Viewer here, Viewer there) {
    boolean isOpen() {
      return here.isOpen() && there.isOpen();
    }
  }
}
