package io.agentstream.store;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.wire.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in memory. A viewer reads this object and so keeps it in memory. Safe from any
 * thread.
 */
final class LiveConversation implements JournalReader {

  final String id;
  final ConversationLog log;
  final StoredCopy copy;

  // Guarded by this.
  private @Nullable ConversationInfo info;

  LiveConversation(ConversationLog log) {
    this(log, List.of());
  }

  private LiveConversation(ConversationLog log, List<Snapshot.Message> written) {
    this.id = log.id();
    this.log = log;
    this.copy = new StoredCopy(id, written, () -> log.snapshot().content());
  }

  /** Returns one that has just been read, of which the store has everything. */
  static LiveConversation read(
      ConversationInfo info, ConversationLog log, Snapshot.Content content) {
    LiveConversation conversation = new LiveConversation(log, content.messages());
    conversation.describe(info);
    log.reset(content, List.of());
    return conversation;
  }

  synchronized @Nullable ConversationInfo info() {
    return info;
  }

  synchronized void describe(ConversationInfo conversation) {
    info = conversation;
  }

  @Override
  public long epoch() {
    return log.epoch();
  }

  @Override
  public long head() {
    return log.head();
  }

  @Override
  public long tail() {
    return log.tail();
  }

  @Override
  public @Nullable JournalEntry entry(long seq) {
    return log.entry(seq);
  }

  @Override
  public Snapshot snapshot() {
    return log.snapshot();
  }

  @Override
  public Watch watch(Runnable onAppend) {
    return log.watch(onAppend);
  }
}
