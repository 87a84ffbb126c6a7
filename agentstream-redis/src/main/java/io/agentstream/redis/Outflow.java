package io.agentstream.redis;

import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.SavedConversation;
import io.agentstream.settings.Limits;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.CommandEncoder;
import io.agentstream.wire.internal.EventJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one epoch of a conversation to Redis. Like a viewer it is a position in the log, so events
 * that Redis has not accepted yet need no memory besides the log. If it is too far behind, a
 * snapshot replaces the events that it missed. At most one batch is in progress. Not thread-safe.
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

  /** A snapshot that waits until all events that it contains have been sent. */
  private Snapshot.@Nullable Content pending;

  private Snapshot.@Nullable State stateTaken;
  private final AtomicReference<@Nullable SavedConversation> saved = new AtomicReference<>();
  private final AwaitedStates awaited = new AwaitedStates();
  private boolean unsavableLogged;

  Outflow(long epoch, ConversationLog log, Limits limits) {
    this.epoch = epoch;
    this.log = log;
    this.limits = limits;
    // The snapshot tells other nodes more about earlier messages than the new events do.
    this.snapshotWanted = epoch > 1;
  }

  /**
   * The data of one write.
   *
   * @param savedState {@code saved} as text; empty if it cannot be written as text
   * @param state the conversation's state; null if Redis already has it
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

  /** Called if Redis has nothing of the conversation; everything is sent again. */
  void closed() {
    underWay = false;
    opened = false;
  }

  /** Returns true while Redis has taken no event, so that everything is still here. */
  boolean isUnwritten() {
    return epoch == 1 && position == 0;
  }

  /** From any thread. */
  void keep(SavedConversation saved) {
    this.saved.set(saved);
  }

  /** Does the same, from any thread; the stage is done when Redis has that state. */
  CompletableFuture<Void> record(SavedConversation newest) {
    saved.set(newest);
    return awaited.add();
  }

  AwaitedStates awaited() {
    return awaited;
  }

  boolean isBehind() {
    return saved.get() != null
        || awaited.isWaiting()
        || (log.epoch() == epoch && log.head() > position);
  }

  /** Returns the next batch, or null if there is nothing to send. */
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

  /**
   * Returns the entries after the position, or nothing if the log no longer holds the first of
   * them.
   */
  private List<String> newEntries() {
    List<String> entries = new ArrayList<>();
    long chars = 0;
    // The first events of an epoch reach the other nodes together.
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
   * Sends a snapshot together with the last event that it contains, or later. A node that read an
   * earlier snapshot would have no position for it and would drop the events up to it.
   */
  private Snapshot.@Nullable Content pendingUpTo(long last) {
    return pending != null && pending.seq() <= last ? pending : null;
  }

  /**
   * Used if the log has dropped entries: everything is read at one moment, because the log may drop
   * more meanwhile.
   */
  private Batch allThatIsLeft() {
    ConversationLog.Copy copy = log.copy();
    List<String> entries = copy.entries().stream().map(EntryText::write).toList();
    return batch(copy.entries().get(0).seq(), copy.content(), entries);
  }

  private Batch batch(long first, Snapshot.@Nullable Content snapshot, List<String> entries) {
    // Read last, so that it is never older than the sent events.
    Snapshot.State state = log.epoch() == epoch ? log.state() : stateTaken;
    long summed = snapshot == null ? snapshotSeq : snapshot.seq();
    awaited.send();
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
   * Returns an empty text for a state that cannot be written, for example because an attribute of a
   * model's message is not JSON. The conversation continues on this node, and ends if another node
   * has to take it over.
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
                "Conversation {}: its state has a value that is not JSON, so no other node can"
                    + " continue it. Check the attributes of the model's messages",
                log.id());
      }
      return "";
    }
  }

  private @Nullable JournalEntry entry(long seq) {
    JournalEntry entry = log.entry(seq);
    return entry != null && entry.epoch() == epoch ? entry : null;
  }

  /** Called when Redis has accepted the batch. */
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

  /** Called if Redis has lost events that it had accepted. */
  void setBack(long head) {
    underWay = false;
    position = head;
    snapshotSeq = 0;
    snapshotWanted = true;
    pending = null;
    stateTaken = null;
  }
}
