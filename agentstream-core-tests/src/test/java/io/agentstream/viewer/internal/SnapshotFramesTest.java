package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ConversationCreated;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalWriter;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotFramesTest {

  private final ManualClock clock = new ManualClock();
  private final SnapshotFrames frames = new SnapshotFrames(clock);

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
