package io.agentstream.store;

import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as viewers read it, wherever it is: in the shared journal, or as it was read from
 * the store. When it moves, its watchers are told; they then find a later epoch. Safe from any
 * thread.
 */
final class KeptReader implements JournalReader {

  final String id;
  private final Runnable onWatched;
  private volatile JournalReader source;
  private volatile boolean resting;

  // Guarded by this.
  private final List<Watcher> watchers = new ArrayList<>();

  /** Somebody who watches. */
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

  /** Reads from what the store has, unless what it reads is as new. */
  void restIn(JournalReader stored) {
    JournalReader now = source;
    boolean newer =
        stored.epoch() > now.epoch()
            || (stored.epoch() == now.epoch() && stored.head() > now.head());
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
    told.forEach(watcher -> watcher.onAppend.run());
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
    return source.tail();
  }

  @Override
  public @Nullable JournalEntry entry(long seq) {
    return source.entry(seq);
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
