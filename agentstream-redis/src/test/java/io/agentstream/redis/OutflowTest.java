package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalWriter;
import io.agentstream.redis.Outflow.Batch;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data sent to Redis, and the view of another node that begins to read it at any moment. */
class OutflowTest {

  private static final String ID = "c";
  private static final int EVENTS = 5_000;

  private Limits limits = Limits.builder().journalEvents(1_000).build();

  @Test
  void a_snapshot_never_runs_ahead_of_the_events_that_are_sent() {
    Writing writing = new Writing(limits);
    writing.append(600);
    writing.send();
    // Far more than leave at once, and enough for the next snapshot.
    writing.append(900);
    while (writing.send()) {
      assertThat(writing.redis.snapshotSeq()).isLessThanOrEqualTo(writing.redis.lastSeq());
    }
    assertThat(writing.redis.snapshotSeq()).as("there is one").isEqualTo(writing.log.head());
  }

  @Test
  void where_the_log_has_moved_on_the_sum_of_what_is_missing_comes_with_all_that_is_left() {
    Writing writing = new Writing(limits);
    writing.append(100);
    writing.send();
    writing.append(2_000);
    writing.send();
    assertThat(writing.redis.snapshotSeq()).isEqualTo(writing.log.head());
    assertKeepsTheSame(writing.redis.read(), writing.log);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1_000, 10_000})
  void whenever_a_node_begins_to_read_it_comes_to_keep_what_the_writer_keeps(int bound) {
    limits = Limits.builder().journalEvents(bound).build();
    for (long seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      Writing writing = new Writing(limits);
      List<ConversationLog> readers = new ArrayList<>();
      for (int written = 0; written < EVENTS; ) {
        int more = 1 + random.nextInt(random.nextBoolean() ? 10 : 2 * bound);
        writing.append(more);
        written += more;
        if (writing.send() && random.nextInt(4) == 0) {
          readers.add(writing.redis.read());
        }
      }
      writing.sendAll();
      readers.forEach(reader -> assertKeepsTheSame(reader, writing.log));
    }
  }

  @RepeatedTest(20)
  void a_writer_that_does_not_wait_leaves_other_nodes_with_no_less() throws Exception {
    limits = Limits.builder().journalEvents(100).build();
    Writing writing = new Writing(limits);
    List<ConversationLog> readers = new ArrayList<>();
    Thread streaming = new Thread(() -> writing.append(EVENTS));
    streaming.start();
    while (streaming.isAlive()) {
      if (writing.send()) {
        readers.add(writing.redis.read());
      }
    }
    streaming.join();
    writing.sendAll();
    readers.forEach(reader -> assertKeepsTheSame(reader, writing.log));
  }

  private static void assertKeepsTheSame(ConversationLog reader, ConversationLog log) {
    assertThat(reader.head()).isEqualTo(log.head());
    assertThat(reader.tail()).isEqualTo(log.tail());
    assertThat(reader.snapshot()).isEqualTo(log.snapshot());
  }

  /** A conversation that one node writes, and its way to Redis. */
  private static final class Writing {
    private final ConversationLog log;
    private final JournalWriter writer;
    private final Outflow outflow;
    private final StandInRedis redis;
    private int offset;

    Writing(Limits limits) {
      log = new ConversationLog(ID, limits, ChatClock.system());
      writer = log.open(1);
      outflow = new Outflow(1, log, limits);
      redis = new StandInRedis(limits);
      writer.append(new SpeakerChange("m1", "Ann", 1, null, null));
    }

    void append(int tokens) {
      for (int i = 0; i < tokens; i++) {
        writer.append(new StreamingToken("m1", offset++, "x"));
      }
    }

    /** Returns true if there was something to send. */
    boolean send() {
      Batch batch = outflow.next();
      if (batch == null) {
        return false;
      }
      redis.take(batch);
      outflow.taken(batch);
      return true;
    }

    void sendAll() {
      while (send()) {
        // On to the end.
      }
    }
  }

  /** Keeps and tells what {@code append.lua} does, with readers that follow. */
  private static final class StandInRedis {
    private final Limits limits;
    private final List<ConversationLog> readers = new ArrayList<>();
    private final List<JournalEntry> entries = new ArrayList<>();
    private Snapshot.@Nullable Content snapshot;

    StandInRedis(Limits limits) {
      this.limits = limits;
    }

    void take(Batch batch) {
      if (batch.snapshot() != null) {
        snapshot = batch.snapshot();
      }
      List<JournalEntry> told = new ArrayList<>();
      for (int i = 0; i < batch.entries().size(); i++) {
        told.add(EntryText.read(ID, 1, batch.first() + i, batch.entries().get(i)));
      }
      entries.addAll(told);
      entries.removeIf(entry -> entry.seq() < batch.oldest());
      for (ConversationLog reader : readers) {
        if (!reader.follow(told)) {
          load(reader);
        }
      }
    }

    ConversationLog read() {
      ConversationLog reader = new ConversationLog(ID, limits, ChatClock.system());
      load(reader);
      readers.add(reader);
      return reader;
    }

    private void load(ConversationLog reader) {
      // Of what comes after a gap alone, as StoredConversation reads it.
      int from = entries.size();
      while (from > 0
          && (from == entries.size()
              || entries.get(from - 1).seq() + 1 == entries.get(from).seq())) {
        from--;
      }
      List<JournalEntry> newest = List.copyOf(entries.subList(from, entries.size()));
      assertThat(new StoredConversation(snapshot, newest).bringInto(reader)).isTrue();
    }

    long lastSeq() {
      return entries.get(entries.size() - 1).seq();
    }

    long snapshotSeq() {
      return snapshot == null ? 0 : snapshot.seq();
    }
  }
}
