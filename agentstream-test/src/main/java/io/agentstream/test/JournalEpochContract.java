package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.StaleEpochException;
import io.agentstream.test.stress.Stress;
import io.agentstream.wire.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The part of {@link JournalContract} about epochs: who may write, and what readers see of the next
 * one.
 */
abstract class JournalEpochContract extends JournalFixture {

  @Test
  void an_epoch_is_opened_once() {
    journal().open(id, 1).append(new ConversationStarted(1));
    everywhere(1);
    JournalWriter second = openLate(otherNode(), 1);
    if (second != null) {
      awaitStale(second);
    }
    assertThat(reader(journal()).head()).isEqualTo(1);
  }

  @Stress
  void a_stale_writer_is_refused_and_what_it_writes_is_nowhere() {
    JournalWriter old = journal().open(id, 1);
    appendTokens(old, 1, 10);
    everywhere(10);
    JournalWriter next = otherNode().open(id, 2);
    next.append(new ConversationStarted(2));
    awaitStale(old);
    next.append(token(2));
    JournalReader reader = everywhere(2, 2);
    assertThat(events(reader)).containsExactly(new ConversationStarted(2), token(2));
    assertThat(events(late())).isEqualTo(events(reader));
    assertThatThrownBy(() -> old.append(token(3))).isInstanceOf(StaleEpochException.class);
  }

  @Test
  void an_older_epoch_cannot_be_opened_any_more() {
    journal().open(id, 5).append(new ConversationStarted(1));
    everywhere(5, 1);
    JournalWriter older = openLate(otherNode(), 4);
    if (older != null) {
      awaitStale(older);
    }
    assertThat(reader(journal()).epoch()).isEqualTo(5);
  }

  @Test
  void a_reader_stays_good_over_the_next_epoch_and_sees_it_from_its_first_events_on() {
    EverySortOfEvent.inOrder(1).forEach(journal().open(id, 1)::append);
    JournalReader reader = everywhere(EverySortOfEvent.inOrder(1).size());
    JournalWriter next = journal().open(id, 2);
    assertThat(reader.epoch()).isEqualTo(1);
    next.appendAll(
        List.of(
            new ConversationCreated(2, "Tea?", List.of("Ann"), "round_robin", 3),
            new ConversationStarted(1),
            new NewMessage("m2", NewMessage.Role.ASSISTANT, "Ann", EverySortOfEvent.ANSWER, 1)));
    Eventually.await(() -> reader.epoch() == 2);
    assertThat(reader.head()).as("all at once").isEqualTo(3);
    assertThat(reader.snapshot().content().messages())
        .singleElement()
        .satisfies(message -> assertThat(message.usage()).isEqualTo(EverySortOfEvent.USAGE))
        .satisfies(message -> assertThat(message.thinking()).isEqualTo("Hm."));
    assertThat(late().snapshot()).isEqualTo(reader.snapshot());
  }

  @Test
  void a_message_that_is_another_in_the_next_epoch_has_nothing_of_the_old_one() {
    EverySortOfEvent.inOrder(1).forEach(journal().open(id, 1)::append);
    everywhere(EverySortOfEvent.inOrder(1).size());
    journal()
        .open(id, 2)
        .appendAll(
            List.of(
                new SpeakerChange("m2", "Ann", 1, null, null),
                new StreamingToken("m2", 0, "Water"),
                new StreamingComplete("m2", "Ann", 1, "Water", 5, TurnFinishReason.STOP, null)));
    Snapshot.Message message = everywhere(2, 3).snapshot().content().messages().get(0);
    assertThat(message.message().content()).isEqualTo("Water");
    assertThat(message.usage()).isNull();
    assertThat(message.thinking()).isNull();
  }

  /** Appends until the writer is refused, which must happen soon. */
  private void awaitStale(JournalWriter writer) {
    Eventually.await(
        () -> {
          try {
            writer.append(token(999));
            return false;
          } catch (StaleEpochException e) {
            return true;
          }
        });
  }

  private @Nullable JournalWriter openLate(Journal journal, long epoch) {
    try {
      return journal.open(id, epoch);
    } catch (StaleEpochException e) {
      return null;
    }
  }
}
