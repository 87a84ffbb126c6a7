package io.agentstream.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentstream.internal.UserCode;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies a conversation's listeners of its model calls, and catches their exceptions. */
final class ModelCallObserver {

  private static final Logger log = LoggerFactory.getLogger(ModelCallObserver.class);

  private final String conversationId;
  private final List<ModelCallListener> listeners;
  private final UserCode userCode;

  ModelCallObserver(String conversationId, List<ModelCallListener> listeners, UserCode userCode) {
    this.conversationId = conversationId;
    this.listeners = List.copyOf(listeners);
    this.userCode = userCode;
  }

  ModelCallObservation begin(
      @Nullable String messageId, StreamingChatModel model, ChatRequest request) {
    if (listeners.isEmpty()) {
      return ModelCallObservation.NONE;
    }
    return new Guarded(
        listeners.stream().map(listener -> begin(listener, messageId, model, request)).toList());
  }

  private ModelCallObservation begin(
      ModelCallListener listener,
      @Nullable String messageId,
      StreamingChatModel model,
      ChatRequest request) {
    return userCode.call(
        listener,
        // A listener may have been compiled without null checks.
        () -> Objects.requireNonNull(listener.onModelCall(messageId, model, request)),
        failure -> {
          logFailure(listener, failure);
          return ModelCallObservation.NONE;
        });
  }

  private void logFailure(Object listener, Throwable e) {
    // Without message and stack trace, because the arguments contain prompts and answers.
    log.atError()
        .addKeyValue("conversation_id", conversationId)
        .log(
            "Conversation {}: {} failed with {}",
            conversationId,
            listener.getClass().getName(),
            e.getClass().getName());
  }

  private final class Guarded implements ModelCallObservation {
    private final List<ModelCallObservation> observations;

    Guarded(List<ModelCallObservation> observations) {
      this.observations = observations;
    }

    @Override
    public void answered(ChatResponse response) {
      tell(observation -> observation.answered(response));
    }

    @Override
    public void failed(ModelFailure failure, boolean callsAgain) {
      tell(observation -> observation.failed(failure, callsAgain));
    }

    @Override
    public void cancelled() {
      tell(ModelCallObservation::cancelled);
    }

    private void tell(Consumer<ModelCallObservation> what) {
      for (ModelCallObservation observation : observations) {
        userCode.run(
            observation,
            () -> what.accept(observation),
            failure -> logFailure(observation, failure));
      }
    }
  }
}
