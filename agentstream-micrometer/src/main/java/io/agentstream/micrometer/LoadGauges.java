package io.agentstream.micrometer;

import io.agentstream.viewer.HubLoad;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The hub's load as gauges; NaN before there is a hub. Safe from any thread. */
final class LoadGauges {

  /** Gauges that a scrape reads one after the other show values of the same moment. */
  private static final long ONE_SCRAPE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private record Reading(HubLoad load, long at) {}

  private volatile @Nullable Supplier<HubLoad> hub;
  private volatile @Nullable Reading last;

  void read(Supplier<HubLoad> load) {
    hub = load;
  }

  void release() {
    hub = null;
  }

  void bindTo(MeterRegistry registry) {
    register(
        registry,
        MetricNames.CONVERSATIONS,
        "Conversations that run on this node",
        HubLoad::conversations);
    register(
        registry,
        MetricNames.CONVERSATIONS_KEPT,
        "Conversations in memory, running or ended",
        HubLoad::keptConversations);
    register(
        registry,
        MetricNames.KEPT_BYTES,
        "Estimated heap of the conversations in memory, an upper bound",
        HubLoad::keptBytes);
    register(
        registry, MetricNames.CONNECTIONS, "Open connections of viewers", HubLoad::connections);
    register(
        registry,
        MetricNames.UNAUTHENTICATED,
        "Connections whose viewers have not authenticated yet",
        HubLoad::unauthenticated);
    register(registry, MetricNames.VIEWERS, "Conversations that connections view", HubLoad::views);
    register(
        registry,
        MetricNames.ANSWERS_WAITING,
        "Replies to commands that wait for a socket",
        HubLoad::answersWaiting);
    register(
        registry,
        MetricNames.VIEWERS_BEHIND,
        "Views that have not been sent the newest event",
        HubLoad::viewsBehind);
    register(
        registry,
        MetricNames.EVENTS_BEHIND,
        "Events that those views are behind, in total",
        HubLoad::eventsBehind);
    register(
        registry,
        MetricNames.DRAINING,
        "1 once the server drains, else 0",
        load -> load.draining() ? 1 : 0);
  }

  private void register(
      MeterRegistry registry, String name, String description, ToDoubleFunction<HubLoad> value) {
    Gauge.builder(name, this, gauges -> gauges.valueOf(value))
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private double valueOf(ToDoubleFunction<HubLoad> value) {
    Supplier<HubLoad> from = hub;
    return from == null ? Double.NaN : value.applyAsDouble(current(from));
  }

  private HubLoad current(Supplier<HubLoad> from) {
    long now = System.nanoTime();
    Reading reading = last;
    if (reading == null || now - reading.at() > ONE_SCRAPE_NANOS) {
      reading = new Reading(from.get(), now);
      last = reading;
    }
    return reading.load();
  }
}
