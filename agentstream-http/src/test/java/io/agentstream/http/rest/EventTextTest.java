package io.agentstream.http.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.StreamingToken;
import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.EntryFrame;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventTextTest {

  private final JournalEntry entry =
      new JournalEntry("c", 1, 7, 0, new StreamingToken("m1", 0, "Te"));

  @Test
  void a_token_is_written_once_for_a_hundred_streams_and_a_hundred_sockets() {
    Set<String> texts = Collections.newSetFromMap(new IdentityHashMap<>());

    for (int viewer = 0; viewer < 100; viewer++) {
      texts.add(EntryFrame.of(entry));
      texts.add(EventText.of(entry));
    }

    assertThat(texts)
        .containsExactlyInAnyOrder(
            EntryFrame.of(entry), "id: 1-7\ndata: " + EntryFrame.of(entry) + "\n\n");
  }
}
