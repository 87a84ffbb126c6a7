package io.agentstream.examples.metrics;

import io.agentstream.chat.ModelFailure;
import io.agentstream.delivery.ConversationHub;
import io.agentstream.delivery.HubLoad;
import io.agentstream.event.ErrorCode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The counts and the hub's load as metrics. Safe from any thread. */
final class MetricsRegistry implements AutoCloseable {

  private static final Duration[] FIRST_TOKEN_BUCKETS =
      Stream.of(50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ConversationHub hub;
  private final Timer timeToFirstToken;
  private final JvmGcMetrics gc = new JvmGcMetrics();
  // Read once for each scrape, so that its values belong together.
  private volatile HubLoad load;

  MetricsRegistry(Counts counts, ConversationHub hub) {
    this.hub = hub;
    this.load = hub.load();
    this.timeToFirstToken =
        Timer.builder(MetricNames.TIME_TO_FIRST_TOKEN)
            .description("From an agent taking the floor to the first token of its answer")
            .serviceLevelObjectives(FIRST_TOKEN_BUCKETS)
            .register(registry);
    conversations(counts);
    delivery(counts);
    models(counts);
    jvm();
  }

  private void conversations(Counts counts) {
    gauge(MetricNames.CONVERSATIONS, "Conversations that run here", HubLoad::conversations);
    gauge(
        MetricNames.CONVERSATIONS_KEPT,
        "Conversations that are here, run they or not",
        HubLoad::keptConversations);
    gauge(
        MetricNames.KEPT_BYTES,
        "Heap that those take at the most, by an estimate",
        HubLoad::keptBytes);
    counter(MetricNames.CONVERSATIONS_STARTED, "Runs of conversations begun", counts.started);
    counters(
        MetricNames.CONVERSATIONS_ENDED,
        "Runs of conversations ended",
        MetricNames.REASON,
        counts.ended);
    String tokens = "Pieces of text that models have sent";
    counter(MetricNames.TOKENS, tokens, MetricNames.KIND, "answer", counts.tokens);
    counter(MetricNames.TOKENS, tokens, MetricNames.KIND, "thinking", counts.thinkingTokens);
  }

  private void delivery(Counts counts) {
    gauge(MetricNames.CONNECTIONS, "Open connections of viewers", HubLoad::connections);
    gauge(
        MetricNames.UNAUTHENTICATED,
        "Connections whose viewers have still to authenticate",
        HubLoad::unauthenticated);
    counters(
        MetricNames.REFUSALS,
        "Commands refused by a limit of the server's own",
        MetricNames.CODE,
        counts.refusals);
    gauge(MetricNames.VIEWERS, "Conversations that connections view", HubLoad::views);
    gauge(
        MetricNames.ANSWERS_WAITING,
        "Answers to commands that wait for a socket",
        HubLoad::answersWaiting);
    gauge(
        MetricNames.VIEWERS_BEHIND,
        "Views that have not been sent the newest event",
        HubLoad::viewsBehind);
    gauge(
        MetricNames.EVENTS_BEHIND,
        "Events that those views are behind, in sum",
        HubLoad::eventsBehind);
    counter(MetricNames.FRAMES_SENT, "Frames handed to sockets", counts.frames);
    counter(MetricNames.FRAMES_MERGED, "Frames of several tokens", counts.mergedFrames);
    counter(MetricNames.TOKENS_MERGED, "Tokens in frames of several", counts.mergedTokens);
    counter(MetricNames.RESYNCS, "Snapshots for viewers that fell behind", counts.resyncs);
    Gauge.builder(MetricNames.DRAINING, hub, server -> server.isDraining() ? 1 : 0)
        .description("1 while the server is about to end, else 0")
        .strongReference(true)
        .register(registry);
  }

  private void models(Counts counts) {
    counter(MetricNames.MODEL_CALLS, "Calls to models", counts.modelCalls);
    counts.upstreamErrors.forEach(
        (cause, adder) -> upstreamErrors(ModelFailure.codeOf(cause), name(cause), adder));
    upstreamErrors(ErrorCode.INTERNAL, "none", counts.otherErrors);
    counter(MetricNames.UPSTREAM_RETRIES, "Calls made again after a failure", counts.retries);
  }

  private void upstreamErrors(ErrorCode code, String cause, LongAdder adder) {
    FunctionCounter.builder(MetricNames.UPSTREAM_ERRORS, adder, LongAdder::sum)
        .description("Calls to models that failed")
        .tag(MetricNames.CODE, name(code))
        .tag(MetricNames.CAUSE, cause)
        .register(registry);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void jvm() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<HubLoad> value) {
    Gauge.builder(name, this, self -> value.applyAsDouble(self.load))
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private void counter(String name, String description, LongAdder adder) {
    FunctionCounter.builder(name, adder, LongAdder::sum)
        .description(description)
        .register(registry);
  }

  private void counter(
      String name, String description, String label, String value, LongAdder adder) {
    FunctionCounter.builder(name, adder, LongAdder::sum)
        .description(description)
        .tag(label, value)
        .register(registry);
  }

  private void counters(
      String name, String description, String label, Map<? extends Enum<?>, LongAdder> adders) {
    adders.forEach((value, adder) -> counter(name, description, label, name(value), adder));
  }

  Timer timeToFirstToken() {
    return timeToFirstToken;
  }

  String scrape() {
    load = hub.load();
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
