package io.agentstream.micrometer;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ErrorCode;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.StoreLoad;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;

/**
 * Publishes a hub's metrics in a Micrometer registry:
 *
 * <pre>{@code
 * ConversationHub hub = ConversationHub.builder().agents(…).listener(HubMetrics.of(registry)).build();
 * }</pre>
 *
 * <p>All names begin with {@code agentstream.}; the README lists them. No tag has a value that a
 * user, an agent or a model server chooses, so their number is bounded. A token costs one addition.
 *
 * <p>An object belongs to one hub. It counts from its construction, so it can be bound to a
 * registry later, also to several registries. Safe from any thread.
 */
public final class HubMetrics implements DeliveryListener, MeterBinder, AutoCloseable {

  private final FirstTokens firstTokens = new FirstTokens();
  private final Counts counts = new Counts(firstTokens::record);
  private final LoadGauges gauges = new LoadGauges();
  private final BoundMeters bound = new BoundMeters();
  private final StoreMeters store = new StoreMeters(bound);

  /** Creates metrics that count at once and are published by {@link #bindTo}. */
  public HubMetrics() {}

  /** Returns metrics that are published in {@code registry}. */
  public static HubMetrics of(MeterRegistry registry) {
    HubMetrics metrics = new HubMetrics();
    metrics.bindTo(registry);
    return metrics;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bound.add(registry, () -> register(registry));
    store.bindTo(registry);
  }

  private void register(MeterRegistry registry) {
    gauges.bindTo(registry);
    counts.bindTo(registry);
    firstTokens.add(
        Timer.builder(MetricNames.TIME_TO_FIRST_TOKEN)
            .description("From an agent taking the floor to the first token of its message")
            .serviceLevelObjectives(FirstTokens.BUCKETS)
            .register(registry));
  }

  /**
   * Removes the metrics from the registries. Call this after the hub has closed if a registry
   * outlives the application, as Micrometer's global one does where a server or
   * spring-boot-devtools loads Micrometer; otherwise the registry keeps the hub and the
   * application's class loader.
   */
  @Override
  public void close() {
    bound.remove();
    gauges.release();
    store.release();
  }

  @Override
  public void onHub(Supplier<HubLoad> load) {
    gauges.read(load);
  }

  @Override
  public void onStore(Supplier<StoreLoad> load) {
    store.read(load);
  }

  @Override
  public void onConversation(ConversationBuilder conversation) {
    counts.onConversation(conversation);
  }

  @Override
  public void onFrame() {
    counts.onFrame();
  }

  @Override
  public void onMerge(int tokens) {
    counts.onMerge(tokens);
  }

  @Override
  public void onResync() {
    counts.onResync();
  }

  @Override
  public void onRefused(ErrorCode code) {
    counts.onRefused(code);
  }
}
