package io.agentstream.store;

import io.agentstream.internal.Watchers;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a conversation for viewers from the shared journal, or from content that was loaded from
 * the store. When the source changes, watchers are notified, and find a later epoch or newer
 * events. Thread-safe.
 *
 * <p>A conversation that comes back from the store runs in a later epoch. There is one exception:
 * if the shared journal loses a conversation that another node still runs, the stored content has
 * the epoch of the running conversation. That content lacks the text of unfinished messages, and
 * messages that are newer than the stored state of the engine. A viewer that has seen it must not
 * continue with the next event of the journal. So this reader hides that event, and the viewer gets
 * a snapshot.
 */
final class KeptReader implements JournalReader {

  final String id;
  private final Runnable onWatched;
  private volatile JournalReader source;
  private volatile boolean resting;

  /** The end of the newest stored content that this reader has shown. */
  private volatile Place stored;

  // Guarded by this.
  private final List<Watcher> watchers = new ArrayList<>();

  /** An event of an epoch. */
  private record Place(long epoch, long seq) {
    static Place of(JournalReader reader) {
      return new Place(reader.epoch(), reader.head());
    }
  }

  private static final class Watcher {
    final Runnable onAppend;
    Watch watch;

    Watcher(Runnable onAppend, Watch watch) {
      this.onAppend = onAppend;
      this.watch = watch;
    }
  }

  /**
   * @param resting true if {@code source} comes from the store, and does not change
   * @param onWatched called for each new watcher
   */
  KeptReader(String id, JournalReader source, boolean resting, Runnable onWatched) {
    this.id = id;
    this.source = source;
    this.resting = resting;
    this.stored = resting ? Place.of(source) : new Place(0, 0);
    this.onWatched = onWatched;
  }

  /** Returns true if it is not in the shared journal. */
  boolean isResting() {
    return resting;
  }

  synchronized boolean isWatched() {
    return !watchers.isEmpty();
  }

  /** Reports that the shared journal has forgotten the conversation. */
  void rests() {
    resting = true;
  }

  /** Reads from the shared journal from now on. */
  void moveTo(JournalReader next) {
    moveTo(next, false);
  }

  /** Reads from the stored content if it is newer than the current source; rests in either case. */
  void restIn(JournalReader stored) {
    JournalReader now = source;
    boolean newer =
        stored.epoch() > now.epoch()
            || (stored.epoch() == now.epoch() && stored.head() > now.head());
    if (newer) {
      this.stored = Place.of(stored);
    }
    moveTo(newer ? stored : now, true);
  }

  @SuppressWarnings("ReferenceEquality") // This very reader.
  private void moveTo(JournalReader next, boolean rests) {
    List<Watcher> told;
    synchronized (this) {
      resting = rests;
      if (source == next) {
        return;
      }
      source = next;
      told = List.copyOf(watchers);
      for (Watcher watcher : told) {
        watcher.watch.close();
        watcher.watch = next.watch(watcher.onAppend);
      }
    }
    told.forEach(watcher -> Watchers.tell(watcher.onAppend));
  }

  @Override
  public long epoch() {
    return source.epoch();
  }

  @Override
  public long head() {
    return source.head();
  }

  @Override
  public long tail() {
    JournalReader now = source;
    return Math.max(now.tail(), Math.min(continued(now), now.head() + 1));
  }

  @Override
  public @Nullable JournalEntry entry(long seq) {
    JournalReader now = source;
    return seq < continued(now) ? null : now.entry(seq);
  }

  /**
   * Returns the first event that this reader does not hide: 0, or in the epoch of the stored
   * content the second event after that content.
   */
  private long continued(JournalReader now) {
    Place seen = stored;
    return seen.epoch() == now.epoch() ? seen.seq() + 2 : 0;
  }

  @Override
  public Snapshot snapshot() {
    return source.snapshot();
  }

  @Override
  public Watch watch(Runnable onAppend) {
    Watcher watcher;
    synchronized (this) {
      watcher = new Watcher(onAppend, source.watch(onAppend));
      watchers.add(watcher);
    }
    onWatched.run();
    return () -> unwatch(watcher);
  }

  private synchronized void unwatch(Watcher watcher) {
    watchers.remove(watcher);
    watcher.watch.close();
  }
}
