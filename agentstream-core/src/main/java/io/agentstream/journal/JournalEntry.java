package io.agentstream.journal;

import io.agentstream.event.ChatEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An event with its position. Immutable and thread-safe. */
public final class JournalEntry {

  private static final VarHandle ENCODING = handle("encoding", Function.class);
  private static final VarHandle SECOND = handle("second", Encoded.class);

  /** Stands in place of a second text once the entry stores none. */
  private static final Encoded FORGOTTEN = new Encoded(entry -> "", "");

  private final String conversationId;
  private final long epoch;
  private final long seq;
  private final long millis;
  private final ChatEvent event;

  // The first encoding that asks owns the entry's text. No other encoding writes it, so racing
  // threads write the same text.
  private @Nullable Function<JournalEntry, String> encoding;
  private @Nullable String text;

  /** The text of the next encoding that asks; no further one is stored. */
  private @Nullable Encoded second;

  /**
   * @param conversationId the conversation's id
   * @param epoch the epoch, from 1
   * @param seq its position in the epoch, from 1
   * @param millis the time of the append, in milliseconds since 1970
   * @param event the event
   */
  public JournalEntry(String conversationId, long epoch, long seq, long millis, ChatEvent event) {
    this.conversationId = conversationId;
    this.epoch = epoch;
    this.seq = seq;
    this.millis = millis;
    this.event = event;
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(JournalEntry.class, field, type);
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
   * Returns the entry encoded by {@code encoding}. As long as the entry is among the newest, the
   * texts of the first two encodings that ask are stored for all viewers; other encodings run for
   * each viewer. An encoding may ask for another one, of which it makes a part of its text.
   *
   * @param encoding one instance for each format, which is how the entry knows it; gives the same
   *     text for the same entry, from any thread, without blocking
   */
  // The instance is the format: two functions that are equal are still two encoders.
  @SuppressWarnings("ReferenceEquality")
  public String encoded(Function<JournalEntry, String> encoding) {
    Function<JournalEntry, String> owner = this.encoding;
    if (owner != encoding && (owner != null || !claim(encoding))) {
      return encodedSecond(encoding);
    }
    String kept = text;
    if (kept == null) {
      kept = encoding.apply(this);
      if (second != FORGOTTEN) {
        text = kept;
      }
    }
    return kept;
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean claim(Function<JournalEntry, String> claimant) {
    return ENCODING.compareAndSet(this, null, claimant) || encoding == claimant;
  }

  @SuppressWarnings("ReferenceEquality")
  private String encodedSecond(Function<JournalEntry, String> encoding) {
    Encoded kept = second;
    if (kept != null && kept.encoding == encoding) {
      return kept.text;
    }
    String made = encoding.apply(this);
    if (kept == null) {
      boolean unused = SECOND.compareAndSet(this, null, new Encoded(encoding, made));
    }
    return made;
  }

  /**
   * Releases the texts that {@link #encoded} stores; from now on the entry is encoded for each
   * call.
   */
  void forgetText() {
    second = FORGOTTEN;
    text = null;
  }

  private record Encoded(Function<JournalEntry, String> encoding, String text) {}
}
