package io.agentstream.micrometer;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.agentstream.chat.ModelCallObservation;
import io.agentstream.event.ErrorCode;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/** Ends the observation of one call to a model. Takes over no text that the model server chose. */
final class ObservedCall implements ModelCallObservation {

  private final Observation call;

  ObservedCall(Observation call) {
    this.call = call;
  }

  @Override
  public void answered(ChatResponse response) {
    if (response.finishReason() != null) {
      end(ObservationNames.nameOf(response.finishReason()), response.tokenUsage());
    } else {
      end("answered", response.tokenUsage());
    }
  }

  private void end(String reason, @Nullable TokenUsage usage) {
    if (usage != null && usage.inputTokenCount() != null) {
      call.highCardinalityKeyValue(
          ObservationNames.INPUT_TOKENS, usage.inputTokenCount().toString());
    }
    if (usage != null && usage.outputTokenCount() != null) {
      call.highCardinalityKeyValue(
          ObservationNames.OUTPUT_TOKENS, usage.outputTokenCount().toString());
    }
    end(reason);
  }

  @Override
  public void failed(ErrorCode code, boolean callsAgain) {
    ObservedFailure.mark(call, code);
    end("failed");
  }

  @Override
  public void cancelled() {
    end("cancelled");
  }

  private void end(String reason) {
    call.lowCardinalityKeyValue(ObservationNames.REASON, reason);
    call.stop();
  }
}
