package io.agentstream.micrometer;

import io.agentstream.viewer.StoreLoad;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The writes of a hub to its store; no meter if it has none. Safe from any thread. */
final class StoreMeters {

  private final BoundMeters bound;

  // Guarded by this.
  private final List<MeterRegistry> registries = new ArrayList<>();
  private @Nullable Supplier<StoreLoad> store;

  StoreMeters(BoundMeters bound) {
    this.bound = bound;
  }

  synchronized void read(Supplier<StoreLoad> load) {
    store = load;
    registries.forEach(registry -> register(registry, load));
  }

  synchronized void release() {
    store = null;
    registries.clear();
  }

  synchronized void bindTo(MeterRegistry registry) {
    registries.add(registry);
    if (store != null) {
      register(registry, store);
    }
  }

  private void register(MeterRegistry registry, Supplier<StoreLoad> load) {
    bound.add(registry, () -> registerIn(registry, load));
  }

  private static void registerIn(MeterRegistry registry, Supplier<StoreLoad> load) {
    FunctionTimer.builder(
            MetricNames.STORE_WRITES,
            load,
            from -> from.get().writes(),
            from -> from.get().writeNanos(),
            TimeUnit.NANOSECONDS)
        .description("Transactions that the store has committed, and how long they took")
        .register(registry);
    FunctionCounter.builder(MetricNames.STORE_FAILURES, load, from -> from.get().failures())
        .description("Attempts to write to the store that failed")
        .register(registry);
    Gauge.builder(MetricNames.STORE_QUEUED, load, from -> from.get().queued())
        .description("Conversations and commands that wait to be written to the store")
        .strongReference(true)
        .register(registry);
  }
}
