package io.agentstream.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ConversationStarted;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.ConversationLog;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.wire.Snapshot;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The documents of a stored conversation, as viewers see them. */
class DocumentsTest {

  private final ManualClock clock = new ManualClock();

  /**
   * Each epoch numbers its events anew. A viewer that read the content under the claimed epoch
   * would take the number of its last event for one of that epoch, and miss the events up to it.
   */
  @Test
  void content_stays_in_its_epoch_when_a_later_one_was_claimed_and_nothing_written_yet() {
    ConversationLog log = new ConversationLog("c", Limits.defaults(), clock);
    log.open(4).append(new ConversationStarted(1));
    String written = Documents.content(log.snapshot().content());
    ConversationInfo info = new ConversationInfo("c", null, "Tea?", List.of(), ManualClock.START);

    Snapshot.Content read =
        Documents.content(new StoredConversation(info, null, 5, written, null, List.of()));

    assertThat(Objects.requireNonNull(read).epoch()).isEqualTo(4);
    assertThat(read.seq()).isEqualTo(1);
  }
}
