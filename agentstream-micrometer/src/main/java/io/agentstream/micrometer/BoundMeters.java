package io.agentstream.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The meters of one hub in registries, so that they can be removed. Safe from any thread. */
final class BoundMeters {

  // Guarded by this.
  private final IdentityHashMap<MeterRegistry, List<Meter>> byRegistry = new IdentityHashMap<>();

  /** Runs {@code registering}, and remembers the meters that it adds to the registry. */
  synchronized void add(MeterRegistry registry, Runnable registering) {
    Set<Meter> before = new HashSet<>(registry.getMeters());
    registering.run();
    List<Meter> own = byRegistry.computeIfAbsent(registry, unused -> new ArrayList<>());
    for (Meter meter : registry.getMeters()) {
      // Another thread may have registered one of the application's meanwhile.
      if (!before.contains(meter) && meter.getId().getName().startsWith(MetricNames.PREFIX)) {
        own.add(meter);
      }
    }
  }

  synchronized void remove() {
    byRegistry.forEach((registry, own) -> own.forEach(registry::remove));
    byRegistry.clear();
  }
}
