package io.agentstream.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.MessageReset;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class JournalEntryTest {

  private final JournalEntry entry =
      new JournalEntry("c", 1, 7, 0, new MessageReset("m1", 0, "again"));
  private final Frame frame = new Frame();
  private final Wrapping wrapping = new Wrapping(frame);

  @Test
  void a_format_and_one_that_wraps_it_are_each_encoded_once_whichever_asks_first() {
    JournalEntry other = new JournalEntry("c", 1, 8, 0, entry.event());

    for (int viewer = 0; viewer < 100; viewer++) {
      assertThat(entry.encoded(frame)).isEqualTo("frame 7");
      assertThat(entry.encoded(wrapping)).isEqualTo("<frame 7>");
      assertThat(other.encoded(wrapping)).isEqualTo("<frame 8>");
      assertThat(other.encoded(frame)).isEqualTo("frame 8");
    }

    assertThat(frame.runs).isEqualTo(2);
    assertThat(wrapping.runs).isEqualTo(2);
  }

  @Test
  void a_third_format_runs_for_each_viewer_and_takes_no_other_formats_place() {
    Frame third = new Frame();
    entry.encoded(wrapping);

    entry.encoded(third);
    entry.encoded(third);
    entry.encoded(frame);
    entry.encoded(wrapping);

    assertThat(third.runs).isEqualTo(2);
    assertThat(frame.runs).isEqualTo(1);
    assertThat(wrapping.runs).isEqualTo(1);
  }

  @Test
  void an_entry_that_was_forgotten_stores_no_text_of_any_format() {
    entry.encoded(wrapping);

    entry.forgetText();

    assertThat(entry.encoded(wrapping)).isEqualTo("<frame 7>");
    assertThat(entry.encoded(frame)).isEqualTo("frame 7");
    assertThat(frame.runs).isEqualTo(3);
    assertThat(wrapping.runs).isEqualTo(2);
  }

  /** Counts how often it runs. */
  private static final class Frame implements Function<JournalEntry, String> {
    private int runs;

    @Override
    public String apply(JournalEntry entry) {
      runs++;
      return "frame " + entry.seq();
    }
  }

  private static final class Wrapping implements Function<JournalEntry, String> {
    private final Frame frame;
    private int runs;

    Wrapping(Frame frame) {
      this.frame = frame;
    }

    @Override
    public String apply(JournalEntry entry) {
      runs++;
      return "<" + entry.encoded(frame) + ">";
    }
  }
}
