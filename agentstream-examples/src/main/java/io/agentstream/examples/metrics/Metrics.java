package io.agentstream.examples.metrics;

import io.agentstream.delivery.ConversationHub;
import io.agentstream.delivery.DeliveryListener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The metrics of one server. Counting begins at once; the registry that tells of it is made on a
 * thread of its own, since a server should listen before a few hundred classes are loaded.
 */
public final class Metrics implements AutoCloseable {

  private final Counts counts = new Counts(this::firstToken);
  private final CompletableFuture<MetricsRegistry> registry = new CompletableFuture<>();

  /** What counts, for the hub's builder. */
  public DeliveryListener listener() {
    return counts;
  }

  /** Gets ready to be read; to be called once, when the server listens. */
  public void publish(ConversationHub hub) {
    Thread making = new Thread(() -> make(hub), "agentstream-metrics");
    making.setDaemon(true);
    making.start();
  }

  private void make(ConversationHub hub) {
    try {
      registry.complete(new MetricsRegistry(counts, hub));
    } catch (RuntimeException | Error e) {
      registry.completeExceptionally(e);
    }
  }

  /** An answer's first token; kept for the registry while that is still made. */
  private void firstToken(long nanos) {
    Duration after = Duration.ofNanos(nanos);
    CompletableFuture<Void> unused =
        registry.thenAccept(made -> made.timeToFirstToken().record(after));
  }

  /** All metrics in Prometheus's text format 0.0.4; waits while {@link #publish} is at work. */
  String scrape() {
    return registry.join().scrape();
  }

  /** Stops listening to the garbage collectors. */
  @Override
  public void close() {
    CompletableFuture<Void> unused = registry.thenAccept(MetricsRegistry::close);
  }
}
