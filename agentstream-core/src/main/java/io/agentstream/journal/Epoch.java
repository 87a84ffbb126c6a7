package io.agentstream.journal;

import io.agentstream.event.ChatEvent;
import io.agentstream.settings.Limits;
import io.agentstream.wire.Snapshot;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The events of one epoch, and their sum, which is the transcript. Not thread-safe. */
final class Epoch {

  private final long epoch;
  private final EntryRing entries;
  private final Transcript transcript;

  private Epoch(long epoch, EntryRing entries, Transcript transcript) {
    this.epoch = epoch;
    this.entries = entries;
    this.transcript = transcript;
  }

  /** Creates an epoch without events. */
  static Epoch first(long epoch, Limits limits) {
    return new Epoch(epoch, ring(0, limits), new Transcript());
  }

  /** Returns a new epoch without events that continues this one's messages. */
  Epoch next(long epoch, Limits limits) {
    return new Epoch(epoch, ring(0, limits), transcript.next());
  }

  /** Creates an epoch from a snapshot and the newest, consecutive events. */
  static Epoch from(Snapshot.Content content, List<JournalEntry> newest, Limits limits) {
    EntryRing entries = ring(content.seq() - newest.size(), limits);
    newest.forEach(entries::add);
    return new Epoch(content.epoch(), entries, Transcript.from(content));
  }

  private static EntryRing ring(long head, Limits limits) {
    return new EntryRing(
        head,
        limits.journalEvents(),
        limits.journalChars(),
        TimeUnit.SECONDS.toMillis(limits.journalSeconds()));
  }

  void add(JournalEntry entry) {
    entries.add(entry);
    transcript.onEvent(entry.event());
  }

  void add(String conversationId, long millis, ChatEvent event) {
    add(new JournalEntry(conversationId, epoch, head() + 1, millis, event));
  }

  long epoch() {
    return epoch;
  }

  long head() {
    return entries.head();
  }

  long tail() {
    return entries.tail();
  }

  @Nullable JournalEntry entry(long seq) {
    return entries.get(seq);
  }

  Snapshot.State state() {
    return transcript.state();
  }

  Snapshot.Content content() {
    return transcript.at(head(), epoch);
  }
}
