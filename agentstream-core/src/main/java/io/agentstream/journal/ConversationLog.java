package io.agentstream.journal;

import io.agentstream.event.ChatEvent;
import io.agentstream.internal.Watchers;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One conversation in memory, as a basis for journals: the newest events within {@link
 * Limits#journalEvents()}, {@link Limits#journalChars()} and {@link Limits#journalSeconds()}, and
 * the data of older events that a snapshot needs. A writer of this process fills it, or another
 * process's events do. Thread-safe; no method blocks.
 */
public final class ConversationLog implements JournalReader {

  private final String conversationId;
  private final Limits limits;
  private final ChatClock clock;
  // Replaced as a whole under its own lock, so that a token can pass through it without an
  // iterator.
  private final Object watching = new Object();
  private volatile Runnable[] watchers = {};

  // Guarded by this, for one writer and any number of readers, each for a few nanoseconds.
  private Epoch current;
  private long latest;
  private @Nullable Writer writer;

  /**
   * @param conversationId the conversation's id
   * @param limits bounds for the events kept for replay
   * @param clock the clock for timestamps
   */
  public ConversationLog(String conversationId, Limits limits, ChatClock clock) {
    this.conversationId = Objects.requireNonNull(conversationId, "conversationId");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.current = Epoch.first(0, limits);
  }

  /**
   * Opens an epoch for writing. Readers see the previous one until the first event is appended.
   *
   * @throws StaleEpochException if this or a later epoch was opened before
   */
  public synchronized JournalWriter open(long epoch) {
    if (latest >= epoch) {
      throw new StaleEpochException(conversationId, epoch, latest);
    }
    latest = epoch;
    writer = new Writer(epoch);
    return writer;
  }

  /** Refuses the writer of this process, because another process has opened {@code epoch}. */
  public synchronized void supersede(long epoch) {
    latest = Math.max(latest, epoch);
    writer = null;
  }

  /**
   * Replaces everything by another process's events.
   *
   * @param content a snapshot of all events
   * @param entries the newest events that are still kept, in order
   */
  public void reset(Snapshot.Content content, List<JournalEntry> entries) {
    synchronized (this) {
      current = Epoch.from(content, entries, limits);
      latest = Math.max(latest, current.epoch());
    }
    tellWatchers();
  }

  /** Returns the contents at one moment, in the form for {@link #reset}. */
  public synchronized Copy copy() {
    List<JournalEntry> entries = new ArrayList<>();
    for (long seq = current.tail(); seq <= current.head(); seq++) {
      entries.add(Objects.requireNonNull(current.entry(seq)));
    }
    return new Copy(current.content(), entries);
  }

  /**
   * The contents of a log at one moment.
   *
   * @param content a snapshot of all events up to the last of {@code entries}
   * @param entries the newest events that were still kept, in order
   */
  public record Copy(Snapshot.Content content, List<JournalEntry> entries) {

    public Copy {
      entries = List.copyOf(entries);
    }
  }

  /** Adds events that are in no journal, because the journal is gone. */
  public void end(List<ChatEvent> last) {
    long millis = clock.millis();
    synchronized (this) {
      writer = null;
      last.forEach(event -> current.add(conversationId, millis, event));
    }
    tellWatchers();
  }

  /**
   * Adds another process's events; skips those that are already here.
   *
   * @param entries consecutive entries of one epoch
   * @return false if events before them are missing; then nothing is added
   */
  public boolean follow(List<JournalEntry> entries) {
    if (entries.isEmpty()) {
      return true;
    }
    synchronized (this) {
      JournalEntry first = entries.get(0);
      if (first.epoch() < current.epoch()) {
        return true;
      }
      long head = first.epoch() == current.epoch() ? current.head() : 0;
      if (first.seq() > head + 1) {
        return false;
      }
      enter(first.epoch());
      entries.stream().filter(entry -> entry.seq() > current.head()).forEach(current::add);
    }
    tellWatchers();
    return true;
  }

  private void enter(long epoch) {
    latest = Math.max(latest, epoch);
    if (current.epoch() != epoch) {
      current = current.epoch() == 0 ? Epoch.first(epoch, limits) : current.next(epoch, limits);
    }
  }

  /** Returns the conversation's id. */
  public String id() {
    return conversationId;
  }

  /** Returns true if there are watchers. */
  public boolean isWatched() {
    return watchers.length > 0;
  }

  @Override
  public synchronized long epoch() {
    return current.epoch();
  }

  @Override
  public synchronized long head() {
    return current.head();
  }

  @Override
  public synchronized long tail() {
    return current.tail();
  }

  @Override
  public synchronized @Nullable JournalEntry entry(long seq) {
    return current.entry(seq);
  }

  @Override
  public synchronized Snapshot snapshot() {
    return new Snapshot(conversationId, current.content());
  }

  /** Returns the conversation's current state. */
  public synchronized Snapshot.State state() {
    return current.state();
  }

  @Override
  public Watch watch(Runnable onAppend) {
    synchronized (watching) {
      Runnable[] more = Arrays.copyOf(watchers, watchers.length + 1);
      more[watchers.length] = onAppend;
      watchers = more;
    }
    return () -> unwatch(onAppend);
  }

  private void unwatch(Runnable onAppend) {
    synchronized (watching) {
      List<Runnable> fewer = new ArrayList<>(Arrays.asList(watchers));
      fewer.remove(onAppend);
      watchers = fewer.toArray(Runnable[]::new);
    }
  }

  private void tellWatchers() {
    for (Runnable watcher : watchers) {
      Watchers.tell(watcher);
    }
  }

  private final class Writer implements JournalWriter {
    private final long epoch;

    Writer(long epoch) {
      this.epoch = epoch;
    }

    @Override
    public void append(ChatEvent event) {
      long millis = clock.millis();
      synchronized (ConversationLog.this) {
        begin();
        current.add(conversationId, millis, event);
      }
      tellWatchers();
    }

    @Override
    public void appendAll(List<ChatEvent> events) {
      long millis = clock.millis();
      synchronized (ConversationLog.this) {
        begin();
        events.forEach(event -> current.add(conversationId, millis, event));
      }
      tellWatchers();
    }

    @Override
    public boolean keeps() {
      return false;
    }

    private void begin() {
      if (writer != this) {
        throw new StaleEpochException(conversationId, epoch, latest);
      }
      enter(epoch);
    }
  }
}
