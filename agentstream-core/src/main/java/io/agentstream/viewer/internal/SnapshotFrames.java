package io.agentstream.viewer.internal;

import io.agentstream.journal.JournalReader;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.FrameEncoder;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as frames. A snapshot holds all that was ever said, and a crowd that comes back after a
 * cut asks for the same one: as long as a frame is on its way to somebody, all who need one share
 * it, also a little later, since the journal still has what has come since. One thread builds a
 * conversation's frame, and those who need it at the same time wait for that one. Thread-safe.
 */
final class SnapshotFrames {

  /** The most conversations whose newest snapshot is kept for other viewers. */
  private static final int MOST = 1_000;

  private final ChatClock clock;

  // Guarded by itself.
  private final Map<String, Shared> shared =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shared> eldest) {
          return size() > MOST;
        }
      };

  SnapshotFrames(ChatClock clock) {
    this.clock = clock;
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
    }
    synchronized (here) {
      Ready last = here.usableFor(reader);
      return last != null ? last : here.keep(ready(reader.snapshot()));
    }
  }

  private Ready ready(Snapshot snapshot) {
    Snapshot.Content content = snapshot.content();
    return new Ready(
        FrameEncoder.control(snapshot, millis(), null), content.epoch(), content.seq());
  }

  /** Returns what time it is, in milliseconds since 1970. */
  long millis() {
    return clock.millis();
  }

  /** The newest snapshot of one conversation. Guarded by itself. */
  private static final class Shared {
    private long epoch;
    private long seq;
    private WeakReference<String> frame = new WeakReference<>(null);

    Ready keep(Ready ready) {
      epoch = ready.epoch();
      seq = ready.seq();
      frame = new WeakReference<>(ready.frame());
      return ready;
    }

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
