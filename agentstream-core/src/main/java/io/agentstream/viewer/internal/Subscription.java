package io.agentstream.viewer.internal;

import io.agentstream.event.StreamedText;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
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
  private final FrameWriter writer;
  private long epoch;
  private long position;
  private boolean needsSnapshot;

  private Subscription(
      String conversationId,
      JournalReader reader,
      FrameWriter writer,
      long epoch,
      long position,
      boolean needsSnapshot) {
    this.conversationId = conversationId;
    this.reader = reader;
    this.writer = writer;
    this.epoch = epoch;
    this.position = position;
    this.needsSnapshot = needsSnapshot;
  }

  /** Starts with the event after {@code position}; with a snapshot if the epoch is over. */
  static Subscription after(
      long epoch, long position, String conversationId, JournalReader reader, FrameWriter writer) {
    return new Subscription(conversationId, reader, writer, epoch, position, false);
  }

  /** Starts with a snapshot. */
  static Subscription fromSnapshot(
      String conversationId, JournalReader reader, FrameWriter writer) {
    return new Subscription(conversationId, reader, writer, 0, 0, true);
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
    String frame = writer.poll();
    while (frame == null && advance()) {
      // Not every event is a frame, in every format.
      frame = writer.poll();
    }
    return frame;
  }

  /** Writes what comes next; false if there is nothing. */
  private boolean advance() {
    // The entry first, because it is nearly always there and tells its epoch: each question to the
    // reader takes a lock.
    JournalEntry entry = needsSnapshot ? null : reader.entry(position + 1);
    if (entry == null && !needsSnapshot && isUpToDate()) {
      return false;
    }
    if (entry == null || entry.epoch() != epoch) {
      snapshot();
      return true;
    }
    position = entry.seq();
    if (entry.event() instanceof StreamedText token) {
      tokens(entry, token);
    } else {
      writer.entry(entry);
    }
    return true;
  }

  /** Returns true if the journal, which has no next entry, has dropped none either. */
  private boolean isUpToDate() {
    return reader.epoch() == epoch && reader.tail() <= position + 1;
  }

  private void snapshot() {
    FrameWriter.Place place = writer.snapshot(conversationId, reader);
    needsSnapshot = false;
    epoch = place.epoch();
    position = place.seq();
  }

  private void tokens(JournalEntry first, StreamedText token) {
    JournalEntry next = follower(token);
    if (next == null) {
      writer.entry(first);
      return;
    }
    StringBuilder text = new StringBuilder(token.token());
    JournalEntry last = first;
    while (next != null && text.length() < MAX_MERGED_CHARS) {
      text.append(((StreamedText) next.event()).token());
      last = next;
      position = last.seq();
      next = follower(token);
    }
    writer.tokens(first, last, text.toString());
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
