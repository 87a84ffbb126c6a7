package io.agentstream.examples.server;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.delivery.ConversationHub;
import io.agentstream.delivery.DeliveryListener;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ObservationConfig;
import io.agentstream.examples.metrics.Metrics;
import io.agentstream.examples.metrics.MetricsServlet;
import io.agentstream.examples.tracing.Tracing;
import java.util.Map;
import java.util.Optional;

/** What is told to whoever runs the server: metrics, and traces where an exporter is configured. */
final class Observation implements DeliveryListener, AutoCloseable {

  private final ObservationConfig config;
  private final Metrics metrics = new Metrics();
  private final DeliveryListener counting = metrics.listener();
  private final Optional<Tracing> tracing;

  private Observation(ObservationConfig config, Optional<Tracing> tracing) {
    this.config = config;
    this.tracing = tracing;
  }

  /**
   * Begins to observe.
   *
   * @throws ConfigException if the exporter's settings are wrong
   */
  static Observation start(ObservationConfig config, Map<String, String> environment)
      throws ConfigException {
    return new Observation(config, Tracing.start(config, environment));
  }

  /** Makes the metrics ready to be read; to be called when the server listens. */
  void publish(ConversationHub hub) {
    metrics.publish(hub);
  }

  MetricsServlet servlet() {
    return new MetricsServlet(metrics, config.metrics().open() || config.metrics().port() != null);
  }

  @Override
  public void onConversation(ConversationBuilder conversation) {
    counting.onConversation(conversation);
    tracing.ifPresent(traced -> traced.onConversation(conversation));
  }

  @Override
  public void onFrame() {
    counting.onFrame();
  }

  @Override
  public void onMerge(int tokens) {
    counting.onMerge(tokens);
  }

  @Override
  public void onResync() {
    counting.onResync();
  }

  @Override
  public void close() {
    tracing.ifPresent(Tracing::close);
    metrics.close();
  }
}
