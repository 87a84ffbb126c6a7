package io.agentstream.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Logged;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationStarted;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader.Watch;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The view of a conversation that moves between the journal of several nodes and a store. */
class KeptReaderTest {

  private final ConversationLog older = log(1, 2);
  private final AtomicInteger told = new AtomicInteger();
  private final KeptReader reader = new KeptReader("c", older, false, () -> {});

  @Test
  void what_the_store_has_takes_the_place_of_what_is_older() {
    Watch watch = reader.watch(told::incrementAndGet);
    reader.restIn(log(1, 3));
    assertThat(reader.isResting()).isTrue();
    assertThat(reader.head()).isEqualTo(3);
    assertThat(told).hasValue(1);
    reader.restIn(log(2, 1));
    assertThat(reader.epoch()).isEqualTo(2);
    assertThat(told).hasValue(2);
    watch.close();
  }

  @Test
  void what_viewers_have_seen_is_not_taken_back() {
    Watch watch = reader.watch(told::incrementAndGet);
    reader.restIn(log(1, 1));
    assertThat(reader.isResting()).isTrue();
    assertThat(reader.head()).isEqualTo(2);
    assertThat(told).hasValue(0);
    watch.close();
  }

  @Test
  void a_watcher_moves_with_the_conversation_and_is_told_once_for_each_event() {
    Watch watch = reader.watch(told::incrementAndGet);
    ConversationLog next = log(2, 1);
    reader.moveTo(next);
    assertThat(told).hasValue(1);
    assertThat(older.isWatched()).isFalse();
    next.open(3).append(new ConversationStarted(1));
    assertThat(told).hasValue(2);
    watch.close();
    assertThat(next.isWatched()).isFalse();
    assertThat(reader.isWatched()).isFalse();
  }

  @Test
  void a_watcher_that_throws_keeps_no_other_from_the_news_of_a_move_and_is_logged_once() {
    Runnable failing =
        () -> {
          throw new AssertionError("canary");
        };
    Watch broken = reader.watch(failing);
    Watch watch = reader.watch(told::incrementAndGet);
    try (Logged logged = new Logged()) {
      ConversationLog next = log(2, 1);
      reader.moveTo(next);
      assertThat(told).hasValue(1);
      next.open(3).append(new ConversationStarted(1));
      assertThat(told).hasValue(2);
      assertThat(logged.with(failing.getClass().getName())).hasSize(1);
    }
    broken.close();
    watch.close();
  }

  /** The store has a running conversation without the texts of its open messages. */
  @Test
  void events_of_the_epoch_that_the_store_has_do_not_continue_what_it_has() {
    KeptReader lost = new KeptReader("c", log(1, 2), true, () -> {});
    ConversationLog running = log(1, 3);
    lost.moveTo(running);
    assertThat(lost.entry(3)).as("the event after the stored ones").isNull();
    assertThat(lost.tail()).isEqualTo(4);
    assertThat(lost.head()).isEqualTo(3);
    running.follow(List.of(new JournalEntry("c", 1, 4, 0, new ConversationStarted(4))));
    assertThat(lost.entry(4)).as("the event after a snapshot of the journal").isNotNull();
    assertThat(lost.tail()).isEqualTo(4);
    assertThat(reader.tail()).as("of one that the journal never lost").isEqualTo(1);
  }

  @Test
  void events_of_a_later_epoch_follow_as_always() {
    KeptReader rested = new KeptReader("c", log(1, 5), true, () -> {});
    assertThat(rested.tail()).isEqualTo(6);
    rested.moveTo(log(2, 3));
    assertThat(rested.tail()).isEqualTo(1);
    assertThat(rested.entry(1)).isNotNull();
  }

  private static ConversationLog log(long epoch, int events) {
    ConversationLog log = new ConversationLog("c", Limits.defaults(), new ManualClock());
    var writer = log.open(epoch);
    writer.append(new ConversationCreated(epoch, "Tea?", List.of("Ann"), "round_robin", 1));
    for (int i = 1; i < events; i++) {
      writer.append(new ConversationStarted(i));
    }
    return log;
  }
}
