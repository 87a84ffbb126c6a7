package io.agentstream.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentstream.event.Usage;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a turn uses, and notifies the observers of its model calls. Each call is counted
 * once, and its observers are notified of one end. Used in the conversation's serial order only.
 */
final class TurnCount {

  private final ConversationScope scope;
  private final String messageId;
  // Null while no call is in progress.
  private @Nullable ModelCallObservation calling;
  private List<ChatMessage> asked = List.of();
  private @Nullable Usage usage;
  private @Nullable Usage beforeTools;

  TurnCount(ConversationScope scope, String messageId) {
    this.scope = scope;
    this.messageId = messageId;
  }

  /** Adds what another process has used for the turn. */
  void restore(@Nullable Usage used) {
    usage = used;
    toolsBegin();
  }

  /** Takes note that tools are called. */
  void toolsBegin() {
    beforeTools = usage;
  }

  /** Returns what was used before the newest tool calls; null if there was nothing. */
  @Nullable Usage beforeTools() {
    return beforeTools;
  }

  void begins(StreamingChatModel model, ChatRequest request) {
    asked = request.messages();
    calling = scope.modelCalls.begin(messageId, model, request);
  }

  /** Notifies the observers of the call's answer; called before the answer is counted. */
  void observe(ChatResponse response) {
    ModelCallObservation observed = calling;
    calling = null;
    if (observed != null) {
      observed.answered(response);
    }
  }

  void answered(ChatResponse response, String answer) {
    count(TurnUsage.of(response, asked, answer));
  }

  /**
   * Counts a call that ends without usage from the model server; does nothing if no call is in
   * progress.
   *
   * @param failure why the call ends; null if it was stopped
   * @param answer the text so far
   */
  void cut(@Nullable ModelFailure failure, boolean again, Supplier<String> answer) {
    ModelCallObservation observed = calling;
    if (observed == null) {
      return;
    }
    calling = null;
    count(TurnUsage.estimate(asked, answer.get()));
    if (failure == null) {
      observed.cancelled();
    } else {
      observed.failed(failure, again);
    }
  }

  /** Returns what all calls have used together; null if there was none. */
  @Nullable Usage usage() {
    return usage;
  }

  private void count(Usage used) {
    usage = usage == null ? used : usage.plus(used);
    scope.bounds.used(used);
  }
}
