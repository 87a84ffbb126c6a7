package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is measured on each peer. */
final class PeerLoads {

  static final int MANY = 100;

  /** A reconnect misses this many tokens: what is said while a connection is made again. */
  static final int MISSED = 100;

  private static final int ANSWERS = 50;
  private static final int STEADY_TOKENS = 200;
  private static final int STEADY_MILLIS = 10;
  private static final int FLAT_OUT_TOKENS = 2_000;
  private static final int VIEWED_MILLIS = 5;
  private static final int KEPT_TOKENS = 20;
  private static final long SETTLE_MILLIS = 1_000;

  private PeerLoads() {}

  /** Says answers as fast as they come, to compile what the loads need. */
  static void warmUp(Peer peer, long tokens, long millis) throws IOException {
    try (Answers answers = new Answers(peer)) {
      answers.startOverAndOver(ANSWERS, FLAT_OUT_TOKENS, 0);
      boolean unused = answers.runUntil(() -> answers.tokens() >= tokens, millis);
      answers.startNoMore(ANSWERS, Crowd.PATIENCE_MILLIS);
    }
  }

  /** Measures 50 answers at a time, each with one viewer, a token every 10 ms. */
  static Token token(Peer peer, long millis) throws IOException {
    try (Answers answers = new Answers(peer)) {
      answers.startOverAndOver(ANSWERS, STEADY_TOKENS, STEADY_MILLIS);
      answers.run(2 * SETTLE_MILLIS);
      long tokens = answers.tokens();
      long bytes = answers.bytes();
      long cpu = peer.cpuMicros();
      long redis = peer.redisMicros();
      answers.run(millis);
      double said = Math.max(1, answers.tokens() - tokens);
      cpu = peer.cpuMicros() - cpu;
      redis = peer.redisMicros() - redis;
      bytes = answers.bytes() - bytes;
      answers.startNoMore(ANSWERS, Crowd.PATIENCE_MILLIS);
      return new Token(cpu / said, redis / said, bytes / said, answers.lost());
    }
  }

  /** Measures one answer with so many viewers, a token every 5 ms. */
  static Viewed viewed(Peer peer, int viewers, long millis) throws IOException {
    int tokens = (int) ((millis + 3 * SETTLE_MILLIS) / VIEWED_MILLIS);
    try (Answers answers = new Answers(peer)) {
      List<AnswerReader> readers = new ArrayList<>();
      AnswerReader first = answers.start(Answers.order(tokens, VIEWED_MILLIS));
      readers.add(first);
      boolean begun = answers.runUntil(() -> first.seen().tokens() > 0, Crowd.PATIENCE_MILLIS);
      for (int i = 1; i < viewers && begun; i++) {
        String path = peer.kind().fromTheStart(first.id());
        readers.add(answers.open(first.id(), AnswerKind.get(path), new Seen()));
      }
      answers.run(SETTLE_MILLIS);
      long said = first.seen().tokens();
      long cpu = peer.cpuMicros();
      answers.run(millis);
      cpu = peer.cpuMicros() - cpu;
      double measured = Math.max(1, first.seen().tokens() - said);
      boolean unused = answers.runUntil(() -> answers.ended() == viewers, Crowd.PATIENCE_MILLIS);
      return new Viewed(cpu / measured, Flaws.of(readers, tokens));
    }
  }

  /**
   * Measures viewers that come back after 90 % of an answer: to their place, and with nothing. The
   * answer waits for them, so that the processor time is theirs alone.
   */
  static Reconnects reconnects(Peer peer, int tokens, int times) throws IOException {
    int held = tokens / 10 * 9;
    try (Answers answers = new Answers(peer)) {
      String holds = " hold=" + (held - MISSED) + "," + held;
      AnswerReader watcher = answers.start(Answers.order(tokens, 1) + holds);
      String id = watcher.id();
      watcher.keepPlaces();
      // Otherwise all tokens may come together, so that no place is in the middle of the answer.
      awaitHold(peer, answers, watcher.seen(), held - MISSED);
      answers.release();
      awaitHold(peer, answers, watcher.seen(), held);
      long said = watcher.seen().tokens();
      Seen place = watcher.before(MISSED);
      Back resumes = back(peer, answers, id, place, peer.kind().after(id, place), said, times);
      Back reloads = back(peer, answers, id, new Seen(), peer.kind().whole(id), said, times / 10);
      AnswerReader resumed =
          answers.open(id, AnswerKind.get(peer.kind().after(id, place)), place.copy());
      AnswerReader reloaded = answers.open(id, AnswerKind.get(peer.kind().whole(id)), new Seen());
      // A page that loads an answer after its end finds it in another place.
      boolean unused =
          answers.runUntil(() -> has(resumed, said) && has(reloaded, said), Crowd.PATIENCE_MILLIS);
      answers.release();
      unused = answers.runUntil(() -> answers.ended() == 3, Crowd.PATIENCE_MILLIS);
      return new Reconnects(
          resumes,
          reloads,
          Flaws.of(List.of(resumed), tokens),
          Flaws.of(List.of(reloaded), tokens));
    }
  }

  /** Waits until a viewer has all tokens before a hold that it gets before more are said. */
  private static void awaitHold(Peer peer, Answers answers, Seen seen, int hold)
      throws IOException {
    int least = hold - peer.kind().mostHeldBack();
    require(answers.runUntil(() -> seen.tokens() >= least, Crowd.PATIENCE_MILLIS + 10L * hold));
    long before;
    do {
      before = seen.tokens();
      answers.run(SETTLE_MILLIS);
    } while (seen.tokens() > before);
  }

  /** Lets one viewer after the other come back and leave again when it has all that was said. */
  private static Back back(
      Peer peer, Answers answers, String id, Seen place, String path, long said, int times)
      throws IOException {
    long cpu = peer.cpuMicros();
    long bytes = 0;
    int came = 0;
    boolean whole = true;
    while (came < times && whole) {
      AnswerReader reader = answers.open(id, AnswerKind.get(path), place.copy());
      whole = answers.runUntil(() -> has(reader, said), Crowd.PATIENCE_MILLIS);
      bytes = reader.bytes();
      came++;
      answers.close(reader);
    }
    return new Back((peer.cpuMicros() - cpu) / 1e3 / came, bytes);
  }

  private static boolean has(AnswerReader reader, long tokens) {
    return reader.seen().tokens() >= tokens;
  }

  /** Measures a new process: what it holds for each answer that has ended and nobody views. */
  static Kept kept(Peer peer, int count) throws IOException {
    say(peer, 2 * ANSWERS);
    Memory before = Memory.of(peer);
    say(peer, count);
    return Memory.of(peer).since(before, count);
  }

  private static void say(Peer peer, int count) throws IOException {
    try (Answers answers = new Answers(peer)) {
      answers.startOverAndOver(ANSWERS, KEPT_TOKENS, 1);
      require(
          answers.runUntil(() -> answers.ended() >= count - ANSWERS, 3 * Crowd.PATIENCE_MILLIS));
      answers.startNoMore(ANSWERS, Crowd.PATIENCE_MILLIS);
    }
  }

  private static void require(boolean reached) throws IOException {
    if (!reached) {
      throw new IOException("the answer did not come so far");
    }
  }

  /** The processor time of a token, with the part of Redis in it, and its bytes. */
  record Token(double cpuMicros, double redisMicros, double bytes, long lost) {}

  /** The processor time of a token for all viewers together. */
  record Viewed(double cpuMicros, Flaws flaws) {}

  /** The processor time and the bytes of a viewer that comes back. */
  record Back(double cpuMillis, long bytes) {}

  /** Viewers that come back, and what their answers lacked or had twice in the end. */
  record Reconnects(Back resumes, Back reloads, Flaws resumed, Flaws reloaded) {}

  /** Kilobytes of 1,024 bytes for each answer. */
  record Kept(double heap, double resident, double redis) {}

  /** The tokens that viewers lacked or had twice. */
  record Flaws(long missing, long doubled) {

    static Flaws of(List<AnswerReader> readers, int tokens) {
      return new Flaws(
          readers.stream().mapToLong(it -> tokens - it.seen().tokens()).sum(),
          readers.stream().mapToLong(it -> it.seen().doubled()).sum());
    }
  }

  /** Bytes that a server and its Redis hold. */
  private record Memory(long heap, long resident, long redis) {

    static Memory of(Peer peer) throws IOException {
      return new Memory(
          peer.heapBytes(), peer.server().residentKilobytes() * 1_024, peer.redisBytes());
    }

    Kept since(Memory before, int count) {
      double unit = 1_024.0 * count;
      return new Kept(
          (heap - before.heap) / unit,
          (resident - before.resident) / unit,
          (redis - before.redis) / unit);
    }
  }
}
