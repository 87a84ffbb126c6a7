package io.agentstream.chat;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentstream.event.ErrorCode;

/**
 * Is told how one call to a model ends: by exactly one of these methods, in the same way as {@link
 * ModelCallListener}.
 */
public interface ModelCallObservation {

  /** Not interested. */
  ModelCallObservation NONE = new ModelCallObservation() {};

  /** The model has answered; the response holds its text, which belongs into no log. */
  default void answered(ChatResponse response) {}

  /**
   * The call has failed. Calls {@link #failed(ErrorCode, boolean)} unless overridden.
   *
   * @param failure why, in words that may stand in a log
   * @param callsAgain whether the model, or the one to fall back to, is called once more for it
   */
  default void failed(ModelFailure failure, boolean callsAgain) {
    failed(failure.code(), callsAgain);
  }

  /**
   * The call has failed.
   *
   * @param code what kind of failure it is
   * @param callsAgain whether the model, or the one to fall back to, is called once more for it
   */
  default void failed(ErrorCode code, boolean callsAgain) {}

  /** Nobody waits for the answer any more: the speaker was stopped, or was cut off. */
  default void cancelled() {}
}
