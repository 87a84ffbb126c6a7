package io.agentstream.chat;

import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run.
 *
 * @param conversationId the conversation's id
 * @param reason the reason for the end
 * @param detail more about the reason; null if there is nothing to add
 * @param messages all messages so far, beginning with the topic
 * @param usage the tokens used by the whole conversation
 * @param errors the errors of this run, in order, at most the first 100
 */
public record ChatResult(
    String conversationId,
    EndReason reason,
    @Nullable String detail,
    List<NewMessage> messages,
    ConversationUsage usage,
    List<ChatError> errors) {

  public ChatResult {
    messages = GrowingList.immutable(messages);
    errors = List.copyOf(errors);
  }
}
