package io.agentstream.micrometer;

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
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The observations of one conversation. Called in the conversation's serial order. */
final class ConversationObservations implements StreamListener, ModelCallListener {

  private final ObservationRegistry registry;
  private final String conversationId;
  private final String selection;
  private final Map<String, Observation> turns = new HashMap<>();
  private Observation run = Observation.NOOP;

  /**
   * @param selection how speakers are chosen
   */
  ConversationObservations(ObservationRegistry registry, String conversationId, String selection) {
    this.registry = registry;
    this.conversationId = conversationId;
    this.selection = selection;
  }

  /** Has no parent: that of a request would keep the request as long as the run. */
  @Override
  public void onConversationStarted(ConversationStarted event) {
    run =
        begin(ObservationNames.RUN, Observation.NOOP)
            .contextualName("invoke_workflow " + selection)
            .lowCardinalityKeyValue(ObservationNames.SELECTION, selection)
            .start();
  }

  @Override
  public void onSpeakerChange(SpeakerChange event) {
    turns.put(
        event.messageId(),
        begin(ObservationNames.TURN, run)
            .contextualName("invoke_agent " + event.agentName())
            .highCardinalityKeyValue(ObservationNames.AGENT, event.agentName())
            .start());
  }

  @Override
  public void onError(ChatError event) {
    String messageId = event.messageId();
    ObservedFailure.mark(
        messageId == null ? run : turns.getOrDefault(messageId, run), event.code());
  }

  @Override
  public void onStreamingComplete(StreamingComplete event) {
    Observation turn = turns.remove(event.messageId());
    if (turn != null) {
      turn.lowCardinalityKeyValue(
          ObservationNames.REASON, ObservationNames.nameOf(event.finishReason()));
      if (event.usage() != null) {
        turn.highCardinalityKeyValue(
            ObservationNames.INPUT_TOKENS, Long.toString(event.usage().inputTokens()));
        turn.highCardinalityKeyValue(
            ObservationNames.OUTPUT_TOKENS, Long.toString(event.usage().outputTokens()));
      }
      turn.stop();
    }
  }

  @Override
  public void onConversationEnded(ConversationEnded event) {
    run.lowCardinalityKeyValue(ObservationNames.REASON, ObservationNames.nameOf(event.reason()));
    run.stop();
  }

  @Override
  public ModelCallObservation onModelCall(
      @Nullable String messageId, StreamingChatModel model, ChatRequest request) {
    Observation around = messageId == null ? run : turns.getOrDefault(messageId, run);
    String name =
        request.modelName() != null
            ? request.modelName()
            : model.defaultRequestParameters().modelName();
    Observation call =
        begin(ObservationNames.MODEL_CALL, around)
            .contextualName(name == null ? "chat" : "chat " + name)
            .lowCardinalityKeyValue(
                ObservationNames.PROVIDER, ObservationNames.nameOf(model.provider()));
    if (name != null) {
      call.highCardinalityKeyValue(ObservationNames.MODEL, name);
    }
    return new ObservedCall(call.start());
  }

  /** Gives every observation of a name the same keys, as Prometheus asks for. */
  private Observation begin(String name, Observation parent) {
    return Observation.createNotStarted(name, registry)
        .parentObservation(parent)
        .lowCardinalityKeyValue(ObservationNames.REASON, ObservationNames.NONE)
        .lowCardinalityKeyValue(ObservationNames.CODE, ObservationNames.NONE)
        .highCardinalityKeyValue(ObservationNames.CONVERSATION, conversationId);
  }
}
