package io.agentstream.store;

import io.agentstream.wire.Snapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how a conversation has changed since it was last saved.
 *
 * @param conversationId which conversation
 * @param epoch the epoch that it is in
 * @param state how it stands
 * @param changedAt when
 * @param content what a snapshot holds besides the messages, as JSON
 * @param engine what continues the conversation; null leaves what is there
 * @param kept how many of the saved messages stay as they are, from the first on; all after them
 *     are removed
 * @param messages the messages that follow those
 */
public record ConversationChange(
    String conversationId,
    long epoch,
    Snapshot.State state,
    Instant changedAt,
    String content,
    @Nullable EngineDocuments engine,
    int kept,
    List<StoredMessage> messages) {

  /** Keeps a copy of {@code messages}. */
  public ConversationChange {
    messages = List.copyOf(messages);
  }
}
