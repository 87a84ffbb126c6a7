package io.agentstream.chat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.agentstream.event.ChatError;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.time.ChatClock.Alarm;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent's answer: publishes its tokens and, exactly once, that it is complete; then tells its
 * owner. Everything happens in the conversation's serial order.
 */
final class AgentTurn implements ModelCall.Listener {

  /** Told once, after the last event of the turn. */
  interface Owner {
    void turnEnded(StreamingComplete complete, @Nullable ModelFailure failure);
  }

  private static final Logger log = LoggerFactory.getLogger(AgentTurn.class);

  private final GroupChat chat;
  private final Agent agent;
  private final String messageId;
  private final int round;
  private final EventFanout events;
  private final Owner owner;
  private final ModelCall call;
  private final SerialExecutor serial;

  private final AnswerText text = new AnswerText();
  private Alarm alarm = () -> {};
  private boolean over;

  AgentTurn(
      GroupChat chat,
      Agent agent,
      String messageId,
      int round,
      List<ChatMessage> prompt,
      SerialExecutor serial,
      EventFanout events,
      Owner owner) {
    this.chat = chat;
    this.agent = agent;
    this.messageId = messageId;
    this.round = round;
    this.events = events;
    this.owner = owner;
    this.serial = serial;
    this.call = new ModelCall(agent.model(), request(agent, prompt), serial, this);
  }

  void start() {
    alarm =
        chat.clock()
            .schedule(
                chat.timeouts().agentResponse(),
                () -> serial.execute(() -> fail(ModelFailure.TOO_SLOW)));
    call.start(chat.executor());
  }

  /** Cuts the answer short; its text so far is kept. Does nothing once the turn is over. */
  void stop() {
    if (!over) {
      call.cancel();
      finish(TurnFinishReason.STOPPED, null, null);
    }
  }

  @Override
  public void onText(String piece) {
    publish(text.length(), text.append(piece));
    if (text.length() > chat.limits().maxAnswerChars()) {
      log.warn(
          "Agent '{}': its answer passed the limit of {} characters and was cut",
          agent.name(),
          chat.limits().maxAnswerChars());
      call.cancel();
      finish(TurnFinishReason.LENGTH, null, null);
    }
  }

  @Override
  public void onAnswered(ChatResponse response) {
    finish(finishReason(response.finishReason()), usage(response.tokenUsage()), null);
  }

  @Override
  public void onFailed(ModelFailure failure, @Nullable Throwable cause) {
    log.warn("Agent '{}' got no answer from its model: {}", agent.name(), failure.advice());
    if (cause != null) {
      // Only the types: what a provider writes into a message may hold prompts and keys.
      log.debug("Agent '{}': caused by {}", agent.name(), cause.getClass().getName());
    }
    finish(TurnFinishReason.ERROR, null, failure);
  }

  private void fail(ModelFailure failure) {
    if (!over) {
      call.cancel();
      onFailed(failure, null);
    }
  }

  private void finish(
      TurnFinishReason reason, @Nullable Usage usage, @Nullable ModelFailure failure) {
    over = true;
    alarm.cancel();
    publish(text.length(), text.finish());
    if (failure != null) {
      events.publish(
          new ChatError(
              failure.code(),
              failure.message(),
              agent.name(),
              messageId,
              failure.retryable(),
              true));
    }
    String content = text.toString();
    StreamingComplete complete =
        new StreamingComplete(
            messageId, agent.name(), round, content, content.length(), reason, usage);
    events.publish(complete);
    owner.turnEnded(complete, failure);
  }

  private void publish(int offset, String token) {
    if (!token.isEmpty()) {
      events.publish(new StreamingToken(messageId, offset, token));
    }
  }

  private static ChatRequest request(Agent agent, List<ChatMessage> prompt) {
    ChatRequest.Builder request = ChatRequest.builder().messages(prompt);
    if (agent.temperature() != null) {
      request.temperature(agent.temperature());
    }
    if (agent.maxTokens() != null) {
      request.maxOutputTokens(agent.maxTokens());
    }
    return request.build();
  }

  private static TurnFinishReason finishReason(@Nullable FinishReason reason) {
    // A stream that ends cleanly but without a reason was cut by whoever stood in between.
    if (reason == null) {
      return TurnFinishReason.TRUNCATED;
    }
    return switch (reason) {
      case STOP, OTHER -> TurnFinishReason.STOP;
      case LENGTH -> TurnFinishReason.LENGTH;
      case TOOL_EXECUTION -> TurnFinishReason.TOOL_CALLS;
      case CONTENT_FILTER -> TurnFinishReason.CONTENT_FILTER;
    };
  }

  private static @Nullable Usage usage(@Nullable TokenUsage usage) {
    if (usage == null || usage.totalTokenCount() == null) {
      return null;
    }
    return new Usage(
        orZero(usage.inputTokenCount()), orZero(usage.outputTokenCount()), usage.totalTokenCount());
  }

  private static int orZero(@Nullable Integer count) {
    return count == null ? 0 : count;
  }
}
