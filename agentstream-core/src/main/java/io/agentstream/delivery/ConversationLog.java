package io.agentstream.delivery;

import io.agentstream.event.ChatEvent;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.ControlFrame.Snapshot;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One conversation in memory, for journals to build on: the newest events within {@link
 * Limits#journalEvents()} and {@link Limits#journalChars()}, and what a snapshot needs of the rest.
 * It is filled by a writer of this process, or with what another process wrote. Safe from any
 * thread; no method blocks.
 */
public final class ConversationLog implements JournalReader {

  private final String conversationId;
  private final Limits limits;
  private final ChatClock clock;
  private final CopyOnWriteArrayList<Runnable> watchers = new CopyOnWriteArrayList<>();

  // Guarded by this: one writer against any number of readers, each for some nanoseconds.
  private Incarnation current;
  private long writable;

  /**
   * @param conversationId which conversation
   * @param limits how much of it is kept for replay
   * @param clock gives events their timestamps
   */
  public ConversationLog(String conversationId, Limits limits, ChatClock clock) {
    this.conversationId = Objects.requireNonNull(conversationId, "conversationId");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.current = Incarnation.first(0, limits);
  }

  /**
   * Opens an incarnation for writing. Readers see the one before until the first event comes.
   *
   * @throws StaleEpochException if this or a later incarnation was opened before
   */
  public synchronized JournalWriter open(long epoch) {
    if (writable >= epoch) {
      throw new StaleEpochException(conversationId, epoch, writable);
    }
    writable = epoch;
    return new Writer(epoch);
  }

  /** Refuses writers of incarnations before {@code epoch}, which another process has opened. */
  public synchronized void supersede(long epoch) {
    writable = Math.max(writable, epoch);
  }

  /** Takes the place of all that is here: the sum of what another process wrote. */
  public void reset(Snapshot.Content content) {
    synchronized (this) {
      current = Incarnation.from(content, limits);
      writable = Math.max(writable, current.epoch());
    }
    tellWatchers();
  }

  /**
   * Adds what another process wrote; what is here already is passed over.
   *
   * @param entries of one incarnation, each following the one before
   * @return false if events are missing before them, and nothing was added
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
      supersede(first.epoch());
      enter(first.epoch());
      entries.stream().filter(entry -> entry.seq() > current.head()).forEach(current::add);
    }
    tellWatchers();
    return true;
  }

  private void enter(long epoch) {
    if (current.epoch() != epoch) {
      current =
          current.epoch() == 0 ? Incarnation.first(epoch, limits) : current.next(epoch, limits);
    }
  }

  /** Whether anybody watches. */
  public boolean isWatched() {
    return !watchers.isEmpty();
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

  @Override
  public Watch watch(Runnable onAppend) {
    watchers.add(onAppend);
    return () -> watchers.remove(onAppend);
  }

  private void tellWatchers() {
    for (Runnable watcher : watchers) {
      watcher.run();
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

    private void begin() {
      if (writable != epoch) {
        throw new StaleEpochException(conversationId, epoch, writable);
      }
      enter(epoch);
    }
  }
}
