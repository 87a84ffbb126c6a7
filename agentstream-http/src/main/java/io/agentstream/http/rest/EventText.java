package io.agentstream.http.rest;

import io.agentstream.journal.JournalEntry;
import io.agentstream.viewer.EntryFrame;
import java.util.function.Function;

/** Writes frames of the protocol as server-sent events. */
final class EventText {

  private static final Function<JournalEntry, String> ENCODING = EventText::encode;

  private EventText() {}

  /**
   * Returns an entry's event. It is written once for all streams, around the frame that viewers
   * over a WebSocket get.
   */
  static String of(JournalEntry entry) {
    return entry.encoded(ENCODING);
  }

  private static String encode(JournalEntry entry) {
    return of(entry.epoch(), entry.seq(), EntryFrame.of(entry));
  }

  static String of(long epoch, long seq, String frame) {
    return "id: " + epoch + "-" + seq + "\n" + of(frame);
  }

  static String of(String frame) {
    return "data: " + frame + "\n\n";
  }
}
