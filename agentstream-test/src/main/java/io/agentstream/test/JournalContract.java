package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.test.stress.Stress;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.Snapshot.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract of every {@link Journal}. Extend this class and provide your journal:
 *
 * <pre>{@code
 * class MyJournalTest extends JournalContract {
 *   protected Journal journal() { return mine; }
 * }
 * }</pre>
 *
 * <p>For a journal that several nodes share, also override {@link #otherNode}.
 */
@Timeout(180)
public abstract class JournalContract extends JournalEpochContract {

  private static final long PATIENCE_SECONDS = 60;

  @Test
  void what_was_never_opened_is_not_there() {
    assertThat(read(journal())).isEmpty();
  }

  @Test
  void without_an_event_there_is_nothing_to_read() {
    journal().open(id, 1);
    assertThat(read(journal())).isEmpty();
  }

  @Test
  void a_reader_on_the_same_node_has_an_event_when_append_returns() {
    JournalWriter writer = journal().open(id, 1);
    writer.append(new ConversationStarted(1));
    JournalReader reader = reader(journal());
    for (int seq = 2; seq <= 50; seq++) {
      writer.append(token(seq));
      assertThat(reader.head()).isEqualTo(seq);
    }
  }

  @Test
  void sequence_numbers_begin_at_1_and_have_no_gaps() {
    JournalWriter writer = journal().open(id, 1);
    EverySortOfEvent.inOrder(1).forEach(writer::append);
    JournalReader reader = everywhere(EverySortOfEvent.inOrder(1).size());
    for (long seq = 1; seq <= reader.head(); seq++) {
      assertThat(entry(reader, seq).seq()).isEqualTo(seq);
      assertThat(entry(reader, seq).epoch()).isEqualTo(1);
      assertThat(entry(reader, seq).conversationId()).isEqualTo(id);
    }
    assertThat(reader.tail()).isEqualTo(1);
    assertThat(reader.entry(0)).isNull();
    assertThat(reader.entry(reader.head() + 1)).isNull();
  }

  @Test
  void every_sort_of_event_is_read_as_it_was_written() {
    JournalWriter writer = journal().open(id, 1);
    List<ChatEvent> events = EverySortOfEvent.inOrder(1);
    events.forEach(writer::append);
    JournalReader own = reader(journal());
    JournalReader other = everywhere(events.size());
    assertThat(events(other)).isEqualTo(events);
    assertThat(millis(other)).isEqualTo(millis(own));
  }

  @Test
  void a_snapshot_is_the_sum_of_the_events_wherever_it_is_taken() {
    JournalWriter writer = journal().open(id, 1);
    List<ChatEvent> events = EverySortOfEvent.inOrder(1);
    for (int seq = 1; seq <= events.size(); seq++) {
      writer.append(events.get(seq - 1));
      Snapshot.Content own = reader(journal()).snapshot().content();
      assertThat(own.seq()).isEqualTo(seq);
      assertThat(everywhere(seq).snapshot().content()).isEqualTo(own);
    }
    Snapshot.Message answer = reader(journal()).snapshot().content().messages().get(1);
    assertThat(answer.message().content()).isEqualTo(EverySortOfEvent.ANSWER);
    assertThat(answer.thinking()).isEqualTo("Hm.");
    assertThat(answer.tools()).hasSize(1);
    assertThat(answer.usage()).isEqualTo(EverySortOfEvent.USAGE);
  }

  @Test
  void how_a_conversation_stands_is_known_without_reading_it() {
    JournalWriter writer = journal().open(id, 1);
    assertThat(state(journal())).isEmpty();
    assertThat(state(otherNode())).isEmpty();
    Set<State> seen = new HashSet<>();
    for (ChatEvent event : EverySortOfEvent.inOrder(1)) {
      writer.append(event);
      State now = reader(journal()).snapshot().content().state();
      seen.add(now);
      assertThat(state(journal())).contains(now);
      Eventually.await(() -> state(otherNode()).equals(Optional.of(now)));
    }
    assertThat(seen).as("the events come by each").containsExactlyInAnyOrder(State.values());
  }

  @Test
  void what_is_kept_no_longer_does_not_stand_in_any_way() {
    JournalWriter writer = journal().open(id, 1);
    writer.append(new ConversationStarted(1));
    Eventually.await(() -> state(otherNode()).isPresent());
    journal().remove(id);
    assertThat(state(journal())).isEmpty();
    Eventually.await(() -> state(otherNode()).isEmpty());
  }

  @Test
  void a_reader_that_goes_on_after_any_event_gets_the_rest_once_and_in_order() {
    JournalWriter writer = journal().open(id, 1);
    List<ChatEvent> events = EverySortOfEvent.inOrder(1);
    events.forEach(writer::append);
    JournalReader reader = everywhere(events.size());
    for (int after = 0; after <= events.size(); after++) {
      assertThat(eventsAfter(reader, after)).isEqualTo(events.subList(after, events.size()));
    }
  }

  @Stress
  void a_live_reader_is_told_and_gets_every_event_once_and_in_order() throws Exception {
    JournalWriter writer = journal().open(id, 1);
    writer.append(new ConversationStarted(1));
    JournalReader reader = everywhere(1);
    LinkedBlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
    List<Long> seen = new ArrayList<>();
    JournalReader.Watch watch = reader.watch(() -> told.add(true));
    Thread streaming = new Thread(() -> appendTokens(writer, 2, 60));
    streaming.start();
    long position = 1;
    while (position < 60) {
      assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
      JournalEntry next = reader.entry(position + 1);
      while (next != null) {
        seen.add(next.seq());
        position = next.seq();
        next = reader.entry(position + 1);
      }
    }
    streaming.join();
    watch.close();
    assertThat(seen).hasSize(59).isSorted().doesNotHaveDuplicates();
    writer.append(token(61));
    everywhere(61);
    // A call that was under way when the watch was closed has ended by now.
    told.clear();
    writer.append(token(62));
    everywhere(62);
    assertThat(told).as("told after the watch was closed").isEmpty();
  }

  @Test
  void a_watcher_that_throws_hides_no_event_and_keeps_no_other_watcher_waiting() {
    JournalWriter writer = journal().open(id, 1);
    writer.append(new ConversationStarted(1));
    Map<String, JournalReader> readers =
        Map.of("the writer's node", reader(journal()), "the other node", everywhere(1));
    List<JournalReader.Watch> watches = new ArrayList<>();
    Set<String> told = ConcurrentHashMap.newKeySet();
    readers.forEach(
        (name, reader) -> {
          watches.add(reader.watch(JournalContract::fail));
          watches.add(reader.watch(() -> told.add(name)));
        });
    writer.append(token(2));
    assertThat(reader(journal()).head()).isEqualTo(2);
    everywhere(2);
    Eventually.await(() -> told.equals(readers.keySet()));
    watches.forEach(JournalReader.Watch::close);
  }

  private static void fail() {
    throw new NoClassDefFoundError("canary");
  }

  @Stress
  void past_the_bounds_the_oldest_go_and_a_snapshot_still_holds_everything() {
    JournalWriter writer = journal().open(id, 1);
    writer.append(new ConversationCreated(1, "Tea?", List.of("Ann"), "round_robin", 1));
    writer.append(new SpeakerChange("m2", "Ann", 1, null, null));
    StringBuilder text = new StringBuilder();
    for (int seq = 3; seq <= 1_000; seq++) {
      StreamingToken token = new StreamingToken("m2", text.length(), seq + " ");
      text.append(token.token());
      writer.append(token);
    }
    JournalReader reader = everywhere(1_000);
    assertThat(reader.tail()).isEqualTo(901);
    assertThat(reader.entry(900)).isNull();
    assertThat(entry(reader, 901).seq()).isEqualTo(901);
    assertThat(open(reader).content()).isEqualTo(text.toString());
    assertThat(open(late())).as("to a node that reads it only now").isEqualTo(open(reader));
  }

  @Stress
  void much_text_counts_as_well() {
    JournalWriter writer = journal().open(id, 1);
    writer.append(new ConversationCreated(1, "Tea?", List.of("Ann"), "round_robin", 1));
    writer.append(new SpeakerChange("m2", "Ann", 1, null, null));
    String piece = "x".repeat(20_000);
    for (int i = 0; i < 5; i++) {
      writer.append(new StreamingToken("m2", i * piece.length(), piece));
    }
    JournalReader reader = everywhere(7);
    assertThat(reader.tail()).isEqualTo(6);
    assertThat(open(reader).content()).isEqualTo(piece.repeat(5));
    assertThat(open(late()).content()).isEqualTo(piece.repeat(5));
  }

  @Test
  void what_was_removed_is_not_there_any_more() {
    journal().open(id, 1).append(new ConversationStarted(1));
    everywhere(1);
    journal().remove(id);
    Eventually.await(() -> read(journal()).isEmpty());
    Eventually.await(() -> read(otherNode()).isEmpty());
    journal().remove(id);
  }
}
