package io.agentstream.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.MessageReset;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.journal.internal.EventText;
import io.agentstream.wire.internal.FrameEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryRingTest {

  private static final int ANY = 1_000_000;

  private static final Function<JournalEntry, String> JSON = EntryRingTest::encode;

  private static String encode(JournalEntry entry) {
    return FrameEncoder.event(entry.conversationId(), entry.seq(), entry.millis(), entry.event());
  }

  @Test
  void holds_the_newest_by_number() {
    EntryRing ring = filled(new EntryRing(0, 100, ANY, ANY), 1_000, 1);
    assertThat(ring.tail()).isEqualTo(901);
    assertThat(ring.head()).isEqualTo(1_000);
    assertThat(ring.get(900)).isNull();
    assertThat(ring.get(901)).isNotNull();
  }

  @Test
  void holds_the_newest_by_their_text() {
    assertThat(filled(new EntryRing(0, ANY, 100, ANY), 1_000, 1).tail()).isEqualTo(981);
  }

  @Test
  void holds_the_newest_by_their_age() {
    assertThat(filled(new EntryRing(0, ANY, ANY, 100), 1_000, 10).tail()).isEqualTo(990);
  }

  @Test
  void holds_the_newest_one_whatever_its_text_and_age() {
    EntryRing ring = filled(new EntryRing(0, ANY, 1, 1), 10, 100);
    assertThat(ring.tail()).isEqualTo(10);
    assertThat(ring.get(10)).isNotNull();
  }

  @Test
  void the_newest_keep_their_text_and_a_replay_of_older_ones_leaves_none_behind() {
    EntryRing ring = new EntryRing(0, ANY, ANY, ANY);
    for (int seq = 1; seq <= 100; seq++) {
      ring.add(new JournalEntry("c", 1, seq, 0, new MessageReset("m1", 0, "again")));
    }
    assertThat(entry(ring, 100).encoded(JSON)).isSameAs(entry(ring, 100).encoded(JSON));
    assertThat(entry(ring, 85).encoded(JSON)).isSameAs(entry(ring, 85).encoded(JSON));
    for (int seq : new int[] {84, 69, 68, 1}) {
      assertThat(entry(ring, seq).encoded(JSON))
          .isEqualTo(entry(ring, seq).encoded(JSON))
          .isNotSameAs(entry(ring, seq).encoded(JSON));
    }
  }

  @Test
  void an_entry_keeps_the_texts_of_two_encodings_and_gives_each_its_own() {
    JournalEntry entry = new JournalEntry("c", 1, 7, 0, new MessageReset("m1", 0, "again"));
    Function<JournalEntry, String> other = each -> "seq " + each.seq();
    assertThat(entry.encoded(JSON)).isSameAs(entry.encoded(JSON));
    assertThat(entry.encoded(other)).isEqualTo("seq 7").isSameAs(entry.encoded(other));
    assertThat(entry.encoded(JSON)).isEqualTo(JSON.apply(entry));
  }

  private static JournalEntry entry(EntryRing ring, long seq) {
    return Objects.requireNonNull(ring.get(seq));
  }

  /** Speakers at once, thinking between, text taken back, and whatever else happens. */
  @ParameterizedTest
  @ValueSource(ints = {5, 33, 100, ANY})
  void gives_back_each_entry_as_it_was_added_however_old(int maxEntries) {
    for (int seed = 0; seed < 50; seed++) {
      EntryRing ring = new EntryRing(7, maxEntries, ANY, ANY);
      List<JournalEntry> added = entries(8, new Random(seed));
      for (JournalEntry entry : added) {
        ring.add(entry);
      }
      assertThat(ring.tail()).isEqualTo(Math.max(8, 2_008 - (long) maxEntries));
      for (JournalEntry entry : added) {
        if (entry.seq() < ring.tail()) {
          assertThat(ring.get(entry.seq())).isNull();
        } else {
          assertThat(values(ring.get(entry.seq()))).isEqualTo(values(entry));
        }
      }
    }
  }

  private static List<Object> values(@Nullable JournalEntry entry) {
    return entry == null
        ? List.of()
        : List.of(
            entry.conversationId(), entry.epoch(), entry.seq(), entry.millis(), entry.event());
  }

  @Test
  void text_that_is_no_longer_held_no_longer_counts() {
    EntryRing ring = new EntryRing(0, ANY, 1_000, ANY);
    List<JournalEntry> added = entries(1, new Random(1));
    added.forEach(ring::add);
    int held = 0;
    for (JournalEntry entry : added) {
      held += entry.seq() < ring.tail() ? 0 : EventText.chars(entry.event());
    }
    int oneMore = EventText.chars(added.get((int) ring.tail() - 2).event());
    assertThat(held).isLessThanOrEqualTo(1_000);
    assertThat(held + oneMore).isGreaterThan(1_000);
  }

  private static List<JournalEntry> entries(long first, Random random) {
    List<JournalEntry> entries = new ArrayList<>();
    int[] said = new int[3];
    int[] thought = new int[3];
    long millis = 1_800_000_000_000L;
    for (long seq = first; seq < first + 2_000; seq++) {
      millis += random.nextInt(30);
      int who = random.nextInt(3);
      entries.add(new JournalEntry("c", 1, seq, millis, event(who, said, thought, random)));
    }
    return entries;
  }

  private static ChatEvent event(int who, int[] said, int[] thought, Random random) {
    String message = "m" + who;
    String text = "字 word".substring(0, 1 + random.nextInt(6));
    int what = random.nextInt(40);
    if (what == 0) {
      said[who] /= 2;
      return new MessageReset(message, said[who], "again");
    }
    if (what == 1) {
      String full = text.repeat(9);
      return new StreamingComplete(
          message, "Ann", 1, full, full.length(), TurnFinishReason.STOP, Usage.NONE);
    }
    if (what < 6) {
      thought[who] += text.length();
      return new StreamingThinking(message, thought[who] - text.length(), text);
    }
    said[who] += text.length();
    return new StreamingToken(message, said[who] - text.length(), text);
  }

  private static EntryRing filled(EntryRing ring, int count, int millisBetween) {
    for (int seq = 1; seq <= count; seq++) {
      ring.add(
          new JournalEntry(
              "c", 1, seq, (long) seq * millisBetween, new StreamingToken("m", 0, "Hello")));
    }
    return ring;
  }
}
