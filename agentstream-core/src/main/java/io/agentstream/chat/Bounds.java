package io.agentstream.chat;

import dev.langchain4j.data.message.ChatMessage;
import io.agentstream.chat.context.Utterance;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.Usage;
import io.agentstream.internal.UserCode;
import io.agentstream.settings.Limits;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one conversation within its limits and its allowance. Used in the conversation's serial
 * order only.
 */
final class Bounds implements StreamListener {

  private static final Logger log = LoggerFactory.getLogger(Bounds.class);

  private final String conversationId;
  private final Limits limits;
  private final UserCode userCode;
  private final Allowance allowance;
  private Consumer<String> onExceeded = detail -> {};
  private long chars;
  private int messages;
  private boolean exceeded;

  Bounds(String conversationId, Limits limits, Allowance allowance, UserCode userCode) {
    this.conversationId = conversationId;
    this.limits = limits;
    this.allowance = allowance;
    this.userCode = userCode;
  }

  /** Sets what ends the run; it is given a sentence for people and must not end it at once. */
  void onExceeded(Consumer<String> end) {
    this.onExceeded = end;
  }

  @Override
  public void onEvent(ChatEvent event) {
    if (event instanceof StreamedText text) {
      chars += text.token().length();
    } else {
      countWhole(event);
    }
    if (!exceeded && (chars > limits.maxConversationChars() || messages > maxMessages())) {
      exceeded = true;
      onExceeded.accept("The conversation is as long as it may be.");
    }
  }

  private void countWhole(ChatEvent event) {
    if (event instanceof StreamingComplete) {
      messages++;
    } else if (event instanceof NewMessage message) {
      // An agent's message was already counted while it was streamed.
      if (message.role() == NewMessage.Role.USER) {
        messages++;
        chars += message.content().length();
      }
    } else if (event instanceof ToolCall call) {
      chars += call.arguments().length();
    } else if (event instanceof ToolResult result) {
      chars += result.result().length();
    }
  }

  /**
   * Counts a message from before a restore, because an agent's earlier message is not streamed
   * again.
   */
  void restored(Utterance utterance) {
    NewMessage message = utterance.message();
    if (message.role() == NewMessage.Role.ASSISTANT) {
      messages++;
      chars += message.content().length();
    }
  }

  private int maxMessages() {
    return limits.maxConversationMessages();
  }

  /**
   * Returns whether a person may say something.
   *
   * @param waiting the messages that are not in the history yet
   */
  boolean takes(String text, Collection<String> waiting) {
    long waitingChars = waiting.stream().mapToLong(String::length).sum();
    return waiting.size() < limits.maxWaitingMessages()
        && messages + waiting.size() < maxMessages()
        && chars + waitingChars + text.length() <= limits.maxConversationChars();
  }

  SteeringOutcome beginRun() {
    return userCode.call(
        allowance,
        allowance::beginRun,
        failure -> {
          failed(failure);
          return SteeringOutcome.LIMIT_EXCEEDED;
        });
  }

  /** Returns whether a model may be called; if not, the run is about to end. */
  boolean beginCall(List<ChatMessage> prompt) {
    boolean allowed =
        userCode.call(
            allowance,
            () -> allowance.beginCall(TurnUsage.chars(prompt)),
            failure -> {
              failed(failure);
              return false;
            });
    if (!allowed) {
      onExceeded.accept("The budget for models is used up for now.");
    }
    return allowed;
  }

  void used(Usage usage) {
    userCode.run(allowance, () -> allowance.used(usage), this::failed);
  }

  /** If the allowance fails, nothing is allowed, because it guards the costs of models. */
  private void failed(Throwable failure) {
    log.atError()
        .addKeyValue("conversation_id", conversationId)
        .setCause(failure)
        .log("Conversation {}: its allowance failed", conversationId);
  }
}
