package io.agentstream.viewer.internal;

import io.agentstream.event.StreamedText;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.wire.ControlFrame.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * One viewer's place in one conversation. It holds no events: it reads the next one when there is
 * room for it, so nothing can be lost, doubled or out of order between what a viewer missed and
 * what is live, and a viewer that is behind costs no memory.
 *
 * <p>Used by its connection's {@link OutboundQueue} only, by one thread at a time.
 */
final class Subscription {

  /** The longest text that tokens are merged to, in UTF-16 code units. */
  static final int MAX_MERGED_CHARS = 16 * 1024;

  private final String conversationId;
  private final JournalReader reader;
  private final Dialect dialect;
  private final SnapshotFrames snapshots;
  private long epoch;
  private long position;
  private boolean needsSnapshot;

  private Subscription(
      String conversationId,
      JournalReader reader,
      Dialect dialect,
      SnapshotFrames snapshots,
      long epoch,
      long position,
      boolean needsSnapshot) {
    this.conversationId = conversationId;
    this.reader = reader;
    this.dialect = dialect;
    this.snapshots = snapshots;
    this.epoch = epoch;
    this.position = position;
    this.needsSnapshot = needsSnapshot;
  }

  /** Starts with the event after {@code position}; with a snapshot if the epoch is over. */
  static Subscription after(
      long epoch,
      long position,
      String conversationId,
      JournalReader reader,
      Dialect dialect,
      SnapshotFrames snapshots) {
    return new Subscription(conversationId, reader, dialect, snapshots, epoch, position, false);
  }

  /** Starts with a snapshot. */
  static Subscription fromSnapshot(
      String conversationId, JournalReader reader, Dialect dialect, SnapshotFrames snapshots) {
    return new Subscription(conversationId, reader, dialect, snapshots, 0, 0, true);
  }

  String conversationId() {
    return conversationId;
  }

  JournalReader reader() {
    return reader;
  }

  /** Returns true if the newest event is a token. */
  boolean endsWithToken() {
    JournalEntry newest = reader.entry(reader.head());
    return newest != null && newest.event() instanceof StreamedText;
  }

  /** How many events this viewer has not been sent yet. */
  long eventsBehind() {
    return reader.epoch() == epoch ? Math.max(0, reader.head() - position) : reader.head();
  }

  /** The next frame for this viewer; null while it has everything. */
  @Nullable String nextFrame() {
    if (needsSnapshot || reader.epoch() != epoch) {
      return snapshot();
    }
    JournalEntry entry = reader.entry(position + 1);
    if (entry == null) {
      return reader.tail() > position + 1 ? snapshot() : null;
    }
    // The next incarnation may have come since its epoch was asked for.
    if (entry.epoch() != epoch) {
      return snapshot();
    }
    position = entry.seq();
    return entry.event() instanceof StreamedText token
        ? tokens(entry, token)
        : dialect.event(entry);
  }

  private String snapshot() {
    SnapshotFrames.Ready ready;
    if (dialect.followsText()) {
      Snapshot snapshot = reader.snapshot();
      dialect.begin(snapshot);
      ready = snapshots.ready(snapshot);
    } else {
      ready = snapshots.ready(conversationId, reader);
    }
    needsSnapshot = false;
    epoch = ready.epoch();
    position = ready.seq();
    dialect.onSnapshot();
    return ready.frame();
  }

  private String tokens(JournalEntry first, StreamedText token) {
    JournalEntry next = follower(token);
    if (next == null) {
      return dialect.event(first);
    }
    StringBuilder text = new StringBuilder(token.token());
    JournalEntry last = first;
    while (next != null && text.length() < MAX_MERGED_CHARS) {
      text.append(((StreamedText) next.event()).token());
      last = next;
      position = last.seq();
      next = follower(token);
    }
    return dialect.tokens(first, last, text.toString());
  }

  /** The entry after the position, if it is a token of the same message. */
  private @Nullable JournalEntry follower(StreamedText token) {
    JournalEntry next = reader.entry(position + 1);
    return next != null
            && next.epoch() == epoch
            && next.event() instanceof StreamedText more
            && more.getClass() == token.getClass()
            && more.messageId().equals(token.messageId())
        ? next
        : null;
  }
}
