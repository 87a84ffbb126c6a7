package io.agentstream.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Registers adders as counters. */
record CounterRegistry(MeterRegistry registry) {

  void counter(String name, String description, LongAdder adder) {
    counter(name, description, Tags.empty(), adder);
  }

  void counter(String name, String description, Tags tags, LongAdder adder) {
    FunctionCounter.builder(name, adder, LongAdder::sum)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  /**
   * Registers one counter for each value of an enumeration, with the value's name as {@code tag}.
   */
  void counters(
      String name, String description, String tag, Map<? extends Enum<?>, LongAdder> adders) {
    adders.forEach((value, adder) -> counter(name, description, Tags.of(tag, name(value)), adder));
  }

  static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
