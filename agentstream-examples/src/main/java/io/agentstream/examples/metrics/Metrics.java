package io.agentstream.examples.metrics;

import io.agentstream.micrometer.HubMetrics;
import io.agentstream.settings.Quotas;
import io.agentstream.viewer.DeliveryListener;
import java.util.concurrent.CompletableFuture;

/**
 * The metrics of one server. Counting begins at once; the registry that publishes them is created
 * on a thread of its own, since a server should listen before a few hundred classes are loaded.
 */
public final class Metrics implements AutoCloseable {

  private final HubMetrics hub = new HubMetrics();
  private final Quotas quotas;
  private final CompletableFuture<MetricsRegistry> registry = new CompletableFuture<>();

  /**
   * Creates the metrics of a server.
   *
   * @param quotas how much it may hold
   */
  public Metrics(Quotas quotas) {
    this.quotas = quotas;
  }

  /** Returns the listener for the hub's builder. */
  public DeliveryListener listener() {
    return hub;
  }

  /** Makes the metrics readable; to be called once, when the server listens. */
  public void publish() {
    Thread making = new Thread(this::make, "agentstream-metrics");
    making.setDaemon(true);
    making.start();
  }

  private void make() {
    try {
      registry.complete(new MetricsRegistry(hub, quotas));
    } catch (RuntimeException | Error e) {
      registry.completeExceptionally(e);
    }
  }

  /**
   * Returns all metrics in Prometheus's text format 0.0.4. Waits while {@link #publish} is at work.
   */
  String scrape() {
    return registry.join().scrape();
  }

  /** Stops listening to the garbage collectors. */
  @Override
  public void close() {
    CompletableFuture<Void> unused = registry.thenAccept(MetricsRegistry::close);
  }
}
