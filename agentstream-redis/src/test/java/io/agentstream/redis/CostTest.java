package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.test.Eventually;
import io.lettuce.core.api.sync.RedisCommands;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The cost of a token that goes through Redis to another node; prints the figures of docs/scaling.
 */
@Timeout(180)
class CostTest {

  private static final int CONVERSATIONS = 50;
  private static final int TOKENS = 600;
  private static final int WARM_UP = 200;
  private static final long EVERY_NANOS = 10_000_000;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  @Test
  void fifty_conversations_of_a_hundred_tokens_a_second_come_to_the_other_node() throws Exception {
    try (RedisProcess redis = RedisProcess.start();
        RedisBackplane writing = connect(redis);
        RedisBackplane reading = connect(redis)) {
      List<Watched> all = new ArrayList<>();
      for (int i = 0; i < CONVERSATIONS; i++) {
        all.add(new Watched(writing, reading));
      }
      stream(all, 0, WARM_UP);
      RedisCommands<String, String> commands = redis.commands();
      double redisBefore = redisSeconds(commands);
      long ownerBefore = ownerNanos();
      stream(all, WARM_UP, TOKENS);
      for (Watched watched : all) {
        assertThat(watched.done.await(60, TimeUnit.SECONDS)).isTrue();
      }
      int tokens = CONVERSATIONS * (TOKENS - WARM_UP);
      long[] nanos = all.stream().flatMapToLong(Watched::measured).sorted().toArray();
      System.out.printf(
          "Through Redis to another node, %d conversations of 100 tokens a second: p50 %.1f ms, p99"
              + " %.1f ms; Redis %.1f µs of CPU a token, the thread that appends %.1f µs; %d bytes"
              + " of Redis a token%n",
          CONVERSATIONS,
          nanos[nanos.length / 2] / 1e6,
          nanos[nanos.length * 99 / 100] / 1e6,
          (redisSeconds(commands) - redisBefore) * 1e6 / tokens,
          (ownerNanos() - ownerBefore) / 1e3 / tokens,
          commands.memoryUsage("agentstream:{" + all.get(0).id + "}:events") / TOKENS);
    }
  }

  private static RedisBackplane connect(RedisProcess redis) {
    return RedisBackplane.connect(
        RedisSettings.at(redis.url()).commandTimeout(TestNode.COMMAND).build());
  }

  private static void stream(List<Watched> all, int from, int to) {
    long next = System.nanoTime();
    for (int token = from; token < to; token++) {
      for (Watched watched : all) {
        watched.append(token);
      }
      next += EVERY_NANOS;
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private static double redisSeconds(RedisCommands<String, String> commands) {
    return Arrays.stream(commands.info("cpu").split("\r\n", -1))
        .filter(line -> line.startsWith("used_cpu_sys:") || line.startsWith("used_cpu_user:"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
        .sum();
  }

  private long ownerNanos() {
    Set<Long> ids =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("agentstream-redis"))
            .map(Thread::getId)
            .collect(Collectors.toCollection(TreeSet::new));
    return ids.stream().mapToLong(threads::getThreadCpuTime).sum();
  }

  /** A conversation that one node writes and the other watches. */
  private static final class Watched {
    private final String id = ConversationBuilder.newId();
    private final JournalWriter writer;
    private final JournalReader reader;
    private final long[] sent = new long[TOKENS];
    private final long[] came = new long[TOKENS];
    private final AtomicInteger position = new AtomicInteger(2);
    private final CountDownLatch done = new CountDownLatch(TOKENS);

    Watched(RedisBackplane writing, RedisBackplane reading) {
      long epoch = writing.ownership().claim(id).toCompletableFuture().join();
      writer = writing.journal().open(id, epoch);
      writer.append(new ConversationStarted(1));
      writer.append(new SpeakerChange("m1", "Ann", 1, null, null));
      // The other node does not know of it before something is written.
      Eventually.await(() -> found(reading).isPresent());
      reader = found(reading).orElseThrow();
      reader.watch(this::look);
      look();
    }

    private Optional<JournalReader> found(RedisBackplane reading) {
      return reading.journal().read(id).toCompletableFuture().join();
    }

    void append(int token) {
      sent[token] = System.nanoTime();
      writer.append(new StreamingToken("m1", token * 5, "token"));
    }

    private synchronized void look() {
      JournalEntry next = reader.entry(position.get() + 1L);
      while (next != null) {
        if (next.event() instanceof StreamingToken token) {
          came[token.offset() / 5] = System.nanoTime();
          done.countDown();
        }
        next = reader.entry(position.incrementAndGet() + 1L);
      }
    }

    LongStream measured() {
      return IntStream.range(WARM_UP, TOKENS).mapToLong(i -> came[i] - sent[i]);
    }
  }
}
