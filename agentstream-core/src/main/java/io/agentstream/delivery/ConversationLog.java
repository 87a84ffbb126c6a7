package io.agentstream.delivery;

import io.agentstream.event.ChatEvent;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.ControlFrame.Snapshot;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One incarnation of a conversation in memory. */
final class ConversationLog implements JournalWriter, JournalReader {

  private final String conversationId;
  private final long epoch;
  private final ChatClock clock;
  private final CopyOnWriteArrayList<Runnable> watchers = new CopyOnWriteArrayList<>();

  // Both guarded by this: one writer against any number of readers, each for some nanoseconds.
  private final EntryRing entries;
  private final Transcript transcript = new Transcript();
  private volatile long supersededBy;

  ConversationLog(String conversationId, long epoch, Limits limits, ChatClock clock) {
    this.conversationId = conversationId;
    this.epoch = epoch;
    this.clock = clock;
    this.entries = new EntryRing(limits.journalEvents(), limits.journalChars());
  }

  @Override
  public void append(ChatEvent event) {
    long millis = clock.millis();
    synchronized (this) {
      if (supersededBy != 0) {
        throw new StaleEpochException(conversationId, epoch, supersededBy);
      }
      entries.add(new JournalEntry(conversationId, entries.head() + 1, millis, event));
      transcript.onEvent(event);
    }
    for (Runnable watcher : watchers) {
      watcher.run();
    }
  }

  synchronized void supersede(long laterEpoch) {
    supersededBy = laterEpoch;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public synchronized long head() {
    return entries.head();
  }

  @Override
  public synchronized long tail() {
    return entries.tail();
  }

  @Override
  public synchronized @Nullable JournalEntry entry(long seq) {
    return entries.get(seq);
  }

  @Override
  public synchronized Snapshot snapshot() {
    return new Snapshot(conversationId, transcript.at(entries.head(), epoch));
  }

  @Override
  public Watch watch(Runnable onAppend) {
    watchers.add(onAppend);
    return () -> watchers.remove(onAppend);
  }
}
