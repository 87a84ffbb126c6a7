package io.agentstream.redis;

import io.agentstream.journal.JournalEntry;
import io.agentstream.wire.internal.EventJson;
import java.util.ArrayList;
import java.util.List;

/**
 * The text form of a journal entry. In a stream an entry is {@code <millis> <type> <data>}. In an
 * announcement to other nodes, several entries are {@code E <epoch> <first seq>} followed by one
 * line for each.
 */
final class EntryText {

  private static final char LINE = '\n';
  private static final int HEAD_FIELDS = 3;

  private EntryText() {}

  static String write(JournalEntry entry) {
    return entry.millis() + " " + entry.event().type() + " " + EventJson.write(entry.event());
  }

  /**
   * @throws IllegalArgumentException if this version cannot read the text
   */
  static JournalEntry read(String conversationId, long epoch, long seq, String text) {
    int type = text.indexOf(' ');
    int data = text.indexOf(' ', type + 1);
    if (type < 0 || data < 0) {
      throw new IllegalArgumentException("An entry without type or data");
    }
    return new JournalEntry(
        conversationId,
        epoch,
        seq,
        Long.parseLong(text.substring(0, type)),
        EventJson.read(text.substring(type + 1, data), text.substring(data + 1)));
  }

  /**
   * @throws IllegalArgumentException if this version cannot read the text
   */
  static List<JournalEntry> readTold(String conversationId, String message) {
    int line = message.indexOf(LINE);
    String[] head = message.substring(0, Math.max(line, 0)).split(" ", HEAD_FIELDS);
    if (head.length != HEAD_FIELDS) {
      throw new IllegalArgumentException("Not entries");
    }
    long epoch = Long.parseLong(head[1]);
    long seq = Long.parseLong(head[2]);
    List<JournalEntry> entries = new ArrayList<>();
    while (line >= 0) {
      int end = message.indexOf(LINE, line + 1);
      String text = message.substring(line + 1, end < 0 ? message.length() : end);
      entries.add(read(conversationId, epoch, seq++, text));
      line = end;
    }
    return entries;
  }
}
