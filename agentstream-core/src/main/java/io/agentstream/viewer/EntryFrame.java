package io.agentstream.viewer;

import io.agentstream.journal.JournalEntry;
import io.agentstream.wire.internal.FrameEncoder;
import java.util.function.Function;

/** The frame of an entry in version 1 of the protocol, for every format that sends frames. */
public final class EntryFrame {

  private static final Function<JournalEntry, String> ENCODING = EntryFrame::encode;

  private EntryFrame() {}

  /**
   * Returns the frame. While the entry is among the newest, it is encoded once for the viewers of
   * all formats that ask here. Thread-safe; does not block.
   */
  public static String of(JournalEntry entry) {
    return entry.encoded(ENCODING);
  }

  private static String encode(JournalEntry entry) {
    return FrameEncoder.event(entry.conversationId(), entry.seq(), entry.millis(), entry.event());
  }
}
