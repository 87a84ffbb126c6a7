package io.agentstream.viewer.internal;

import io.agentstream.journal.JournalReader;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.FrameEncoder;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as frames. A snapshot holds all that was ever said, and a crowd that comes back after a
 * cut asks for the same one. All who need a snapshot share the newest one, also later, as long as
 * the journal still has what has come since. One thread builds a conversation's frame, and those
 * who need it at the same time wait for that one. Thread-safe.
 *
 * <p>The frames that were used last are kept for further viewers for a minute, up to a total
 * length, and as long as the heap has room for them. Other frames are shared only while somebody is
 * sent them. The minute is looked at when a frame is asked for or a connection ends: an alarm for
 * it would wake a node on which nothing happens.
 */
final class SnapshotFrames {

  /** The most conversations whose newest snapshot is known. */
  private static final int MOST = 1_000;

  /** With two bytes for each code unit, frames take at most a sixty-fourth of the heap. */
  private static final int SHARE_OF_HEAP = 128;

  /** A longer frame would take the place of too many others. */
  private static final int SHARE_OF_ONE = 4;

  /** A node may not hear that another has deleted a conversation, so its text goes with time. */
  private static final Duration KEPT = Duration.ofMinutes(1);

  private final ChatClock clock;
  private final long mostChars;

  // Guarded by itself, as are keptChars, usedNanos and all references in it. The least recently
  // used first.
  private final Map<String, Shared> shared = new LinkedHashMap<>(16, 0.75f, true);
  private long keptChars;

  /**
   * @param mostChars the total length of the frames that are kept, in UTF-16 code units
   */
  SnapshotFrames(ChatClock clock, long mostChars) {
    this.clock = clock;
    this.mostChars = mostChars;
  }

  /** Keeps as many frames as suit the heap of this process. */
  static SnapshotFrames ofThisHeap(ChatClock clock) {
    return new SnapshotFrames(clock, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  /**
   * A snapshot that is ready to be sent.
   *
   * @param seq the newest event in it
   */
  record Ready(String frame, long epoch, long seq) {}

  /** Returns a snapshot of the conversation from which the journal has all that follows. */
  Ready ready(String conversationId, JournalReader reader) {
    Shared here;
    synchronized (shared) {
      here = shared.computeIfAbsent(conversationId, id -> new Shared());
      here.usedNanos = clock.nanoTime();
      removeEldest();
      dropOld();
    }
    synchronized (here) {
      Ready last = here.usableFor(reader);
      if (last != null) {
        return last;
      }
      Ready next = ready(reader.snapshot());
      here.epoch = next.epoch();
      here.seq = next.seq();
      keep(conversationId, here, next.frame());
      return next;
    }
  }

  private Ready ready(Snapshot snapshot) {
    Snapshot.Content content = snapshot.content();
    return new Ready(
        FrameEncoder.control(snapshot, millis(), null), content.epoch(), content.seq());
  }

  private void removeEldest() {
    if (shared.size() > MOST) {
      Iterator<Shared> eldest = shared.values().iterator();
      weaken(eldest.next());
      eldest.remove();
    }
  }

  private void keep(String conversationId, Shared here, String frame) {
    synchronized (shared) {
      weaken(here);
      // It may have been forgotten, or become too old, meanwhile.
      if (frame.length() > mostChars / SHARE_OF_ONE || shared.get(conversationId) != here) {
        here.frame = new WeakReference<>(frame);
        return;
      }
      here.frame = new SoftReference<>(frame);
      here.keptChars = frame.length();
      keptChars += frame.length();
      Iterator<Shared> eldest = shared.values().iterator();
      while (keptChars > mostChars) {
        weaken(eldest.next());
      }
    }
  }

  /** Leaves the frame to those who are sent it now. */
  private void weaken(Shared one) {
    keptChars -= one.keptChars;
    one.keptChars = 0;
    one.frame = new WeakReference<>(one.frame.get());
  }

  /** Keeps no frame any longer that nobody has asked for during the last minute. */
  void dropOld() {
    long now = clock.nanoTime();
    synchronized (shared) {
      Iterator<Shared> eldest = shared.values().iterator();
      while (eldest.hasNext()) {
        Shared one = eldest.next();
        if (now - one.usedNanos <= KEPT.toNanos()) {
          return;
        }
        weaken(one);
        eldest.remove();
      }
    }
  }

  /** Drops the frame of a conversation that is no longer kept. */
  void forget(String conversationId) {
    synchronized (shared) {
      Shared forgotten = shared.remove(conversationId);
      if (forgotten != null) {
        weaken(forgotten);
      }
    }
  }

  /** Returns what time it is, in milliseconds since 1970. */
  long millis() {
    return clock.millis();
  }

  /** The newest snapshot of one conversation. */
  private static final class Shared {
    // Guarded by this.
    private long epoch;
    private long seq;

    // Written with the lock of all.
    private volatile Reference<@Nullable String> frame = new WeakReference<>(null);
    private int keptChars;
    private long usedNanos;

    /** Null if there is none, or it is in the older half of what the journal still has. */
    @Nullable Ready usableFor(JournalReader reader) {
      String text = frame.get();
      if (text == null || reader.epoch() != epoch) {
        return null;
      }
      long head = reader.head();
      long tail = reader.tail();
      return seq <= head && head - seq <= (head + 1 - tail) / 2
          ? new Ready(text, epoch, seq)
          : null;
    }
  }
}
