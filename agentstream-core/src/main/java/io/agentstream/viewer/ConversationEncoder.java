package io.agentstream.viewer;

import io.agentstream.journal.JournalEntry;
import io.agentstream.wire.Snapshot;
import java.util.function.Consumer;

/**
 * Writes the events of one conversation for one viewer: as none, one or several frames each. Called
 * in the order of the events, by one thread at a time, on threads that stream: it must neither
 * block nor take long.
 */
public interface ConversationEncoder {

  /**
   * Writes a single event. {@link JournalEntry#encoded} has an event written once for all viewers
   * of the same format.
   */
  void entry(JournalEntry entry, Consumer<String> frames);

  /**
   * Writes tokens of one message, or of one speaker's thinking, that follow each other and leave
   * together.
   *
   * @param first the entry of the first token, which says where the text begins
   * @param last the entry of the last token
   * @param text the text of all of them
   */
  void tokens(JournalEntry first, JournalEntry last, String text, Consumer<String> frames);

  /**
   * Writes what the viewer knows from now on, in place of all that came before: where it begins,
   * and where it was too far behind.
   *
   * @param millis now, in milliseconds since 1970
   */
  void snapshot(Snapshot snapshot, long millis, Consumer<String> frames);
}
