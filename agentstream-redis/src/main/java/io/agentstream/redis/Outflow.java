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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one incarnation to Redis: like a viewer it is a position in the log, so what Redis has
 * not taken yet costs no memory beside the log, and where it is too far behind a snapshot takes the
 * place of what it missed. One batch is under way at the most. Not safe for use by several threads.
 */
final class Outflow {

  private static final Logger logger = LoggerFactory.getLogger(RedisBackplane.class);
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

  /** Was taken, and waits until all that it sums up has left. */
  private Snapshot.@Nullable Content pending;

  private Snapshot.@Nullable State stateTaken;
  private final AtomicReference<@Nullable SavedConversation> saved = new AtomicReference<>();
  private boolean unsavableLogged;

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
   * @param savedState {@code saved} as text; empty if it has no such form
   * @param state how the conversation stands; null if Redis knows
   * @param chars the length of {@code entries}
   */
  record Batch(
      long first,
      long oldest,
      Snapshot.@Nullable Content snapshot,
      @Nullable SavedConversation saved,
      String savedState,
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
      arguments.add(savedState);
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

  /** Returns the next batch; null while there is nothing to send. */
  @Nullable Batch next() {
    if (!isBehind()) {
      return null;
    }
    if (log.epoch() != epoch) {
      return batch(position + 1, null, List.of());
    }
    if (snapshotWanted && pending == null) {
      pending = log.snapshot().content();
    }
    List<String> entries = newEntries();
    if (entries.isEmpty() && log.tail() > position + 1) {
      return allThatIsLeft();
    }
    return batch(position + 1, pendingUpTo(position + entries.size()), entries);
  }

  /** What comes after the position; nothing if the log does not hold the first of it any more. */
  private List<String> newEntries() {
    List<String> entries = new ArrayList<>();
    long chars = 0;
    // What an incarnation begins with comes to the other nodes at once.
    boolean whole = position == 0;
    JournalEntry entry = entry(position + 1);
    while (entry != null && (whole || (entries.size() < MAX_BATCH && chars < MAX_BATCH_CHARS))) {
      String text = EntryText.write(entry);
      entries.add(text);
      chars += text.length();
      entry = entry(position + 1 + entries.size());
    }
    return entries;
  }

  /**
   * A snapshot leaves with the last event that it is the sum of, or later: nodes that read one that
   * runs ahead have nothing to put before it, and keep none of the events up to it.
   */
  private Snapshot.@Nullable Content pendingUpTo(long last) {
    return pending != null && pending.seq() <= last ? pending : null;
  }

  /** Where the log has moved on: all of one moment, since more might go while it is read. */
  private Batch allThatIsLeft() {
    ConversationLog.Copy copy = log.copy();
    List<String> entries = copy.entries().stream().map(EntryText::write).toList();
    return batch(copy.entries().get(0).seq(), copy.content(), entries);
  }

  private Batch batch(long first, Snapshot.@Nullable Content snapshot, List<String> entries) {
    // Looked at last, so that it is never behind what is sent.
    Snapshot.State state = log.epoch() == epoch ? log.state() : stateTaken;
    long summed = snapshot == null ? snapshotSeq : snapshot.seq();
    SavedConversation kept = saved.get();
    return new Batch(
        first,
        Math.max(1, Math.min(log.tail(), summed + 1)),
        snapshot,
        kept,
        kept == null ? "" : write(kept),
        state == stateTaken ? null : state,
        entries,
        entries.stream().mapToLong(String::length).sum());
  }

  /**
   * Returns an empty text for a state that cannot be written, for example since a model's message
   * has an attribute that is no JSON: the conversation continues here, and ends where another node
   * would have to continue it.
   */
  private String write(SavedConversation kept) {
    try {
      return ConversationStateJson.write(kept.state());
    } catch (RuntimeException | StackOverflowError e) {
      if (!unsavableLogged) {
        unsavableLogged = true;
        logger
            .atError()
            .addKeyValue("conversation_id", log.id())
            .setCause(e)
            .log(
                "Conversation {}: its state has a value that is no JSON, so no other node can go on"
                    + " with it. Look at the attributes of the model's messages",
                log.id());
      }
      return "";
    }
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
      pending = null;
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
    pending = null;
    stateTaken = null;
  }
}
