package io.agentstream.redis;

import io.agentstream.delivery.ConversationLog;
import io.agentstream.delivery.JournalEntry;
import io.agentstream.delivery.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.wire.CommandEncoder;
import io.agentstream.wire.ControlFrame.Snapshot;
import io.agentstream.wire.EventJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The way of one incarnation to Redis: like a viewer it is a position in the log, so what Redis has
 * not taken yet costs no memory beside the log, and where it is too far behind a snapshot takes the
 * place of what it missed. One batch is under way at the most. Not safe for use by several threads.
 */
final class Outflow {

  private static final int MAX_BATCH = 256;
  private static final int MAX_BATCH_CHARS = 256 * 1024;

  final long epoch;
  private final ConversationLog log;
  private final Limits limits;

  private boolean opened;
  private boolean underWay;
  private long position;
  private long snapshotSeq;
  private long charsSinceSnapshot;
  private boolean snapshotWanted;
  private Snapshot.@Nullable State stateTaken;
  private final AtomicReference<@Nullable SavedConversation> saved = new AtomicReference<>();

  Outflow(long epoch, ConversationLog log, Limits limits) {
    this.epoch = epoch;
    this.log = log;
    this.limits = limits;
    // With it other nodes know more of what was said before than the new events tell.
    this.snapshotWanted = epoch > 1;
  }

  /**
   * What is to be sent in one step.
   *
   * @param state how the conversation stands; null if Redis knows
   * @param chars the length of {@code entries}
   */
  record Batch(
      long first,
      long oldest,
      Snapshot.@Nullable Content snapshot,
      @Nullable SavedConversation saved,
      Snapshot.@Nullable State state,
      List<String> entries,
      long chars) {

    long last() {
      return first + entries.size() - 1;
    }

    String[] arguments(long epoch) {
      List<String> arguments = new ArrayList<>();
      arguments.add(Long.toString(epoch));
      arguments.add(Long.toString(first));
      arguments.add(Long.toString(oldest));
      arguments.add(snapshot == null ? "" : EventJson.write(snapshot));
      arguments.add(snapshot == null ? "0" : Long.toString(snapshot.seq()));
      arguments.add(saved == null ? "" : CommandEncoder.encode(saved.definition()));
      arguments.add(saved == null ? "" : ConversationStateJson.write(saved.state()));
      arguments.add(state == null ? "" : state.name());
      arguments.addAll(entries);
      return arguments.toArray(String[]::new);
    }
  }

  boolean isOpened() {
    return opened;
  }

  boolean isUnderWay() {
    return underWay;
  }

  void begun() {
    underWay = true;
  }

  void opened() {
    underWay = false;
    opened = true;
  }

  void failed() {
    underWay = false;
  }

  /** From any thread. */
  void keep(SavedConversation saved) {
    this.saved.set(saved);
  }

  boolean isBehind() {
    return saved.get() != null || (log.epoch() == epoch && log.head() > position);
  }

  /** The next batch; null while there is nothing to send. */
  @Nullable Batch next() {
    if (!isBehind()) {
      return null;
    }
    Snapshot.Content snapshot = null;
    // What is not in the log any more is in the snapshot that is taken after this look at it.
    boolean current = log.epoch() == epoch;
    long from = current ? Math.max(position, log.tail() - 1) : position;
    if (current && (snapshotWanted || from > position)) {
      snapshot = log.snapshot().content();
    }
    List<String> entries = new ArrayList<>();
    long chars = 0;
    // What an incarnation begins with comes to the other nodes at once.
    boolean whole = position == 0;
    JournalEntry entry = entry(from + 1);
    while (entry != null && (whole || (entries.size() < MAX_BATCH && chars < MAX_BATCH_CHARS))) {
      String text = EntryText.write(entry);
      entries.add(text);
      chars += text.length();
      entry = entry(from + 1 + entries.size());
    }
    // Looked at last, so that it is never behind what is sent.
    Snapshot.State state = current ? log.state() : stateTaken;
    long summed = snapshot == null ? snapshotSeq : snapshot.seq();
    return new Batch(
        from + 1,
        Math.max(1, Math.min(log.tail(), summed + 1)),
        snapshot,
        saved.get(),
        state == stateTaken ? null : state,
        entries,
        chars);
  }

  private @Nullable JournalEntry entry(long seq) {
    JournalEntry entry = log.entry(seq);
    return entry != null && entry.epoch() == epoch ? entry : null;
  }

  /** Redis has taken it. */
  void taken(Batch batch) {
    underWay = false;
    position = Math.max(position, batch.last());
    charsSinceSnapshot += batch.chars();
    saved.compareAndSet(batch.saved(), null);
    if (batch.state() != null) {
      stateTaken = batch.state();
    }
    if (batch.snapshot() != null) {
      snapshotSeq = batch.snapshot().seq();
      charsSinceSnapshot = 0;
      snapshotWanted = false;
    }
    if (position - snapshotSeq > limits.journalEvents() / 2
        || charsSinceSnapshot > limits.journalChars() / 2) {
      snapshotWanted = true;
    }
  }

  /** Redis has less than it had taken. */
  void setBack(long head) {
    underWay = false;
    position = head;
    snapshotSeq = 0;
    snapshotWanted = true;
    stateTaken = null;
  }
}
