package io.agentstream.chat;

import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run of a conversation came out.
 *
 * @param conversationId the conversation's id
 * @param reason why the run is over
 * @param detail what the reason alone does not say; null where there is nothing to add
 * @param messages everything said so far, the topic first
 * @param usage what the models counted over the whole conversation
 * @param errors what went wrong in this run, in order, at most the first 100; empty if nothing did
 */
public record ChatResult(
    String conversationId,
    EndReason reason,
    @Nullable String detail,
    List<NewMessage> messages,
    ConversationUsage usage,
    List<ChatError> errors) {

  public ChatResult {
    messages = List.copyOf(messages);
    errors = List.copyOf(errors);
  }
}
