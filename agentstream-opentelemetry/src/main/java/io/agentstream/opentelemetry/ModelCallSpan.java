package io.agentstream.opentelemetry;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.agentstream.chat.ModelCallObservation;
import io.agentstream.event.ErrorCode;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;

/** Ends the span of one call to a model. Takes over no text that the model server chose. */
final class ModelCallSpan implements ModelCallObservation {

  private final Span span;

  ModelCallSpan(Span span) {
    this.span = span;
  }

  @Override
  public void answered(ChatResponse response) {
    if (response.finishReason() != null) {
      span.setAttribute(GenAi.FINISH_REASONS, List.of(GenAi.nameOf(response.finishReason())));
    }
    TokenUsage usage = response.tokenUsage();
    if (usage != null && usage.inputTokenCount() != null) {
      span.setAttribute(GenAi.INPUT_TOKENS, usage.inputTokenCount().longValue());
    }
    if (usage != null && usage.outputTokenCount() != null) {
      span.setAttribute(GenAi.OUTPUT_TOKENS, usage.outputTokenCount().longValue());
    }
    span.end();
  }

  @Override
  public void failed(ErrorCode code, boolean callsAgain) {
    span.setAttribute(GenAi.ERROR_TYPE, GenAi.nameOf(code));
    span.setStatus(StatusCode.ERROR);
    span.end();
  }

  @Override
  public void cancelled() {
    span.end();
  }
}
