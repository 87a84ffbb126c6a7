package io.agentstream.opentelemetry;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentstream.chat.ModelCallListener;
import io.agentstream.chat.ModelCallObservation;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingComplete;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One conversation as spans: {@code invoke_workflow} for each run of it, in it {@code invoke_agent}
 * for each turn, and in that {@code chat} for each call to a model. Called in the conversation's
 * serial order.
 */
final class ConversationSpans implements StreamListener, ModelCallListener {

  private final Tracer tracer;
  private final String conversationId;
  private final String workflow;
  private final Map<String, Span> turns = new HashMap<>();
  private Span run = Span.getInvalid();

  /**
   * @param workflow what runs are called: how speakers are chosen
   */
  ConversationSpans(Tracer tracer, String conversationId, String workflow) {
    this.tracer = tracer;
    this.conversationId = conversationId;
    this.workflow = workflow;
  }

  @Override
  public void onConversationStarted(ConversationStarted event) {
    run =
        begin(Context.root(), GenAi.INVOKE_WORKFLOW, workflow)
            .setAttribute(GenAi.WORKFLOW_NAME, workflow)
            .startSpan();
  }

  @Override
  public void onSpeakerChange(SpeakerChange event) {
    turns.put(
        event.messageId(),
        begin(inside(run), GenAi.INVOKE_AGENT, event.agentName())
            .setAttribute(GenAi.AGENT_NAME, event.agentName())
            .startSpan());
  }

  @Override
  public void onError(ChatError event) {
    String messageId = event.messageId();
    Span failed = messageId == null ? run : turns.getOrDefault(messageId, run);
    failed.setAttribute(GenAi.ERROR_TYPE, GenAi.nameOf(event.code()));
    failed.setStatus(StatusCode.ERROR);
  }

  @Override
  public void onStreamingComplete(StreamingComplete event) {
    Span turn = turns.remove(event.messageId());
    if (turn != null) {
      turn.setAttribute(GenAi.FINISH_REASONS, List.of(GenAi.nameOf(event.finishReason())));
      if (event.usage() != null) {
        turn.setAttribute(GenAi.INPUT_TOKENS, event.usage().inputTokens());
        turn.setAttribute(GenAi.OUTPUT_TOKENS, event.usage().outputTokens());
      }
      turn.end();
    }
  }

  @Override
  public void onConversationEnded(ConversationEnded event) {
    run.setAttribute(GenAi.END_REASON, GenAi.nameOf(event.reason()));
    run.end();
  }

  @Override
  public ModelCallObservation onModelCall(
      @Nullable String messageId, StreamingChatModel model, ChatRequest request) {
    Span turn =
        messageId == null ? Span.getInvalid() : turns.getOrDefault(messageId, Span.getInvalid());
    Span around = turn.getSpanContext().isValid() ? turn : run;
    String modelName = nameOf(model, request);
    SpanBuilder call =
        begin(inside(around), GenAi.CHAT, modelName)
            .setSpanKind(SpanKind.CLIENT)
            .setAttribute(GenAi.PROVIDER, providerOf(model))
            .setAttribute(GenAi.REQUEST_STREAM, true);
    turn.setAttribute(GenAi.PROVIDER, providerOf(model));
    if (modelName != null) {
      call.setAttribute(GenAi.REQUEST_MODEL, modelName);
      turn.setAttribute(GenAi.REQUEST_MODEL, modelName);
    }
    if (request.temperature() != null) {
      call.setAttribute(GenAi.REQUEST_TEMPERATURE, request.temperature());
    }
    if (request.maxOutputTokens() != null) {
      call.setAttribute(GenAi.REQUEST_MAX_TOKENS, request.maxOutputTokens().longValue());
    }
    return new ModelCallSpan(call.startSpan());
  }

  private SpanBuilder begin(Context parent, String operation, @Nullable String of) {
    return tracer
        .spanBuilder(of == null ? operation : operation + " " + of)
        .setParent(parent)
        .setAttribute(GenAi.OPERATION, operation)
        .setAttribute(GenAi.CONVERSATION_ID, conversationId);
  }

  /** The root, not the current context: nothing else on this thread belongs to it. */
  private static Context inside(Span span) {
    return Context.root().with(span);
  }

  private static @Nullable String nameOf(StreamingChatModel model, ChatRequest request) {
    return request.modelName() != null
        ? request.modelName()
        : model.defaultRequestParameters().modelName();
  }

  private static String providerOf(StreamingChatModel model) {
    ModelProvider provider = model.provider();
    return provider == ModelProvider.OPEN_AI ? "openai" : GenAi.nameOf(provider);
  }
}
