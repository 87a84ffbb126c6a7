package io.agentstream.chat;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentstream.event.ErrorCode;

/**
 * Receives the end of one call to a model: exactly one of these methods is called, under the same
 * conditions as {@link ModelCallListener}.
 */
public interface ModelCallObservation {

  /** An observation that ignores everything. */
  ModelCallObservation NONE = new ModelCallObservation() {};

  /** Called when the model has answered. The response contains text, which must not be logged. */
  default void answered(ChatResponse response) {}

  /**
   * Called when the call has failed. By default calls {@link #failed(ErrorCode, boolean)}.
   *
   * @param failure the reason, in words that may be logged
   * @param callsAgain true if the model, or the fallback model, is called again
   */
  default void failed(ModelFailure failure, boolean callsAgain) {
    failed(failure.code(), callsAgain);
  }

  /**
   * Called when the call has failed.
   *
   * @param code the kind of failure
   * @param callsAgain true if the model, or the fallback model, is called again
   */
  default void failed(ErrorCode code, boolean callsAgain) {}

  /** Called when the call was cancelled, because the speaker was stopped or cut off. */
  default void cancelled() {}
}
