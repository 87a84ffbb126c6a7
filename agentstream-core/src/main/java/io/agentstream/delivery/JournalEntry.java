package io.agentstream.delivery;

import io.agentstream.event.ChatEvent;
import io.agentstream.wire.FrameEncoder;
import org.jspecify.annotations.Nullable;

/** An event in its place. Immutable, and safe from any thread. */
public final class JournalEntry {

  private final String conversationId;
  private final long epoch;
  private final long seq;
  private final long millis;
  private final ChatEvent event;

  // Written without a lock: threads that race write the same text.
  private @Nullable String frame;
  private boolean keepsNoFrame;

  /**
   * @param conversationId the conversation it belongs to
   * @param epoch the incarnation it belongs to, from 1
   * @param seq its place in that, from 1
   * @param millis when it was appended, in milliseconds since 1970
   * @param event what happened
   */
  public JournalEntry(String conversationId, long epoch, long seq, long millis, ChatEvent event) {
    this.conversationId = conversationId;
    this.epoch = epoch;
    this.seq = seq;
    this.millis = millis;
    this.event = event;
  }

  public String conversationId() {
    return conversationId;
  }

  public long epoch() {
    return epoch;
  }

  public long seq() {
    return seq;
  }

  public long millis() {
    return millis;
  }

  public ChatEvent event() {
    return event;
  }

  /** The event as a frame of version 1; serialised once for all viewers that are up to date. */
  String frame() {
    String text = frame;
    if (text == null) {
      text = FrameEncoder.event(conversationId, seq, millis, event);
      if (!keepsNoFrame) {
        frame = text;
      }
    }
    return text;
  }

  /** Frees what {@link #frame} keeps; from now on it is serialised for each who asks. */
  void forgetFrame() {
    keepsNoFrame = true;
    frame = null;
  }
}
