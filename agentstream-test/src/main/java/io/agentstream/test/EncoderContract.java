package io.agentstream.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalWriter;
import io.agentstream.settings.Limits;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.ControlFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link ViewerEncoder}. Extend this class, provide your encoder, and say how
 * its frames are read:
 *
 * <pre>{@code
 * class MyEncoderTest extends EncoderContract {
 *   protected ViewerEncoder encoder() { return new MyEncoder(); }
 *   protected String text(List<String> frames) { return String.join("", frames); }
 * }
 * }</pre>
 */
public abstract class EncoderContract {

  private static final String ID = "c1";
  private static final List<String> TOKENS = List.of("Tea", " or", " cof", "fee? ", "茶 🍵\n\n");

  private final ManualClock clock = new ManualClock();
  private final ConversationLog log = new ConversationLog(ID, Limits.defaults(), clock);
  private final JournalWriter writer = log.open(1);

  /** Returns a new encoder, as for a new connection. */
  protected abstract ViewerEncoder encoder();

  /** Returns the answer that somebody sees who has read these frames in their order. */
  protected abstract String text(List<String> frames);

  @Test
  void every_sort_of_event_can_be_written() {
    writer.appendAll(EverySortOfEvent.inOrder(1));
    List<String> frames = all(encoder().conversation(ID));
    assertThat(frames).doesNotContainNull();
  }

  @Test
  void every_frame_that_is_no_event_can_be_written() {
    List<ControlFrame> all =
        List.of(
            new ControlFrame.Ping(),
            new ControlFrame.Pong(),
            new ControlFrame.Accepted(ID, 1L),
            new ControlFrame.Joined(ID, ControlFrame.Joined.Mode.REPLAY, 1, 1L, 2L),
            new ControlFrame.Left(ID),
            new ControlFrame.Refused(
                new ChatError(ErrorCode.NOT_FOUND, "No.", null, null, false, false)));
    List<String> frames = new ArrayList<>();
    for (ControlFrame frame : all) {
      encoder().control(frame, clock.millis(), "r1", frames::add);
      encoder().control(frame, clock.millis(), null, frames::add);
    }
    assertThat(frames).doesNotContainNull();
  }

  @Test
  void tokens_one_by_one_read_as_they_were_said() {
    say();
    assertThat(text(all(encoder().conversation(ID)))).isEqualTo(String.join("", TOKENS));
  }

  @Test
  void tokens_that_leave_together_read_like_tokens_one_by_one() {
    say();
    ConversationEncoder encoder = encoder().conversation(ID);
    List<String> frames = new ArrayList<>();
    encoder.entry(entry(1), frames::add);
    encoder.entry(entry(2), frames::add);
    encoder.entry(entry(3), frames::add);
    encoder.tokens(entry(4), entry(6), String.join("", TOKENS.subList(1, 4)), frames::add);
    encoder.entry(entry(7), frames::add);
    assertThat(text(frames)).isEqualTo(String.join("", TOKENS));
  }

  @Test
  void a_viewer_that_begins_with_a_snapshot_reads_the_whole_answer() {
    beginAnswer();
    append(TOKENS.subList(0, 3));
    ConversationEncoder encoder = encoder().conversation(ID);
    List<String> frames = new ArrayList<>();
    encoder.snapshot(log.snapshot(), clock.millis(), frames::add);
    long known = log.head();
    append(TOKENS.subList(3, TOKENS.size()));
    for (long seq = known + 1; seq <= log.head(); seq++) {
      encoder.entry(entry(seq), frames::add);
    }
    assertThat(text(frames)).isEqualTo(String.join("", TOKENS));
  }

  @Test
  void a_snapshot_in_the_middle_replaces_what_came_before() {
    say();
    ConversationEncoder encoder = encoder().conversation(ID);
    List<String> frames = new ArrayList<>();
    for (long seq = 1; seq <= 4; seq++) {
      encoder.entry(entry(seq), frames::add);
    }
    encoder.snapshot(log.snapshot(), clock.millis(), frames::add);
    assertThat(text(frames)).isEqualTo(String.join("", TOKENS));
  }

  @Test
  void each_viewer_is_sent_the_same() {
    writer.appendAll(EverySortOfEvent.inOrder(1));
    assertThat(all(encoder().conversation(ID))).isEqualTo(all(encoder().conversation(ID)));
  }

  private void say() {
    beginAnswer();
    append(TOKENS);
  }

  private void beginAnswer() {
    writer.appendAll(
        List.<ChatEvent>of(
            new ConversationCreated(1, "Tea?", List.of("Ann"), "round_robin", 1),
            new SpeakerChange("m1", "Ann", 1, null, null)));
  }

  private int said;

  private void append(List<String> tokens) {
    for (String token : tokens) {
      writer.append(new StreamingToken("m1", said, token));
      said += token.length();
    }
  }

  private List<String> all(ConversationEncoder encoder) {
    List<String> frames = new ArrayList<>();
    for (long seq = log.tail(); seq <= log.head(); seq++) {
      encoder.entry(entry(seq), frames::add);
    }
    return frames;
  }

  private JournalEntry entry(long seq) {
    return Objects.requireNonNull(log.entry(seq));
  }
}
