package io.agentstream.store;

import io.agentstream.identity.ConversationInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds all that is kept of a conversation.
 *
 * @param info what is known of it without reading it
 * @param title the title that a person gave it; null for none
 * @param epoch the epoch that it is in
 * @param content what a snapshot holds besides the messages, as JSON; null if it was never saved
 * @param engine what continues it; null if nothing can
 * @param messages the documents of its messages, in order
 */
public record StoredConversation(
    ConversationInfo info,
    @Nullable String title,
    long epoch,
    @Nullable String content,
    @Nullable EngineDocuments engine,
    List<String> messages) {

  /** Keeps a copy of {@code messages}. */
  public StoredConversation {
    messages = List.copyOf(messages);
  }
}
