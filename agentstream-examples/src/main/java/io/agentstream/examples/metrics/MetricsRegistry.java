package io.agentstream.examples.metrics;

import io.agentstream.micrometer.HubMetrics;
import io.agentstream.settings.Quotas;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The metrics of the hub and of the JVM, for Prometheus. Safe from any thread. */
final class MetricsRegistry implements AutoCloseable {

  private static final double MEBIBYTE = 1024 * 1024;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  MetricsRegistry(HubMetrics hub, Quotas quotas) {
    hub.bindTo(registry);
    limit(
        "agentstream.conversations.running.limit",
        "Conversations that may run at once; 0 for any number",
        quotas.runningConversations());
    limit(
        "agentstream.conversations.kept.limit.bytes",
        "Estimated heap that the conversations in memory may take; 0 for any",
        quotas.keptMegabytes() * MEBIBYTE);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  private void limit(String name, String description, double value) {
    Gauge.builder(name, () -> value).description(description).register(registry);
  }

  String scrape() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
