package io.agentstream.viewer.internal;

import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.wire.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Writes one conversation for one viewer, as its encoder does, and tells the listener what is no
 * single event. Used by one thread at a time.
 */
final class FrameWriter {

  /** Says of an encoder that its snapshots are frames of version 1, the same for all viewers. */
  interface SharedSnapshots {}

  private final ConversationEncoder encoder;
  private final SnapshotFrames snapshots;
  private final @Nullable DeliveryListener listener;
  private final Frames frames = new Frames();
  private boolean snapshotWanted;

  /**
   * @param snapshotWanted whether the viewer has asked to begin with a snapshot
   */
  FrameWriter(
      ConversationEncoder encoder,
      SnapshotFrames snapshots,
      @Nullable DeliveryListener listener,
      boolean snapshotWanted) {
    this.encoder = encoder;
    this.snapshots = snapshots;
    this.listener = listener;
    this.snapshotWanted = snapshotWanted;
  }

  /** The next frame of what was written; null if there is none. */
  @Nullable String poll() {
    return frames.poll();
  }

  void entry(JournalEntry entry) {
    encoder.entry(entry, frames);
  }

  void tokens(JournalEntry first, JournalEntry last, String text) {
    if (listener != null) {
      listener.onMerge((int) (last.seq() - first.seq()) + 1);
    }
    encoder.tokens(first, last, text, frames);
  }

  /** Writes a snapshot and returns where the viewer stands with it. */
  Place snapshot(String conversationId, JournalReader reader) {
    Place place;
    if (encoder instanceof SharedSnapshots) {
      SnapshotFrames.Ready ready = snapshots.ready(conversationId, reader);
      frames.accept(ready.frame());
      place = new Place(ready.epoch(), ready.seq());
    } else {
      Snapshot snapshot = reader.snapshot();
      encoder.snapshot(snapshot, snapshots.millis(), frames);
      place = new Place(snapshot.content().epoch(), snapshot.content().seq());
    }
    if (snapshotWanted) {
      snapshotWanted = false;
    } else if (listener != null) {
      listener.onResync();
    }
    return place;
  }

  /**
   * A place in a conversation's journal.
   *
   * @param seq the newest event that the viewer knows
   */
  record Place(long epoch, long seq) {}
}
