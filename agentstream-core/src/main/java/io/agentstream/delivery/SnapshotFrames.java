package io.agentstream.delivery;

import io.agentstream.time.ChatClock;
import io.agentstream.wire.ControlFrame.Snapshot;
import io.agentstream.wire.FrameEncoder;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as frames. A snapshot holds all that was ever said, and a crowd that comes back after a
 * cut asks for the same one: as long as a frame is on its way to somebody, all who need it share
 * it. Safe from any thread.
 */
final class SnapshotFrames {

  /** Of so many conversations the newest snapshot is shared. */
  private static final int MOST = 1_000;

  private final ChatClock clock;

  // Guarded by this.
  private final Map<String, Made> made =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
          return size() > MOST;
        }
      };

  SnapshotFrames(ChatClock clock) {
    this.clock = clock;
  }

  String frame(Snapshot snapshot) {
    Snapshot.Content content = snapshot.content();
    String id = snapshot.conversationId();
    String shared = find(id, content);
    if (shared != null) {
      return shared;
    }
    String frame = FrameEncoder.control(snapshot, clock.millis(), null);
    synchronized (this) {
      made.put(id, new Made(content.epoch(), content.seq(), new WeakReference<>(frame)));
    }
    return frame;
  }

  private synchronized @Nullable String find(String id, Snapshot.Content content) {
    Made last = made.get(id);
    return last != null && last.epoch == content.epoch() && last.seq == content.seq()
        ? last.frame.get()
        : null;
  }

  private record Made(long epoch, long seq, WeakReference<String> frame) {}
}
