package io.agentstream.micrometer;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.viewer.DeliveryListener;
import io.micrometer.observation.ObservationRegistry;

/**
 * Records a hub's conversations as observations of Micrometer, which an application's handlers turn
 * into timers, spans or both:
 *
 * <pre>{@code
 * ConversationHub hub =
 *     ConversationHub.builder().agents(…).listener(new HubObservations(registry)).build();
 * }</pre>
 *
 * <p>{@code agentstream.run} is a run of a conversation, in it {@code agentstream.turn} each turn
 * of an agent, and in that {@code agentstream.model.call} each call to a model. Values that a user,
 * an agent or a model server chooses are of high cardinality, so they are in spans alone. No value
 * holds a prompt, a message or any other text of a model server. A token costs nothing. Safe from
 * any thread.
 */
public final class HubObservations implements DeliveryListener {

  private final ObservationRegistry registry;

  /** Creates a listener for {@link io.agentstream.hub.ConversationHubBuilder#listener}. */
  public HubObservations(ObservationRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void onConversation(ConversationBuilder conversation) {
    if (registry.isNoop()) {
      return;
    }
    ConversationObservations observations =
        new ConversationObservations(
            registry, conversation.id(), conversation.chat().speakerSelection());
    conversation.inlineListener(observations).modelCallListener(observations);
  }
}
