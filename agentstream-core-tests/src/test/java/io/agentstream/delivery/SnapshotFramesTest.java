package io.agentstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ConversationCreated;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotFramesTest {

  private final ManualClock clock = new ManualClock();
  private final SnapshotFrames frames = new SnapshotFrames(clock);

  @Test
  void all_who_need_the_same_snapshot_share_one_frame() {
    ConversationLog log = log("c");
    assertThat(frames.frame(log.snapshot())).isSameAs(frames.frame(log.snapshot()));
  }

  @Test
  void what_has_come_since_is_in_the_next_one() {
    ConversationLog log = new ConversationLog("c", Limits.defaults(), clock);
    JournalWriter writer = log.open(1);
    write(writer);
    String before = frames.frame(log.snapshot());
    writer.append(new StreamingToken("m1", 0, "Hello"));
    assertThat(frames.frame(log.snapshot())).contains("Hello");
    assertThat(before).doesNotContain("Hello");
  }

  @Test
  void another_incarnation_and_another_conversation_have_their_own() {
    ConversationLog log = log("c");
    String first = frames.frame(log.snapshot());
    write(log.open(2));
    assertThat(frames.frame(log.snapshot())).isNotEqualTo(first).contains("\"epoch\":2");
    assertThat(frames.frame(log("d").snapshot())).contains("\"conversation_id\":\"d\"");
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
