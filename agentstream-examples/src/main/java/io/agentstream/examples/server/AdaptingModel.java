package io.agentstream.examples.server;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.upstream.UpstreamCalls;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model of langchain4j's that is asked again without the temperature if its server refuses that,
 * as reasoning models do. A refused parameter is left out from then on. Safe from any thread.
 */
final class AdaptingModel implements StreamingChatModel {

  private static final Logger log = LoggerFactory.getLogger(AdaptingModel.class);

  private final StreamingChatModel model;
  private final String label;
  private final AtomicBoolean refused;

  /**
   * @param label names the model and its server in the log
   * @param refused whether the temperature is refused; shared by all models of the same server and
   *     name
   */
  AdaptingModel(StreamingChatModel model, String label, AtomicBoolean refused) {
    this.model = model;
    this.label = label;
    this.refused = refused;
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    AdaptedCall call = new AdaptedCall(model, request, handler, this::learn);
    UpstreamCalls.announce(call);
    call.send(refused.get());
  }

  private void learn() {
    if (!refused.getAndSet(true)) {
      log.warn(
          "Model {} refuses temperature; none is sent. To say so from the start: leave temperature"
              + " out",
          label);
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }

  @Override
  public String toString() {
    return label;
  }
}
