package io.agentstream.examples.server;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ObservationConfig;
import io.agentstream.examples.metrics.Metrics;
import io.agentstream.examples.metrics.MetricsServlet;
import io.agentstream.examples.tracing.Tracing;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.settings.Quotas;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Metrics for whoever runs the server, and traces where an exporter is configured. */
final class Observation implements AutoCloseable {

  private final ObservationConfig config;
  private final Metrics metrics;
  private final Optional<Tracing> tracing;

  private Observation(ObservationConfig config, Quotas quotas, Optional<Tracing> tracing) {
    this.config = config;
    this.metrics = new Metrics(quotas);
    this.tracing = tracing;
  }

  /**
   * Begins to observe.
   *
   * @param quotas how much the server may hold
   * @throws ConfigException if the exporter's settings are wrong
   */
  static Observation start(ObservationConfig config, Quotas quotas, Map<String, String> environment)
      throws ConfigException {
    return new Observation(config, quotas, Tracing.start(config, environment));
  }

  /** Has {@code hub} observed. */
  void applyTo(ConversationHubBuilder hub) {
    hub.listener(metrics.listener());
    tracing.ifPresent(traced -> hub.listener(traced.listener()));
  }

  /** Makes the metrics readable; to be called when the server listens. */
  void publish() {
    metrics.publish();
  }

  MetricsServlet servlet() {
    return new MetricsServlet(metrics, config.metrics().open() || config.metrics().port() != null);
  }

  /** Returns how long {@link #close} may wait for a collector. */
  Duration longestClose() {
    return tracing.isPresent() ? Tracing.LONGEST_CLOSE : Duration.ZERO;
  }

  @Override
  public void close() {
    tracing.ifPresent(Tracing::close);
    metrics.close();
  }
}
