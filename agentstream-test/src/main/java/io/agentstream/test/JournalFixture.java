package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.settings.Limits;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.Snapshot.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The journal that a contract tests, and what is read from it. */
abstract class JournalFixture {

  /** The bounds with which the journals must be created: few events, and much text for them. */
  protected static final Limits LIMITS =
      Limits.builder().journalEvents(100).journalChars(50_000).build();

  final String id = ConversationBuilder.newId();

  /**
   * Returns the journal under test, created with {@link #LIMITS}; always the same one within a
   * test.
   */
  protected abstract Journal journal();

  /** Returns the same journal as another node sees it. By default there is no other node. */
  protected Journal otherNode() {
    return journal();
  }

  static void appendTokens(JournalWriter writer, int from, int to) {
    for (int seq = from; seq <= to; seq++) {
      writer.append(token(seq));
    }
  }

  static StreamingToken token(int seq) {
    return new StreamingToken("m1", seq, "t" + seq);
  }

  JournalReader everywhere(long head) {
    return everywhere(1, head);
  }

  /** Returns the other node's reader, once all appended events have reached it. */
  JournalReader everywhere(long epoch, long head) {
    Eventually.await(
        () -> read(otherNode()).map(r -> r.epoch() == epoch && r.head() == head).orElse(false));
    return reader(otherNode());
  }

  /**
   * Returns a reader on a node that has not read the conversation before. By default this is the
   * other node's reader.
   */
  protected JournalReader late(String conversationId) {
    return otherNode().read(conversationId).toCompletableFuture().join().orElseThrow();
  }

  JournalReader late() {
    return late(id);
  }

  JournalReader reader(Journal journal) {
    return read(journal).orElseThrow();
  }

  Optional<JournalReader> read(Journal journal) {
    return journal.read(id).toCompletableFuture().join();
  }

  Optional<State> state(Journal journal) {
    Map<String, State> states = journal.states(List.of("another", id)).toCompletableFuture().join();
    assertThat(states).doesNotContainKey("another");
    return Optional.ofNullable(states.get(id));
  }

  static Snapshot.Open open(JournalReader reader) {
    return reader.snapshot().content().open().get(0);
  }

  static JournalEntry entry(JournalReader reader, long seq) {
    return Objects.requireNonNull(reader.entry(seq), () -> "no entry " + seq);
  }

  static List<ChatEvent> events(JournalReader reader) {
    return eventsAfter(reader, 0);
  }

  static List<ChatEvent> eventsAfter(JournalReader reader, long after) {
    List<ChatEvent> events = new ArrayList<>();
    for (long seq = after + 1; seq <= reader.head(); seq++) {
      events.add(entry(reader, seq).event());
    }
    return events;
  }

  static List<Long> millis(JournalReader reader) {
    List<Long> millis = new ArrayList<>();
    for (long seq = 1; seq <= reader.head(); seq++) {
      millis.add(entry(reader, seq).millis());
    }
    return millis;
  }
}
