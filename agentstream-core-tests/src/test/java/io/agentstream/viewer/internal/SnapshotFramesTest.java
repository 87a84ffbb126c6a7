package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ConversationCreated;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalWriter;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SnapshotFramesTest {

  private final ManualClock clock = new ManualClock();
  private final SnapshotFrames frames = new SnapshotFrames(clock, 1_000_000);

  @Test
  void all_who_need_a_snapshot_share_one_frame_as_long_as_somebody_is_sent_it() {
    ConversationLog log = log("c");
    assertThat(frames.ready("c", log).frame()).isSameAs(frames.ready("c", log).frame());
  }

  @Test
  void a_little_later_it_is_still_good_since_the_journal_has_the_rest() {
    ConversationLog log = new ConversationLog("c", Limits.defaults(), clock);
    JournalWriter writer = log.open(1);
    write(writer);
    SnapshotFrames.Ready before = frames.ready("c", log);
    writer.append(new StreamingToken("m1", 0, "Hello"));
    assertThat(frames.ready("c", log)).isEqualTo(before);
    assertThat(before.seq()).isEqualTo(2);
  }

  @Test
  void a_viewer_that_comes_after_a_collection_of_garbage_shares_it_as_well() {
    ConversationLog log = new ConversationLog("c", Limits.defaults(), clock);
    JournalWriter writer = log.open(1);
    write(writer);
    long before = frames.ready("c", log).seq();
    writer.append(new StreamingToken("m1", 0, "Hello"));
    System.gc();
    assertThat(frames.ready("c", log).seq()).isEqualTo(before);
  }

  @Test
  void the_frames_that_were_used_last_are_kept_up_to_a_total_length() {
    SnapshotFrames five = new SnapshotFrames(clock, 5L * frameLength());
    List<Talk> talks = Stream.of("a", "b", "c", "d", "e").map(Talk::new).toList();
    talks.forEach(talk -> talk.join(five));
    talks.get(0).join(five);
    Talk sixth = new Talk("f");
    sixth.join(five);
    talks.forEach(Talk::goOn);
    sixth.goOn();
    System.gc();
    assertThat(List.of(sixth, talks.get(0), talks.get(2)))
        .map(it -> it.join(five))
        .containsOnly(2L);
    assertThat(talks.get(1).join(five)).isEqualTo(3);
  }

  @Test
  void a_frame_that_would_take_the_place_of_many_is_not_kept() {
    SnapshotFrames few = new SnapshotFrames(clock, 3L * frameLength());
    Talk talk = new Talk("a");
    talk.join(few);
    talk.goOn();
    System.gc();
    assertThat(talk.join(few)).isEqualTo(3);
  }

  @Test
  void a_conversation_that_is_no_longer_kept_leaves_nothing_here() {
    Talk talk = new Talk("c");
    String text = frames.ready("c", talk.log).frame();
    talk.goOn();
    frames.forget("c");
    assertThat(frames.ready("c", talk.log).frame()).isNotEqualTo(text);
  }

  @Test
  void a_frame_is_kept_for_a_minute_after_its_last_use() {
    Talk talk = new Talk("c");
    talk.join(frames);
    talk.goOn();
    clock.advance(Duration.ofMinutes(1));
    frames.dropOld();
    System.gc();
    assertThat(talk.join(frames)).isEqualTo(2);
    clock.advance(Duration.ofSeconds(61));
    frames.dropOld();
    System.gc();
    assertThat(talk.join(frames)).isEqualTo(3);
  }

  @Test
  void where_most_of_the_journal_came_after_it_there_is_a_new_one() {
    ConversationLog log =
        new ConversationLog("c", Limits.builder().journalEvents(10).build(), clock);
    JournalWriter writer = log.open(1);
    write(writer);
    SnapshotFrames.Ready before = frames.ready("c", log);
    for (int i = 0; i < 8; i++) {
      writer.append(new StreamingToken("m1", 5 * i, "Hello"));
    }
    assertThat(frames.ready("c", log).frame()).contains("HelloHello");
    assertThat(before.frame()).doesNotContain("Hello");
  }

  @Test
  void another_epoch_and_another_conversation_have_their_own() {
    ConversationLog log = log("c");
    String first = frames.ready("c", log).frame();
    write(log.open(2));
    assertThat(frames.ready("c", log).frame()).isNotEqualTo(first).contains("\"epoch\":2");
    assertThat(frames.ready("d", log("d")).frame()).contains("\"conversation_id\":\"d\"");
  }

  private int frameLength() {
    return frames.ready("a", log("a")).frame().length();
  }

  /** A conversation and its writer. */
  private final class Talk {
    private final String id;
    private final ConversationLog log;
    private final JournalWriter writer;

    Talk(String id) {
      this.id = id;
      this.log = new ConversationLog(id, Limits.defaults(), clock);
      this.writer = log.open(1);
      write(writer);
    }

    void goOn() {
      writer.append(new StreamingToken("m1", 0, "Hello"));
    }

    /** Returns the newest event in the snapshot, and does not hold its frame. */
    long join(SnapshotFrames by) {
      return by.ready(id, log).seq();
    }
  }

  private ConversationLog log(String id) {
    ConversationLog log = new ConversationLog(id, Limits.defaults(), clock);
    write(log.open(1));
    return log;
  }

  private static void write(JournalWriter writer) {
    writer.append(new ConversationCreated(1, "Tea?", List.of("Ann"), "round_robin", 1));
    writer.append(new SpeakerChange("m1", "Ann", 1, null, null));
  }
}
