package io.agentstream.opentelemetry;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.viewer.DeliveryListener;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;

/**
 * Records a hub's conversations as OpenTelemetry spans:
 *
 * <pre>{@code
 * ConversationHub hub =
 *     ConversationHub.builder().agents(…).listener(new ConversationTracing(openTelemetry)).build();
 * }</pre>
 *
 * <p>Each run of a conversation is one trace: {@code invoke_workflow} for the run, in it {@code
 * invoke_agent} for each turn, and in that {@code chat} for each call to a model. Names and
 * attributes follow the <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/">semantic
 * conventions for generative AI</a>. No span holds a prompt, a message or any other text of a model
 * server. Safe from any thread.
 */
public final class ConversationTracing implements DeliveryListener {

  private final Tracer tracer;

  /**
   * Creates a listener for {@link io.agentstream.hub.ConversationHubBuilder#listener}.
   *
   * @param openTelemetry stays the caller's: it is not closed
   */
  public ConversationTracing(OpenTelemetry openTelemetry) {
    this.tracer = openTelemetry.getTracer("io.agentstream");
  }

  @Override
  public void onConversation(ConversationBuilder conversation) {
    ConversationSpans spans =
        new ConversationSpans(tracer, conversation.id(), conversation.chat().speakerSelection());
    conversation.inlineListener(spans).modelCallListener(spans);
  }
}
