package io.agentstream.redis;

import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalEntry;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.EventJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as {@code load.lua} returns it.
 *
 * @param snapshot a snapshot of its first events; null if {@code entries} has all of them
 * @param entries the newest events of one epoch, in order
 */
record StoredConversation(Snapshot.@Nullable Content snapshot, List<JournalEntry> entries) {

  /**
   * @param stored not empty
   * @throws IllegalArgumentException if this version cannot read it
   */
  static StoredConversation of(String id, List<String> stored) {
    List<JournalEntry> entries = new ArrayList<>();
    for (int i = 2; i + 1 < stored.size(); i += 2) {
      JournalEntry entry = entry(id, stored.get(i), stored.get(i + 1));
      if (!entries.isEmpty() && !follows(entries.get(entries.size() - 1), entry)) {
        entries.clear();
      }
      entries.add(entry);
    }
    String text = stored.get(1);
    Snapshot.Content snapshot = text.isEmpty() ? null : EventJson.readSnapshot(text);
    // A snapshot of an earlier epoch does not belong to these events.
    boolean fits =
        snapshot != null && (entries.isEmpty() || entries.get(0).epoch() == snapshot.epoch());
    return new StoredConversation(fits ? snapshot : null, entries);
  }

  private static boolean follows(JournalEntry before, JournalEntry entry) {
    return before.epoch() == entry.epoch() && before.seq() + 1 == entry.seq();
  }

  private static JournalEntry entry(String id, String streamId, String text) {
    int dash = streamId.indexOf('-');
    return EntryText.read(
        id,
        Long.parseLong(streamId.substring(0, dash)),
        Long.parseLong(streamId.substring(dash + 1)),
        text);
  }

  /** Adds the new events to {@code log}; returns false if events are missing. */
  boolean bringInto(ConversationLog log) {
    if (snapshot == null) {
      return log.follow(entries);
    }
    boolean sameEpoch = snapshot.epoch() == log.epoch();
    if (sameEpoch && snapshot.seq() <= log.head() && log.follow(entries)) {
      return true;
    }
    if (snapshot.epoch() < log.epoch()) {
      return true;
    }
    long last = snapshot.seq();
    List<JournalEntry> summed = entries.stream().filter(entry -> entry.seq() <= last).toList();
    boolean joined = !summed.isEmpty() && summed.get(summed.size() - 1).seq() == last;
    log.reset(snapshot, joined ? summed : List.of());
    return log.follow(entries.stream().filter(entry -> entry.seq() > last).toList());
  }
}
