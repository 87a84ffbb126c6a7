package io.agentstream.journal;

import io.agentstream.event.ChatEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event in its place. Immutable, and safe from any thread. */
public final class JournalEntry {

  private static final VarHandle ENCODING = encodingHandle();

  private final String conversationId;
  private final long epoch;
  private final long seq;
  private final long millis;
  private final ChatEvent event;

  // The first encoding that asks claims the entry: nothing else writes the text, so that threads
  // which race write the same.
  private @Nullable Function<JournalEntry, String> encoding;
  private @Nullable String text;
  private boolean keepsNoText;

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

  private static VarHandle encodingHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(JournalEntry.class, "encoding", Function.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
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

  /**
   * Returns the entry as {@code encoding} writes it. As long as the entry is among the newest, the
   * first encoding that asks writes it once for all viewers; others write it for each.
   *
   * @param encoding one instance for each format, which is how the entry knows it; gives the same
   *     text for the same entry, from any thread, without blocking
   */
  public String encoded(Function<JournalEntry, String> encoding) {
    Function<JournalEntry, String> owner = this.encoding;
    if (owner != encoding && (owner != null || !claim(encoding))) {
      return encoding.apply(this);
    }
    String kept = text;
    if (kept == null) {
      kept = encoding.apply(this);
      if (!keepsNoText) {
        text = kept;
      }
    }
    return kept;
  }

  private boolean claim(Function<JournalEntry, String> claimant) {
    return ENCODING.compareAndSet(this, null, claimant) || encoding == claimant;
  }

  /** Frees what {@link #encoded} keeps; from now on it is encoded for each who asks. */
  void forgetText() {
    keepsNoText = true;
    text = null;
  }
}
