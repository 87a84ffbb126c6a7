package io.agentstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.StreamingToken;
import org.junit.jupiter.api.Test;

class EntryRingTest {

  private static final int ANY = 1_000_000;

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

  private static EntryRing filled(EntryRing ring, int count, int millisBetween) {
    for (int seq = 1; seq <= count; seq++) {
      ring.add(
          new JournalEntry(
              "c", 1, seq, (long) seq * millisBetween, new StreamingToken("m", 0, "Hello")));
    }
    return ring;
  }
}
