package io.agentstream.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.StoreLoad;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HubMetricsTest {

  private final ScriptedModel model = new ScriptedModel();
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void one_line_publishes_what_a_hub_does() {
    LocalViewer viewer = new LocalViewer(hub(HubMetrics.of(registry)));
    viewer.command("nonsense", Map.of());
    assertThat(value("agentstream.connections")).isEqualTo(1);

    converse(viewer);

    assertThat(value("agentstream.conversations.started")).isEqualTo(1);
    assertThat(value("agentstream.conversations.ended", "reason", "max_rounds")).isEqualTo(1);
    assertThat(value("agentstream.conversations.ended", "reason", "failed")).isZero();
    assertThat(value("agentstream.tokens", "kind", "answer")).isEqualTo(3);
    assertThat(value("agentstream.model.calls")).isEqualTo(1);
    assertThat(value("agentstream.frames.sent")).isGreaterThan(5);
    assertThat(value("agentstream.draining")).isZero();
    assertThat(registry.get("agentstream.time.to.first.token").timer().count()).isEqualTo(1);
  }

  @Test
  void refused_commands_are_counted_by_the_limit_that_refused_them() {
    LocalViewer viewer = new LocalViewer(hub(HubMetrics.of(registry)));
    for (int i = 0; i < 1_000; i++) {
      viewer.command("list_agents", Map.of());
    }
    assertThat(value("agentstream.refusals", "code", "rate_limited")).isPositive();
    assertThat(value("agentstream.refusals", "code", "budget_exceeded")).isZero();
  }

  @Test
  void what_happened_before_a_registry_is_bound_is_published_in_it() {
    HubMetrics metrics = new HubMetrics();
    converse(new LocalViewer(hub(metrics)));
    metrics.bindTo(registry);
    assertThat(value("agentstream.tokens", "kind", "answer")).isEqualTo(3);
    assertThat(registry.get("agentstream.time.to.first.token").timer().count()).isEqualTo(1);
  }

  @Test
  void several_registries_get_the_same() {
    HubMetrics metrics = HubMetrics.of(registry);
    MeterRegistry second = new SimpleMeterRegistry();
    metrics.bindTo(second);
    converse(new LocalViewer(hub(metrics)));
    assertThat(names(second)).isEqualTo(names(registry)).hasSizeGreaterThan(20);
    for (MeterRegistry each : Set.of(registry, second)) {
      assertThat(each.get("agentstream.time.to.first.token").timer().count()).isEqualTo(1);
      assertThat(each.get("agentstream.model.calls").functionCounter().count()).isEqualTo(1);
    }
  }

  @Test
  void without_a_hub_there_is_no_load() {
    HubMetrics unused = HubMetrics.of(registry);
    assertThat(registry.get("agentstream.connections").gauge().value()).isNaN();
  }

  @Test
  void a_store_publishes_its_writes_failures_and_queue_whenever_a_registry_is_bound() {
    AtomicReference<StoreLoad> load = new AtomicReference<>(new StoreLoad(2, 3_000_000, 1, 5));
    HubMetrics metrics = HubMetrics.of(registry);
    MeterRegistry later = new SimpleMeterRegistry();
    metrics.onStore(load::get);
    metrics.bindTo(later);
    load.set(new StoreLoad(4, 8_000_000, 1, 7));
    for (MeterRegistry each : Set.of(registry, later)) {
      FunctionTimer writes = each.get("agentstream.store.writes").functionTimer();
      assertThat(writes.count()).isEqualTo(4);
      assertThat(writes.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(8);
      assertThat(each.get("agentstream.store.failures").functionCounter().count()).isEqualTo(1);
      assertThat(each.get("agentstream.store.queued").gauge().value()).isEqualTo(7);
    }
  }

  /** As Micrometer's global registry does, which outlives the applications of a server. */
  @Test
  void a_registry_that_stays_does_not_keep_a_hub_whose_metrics_are_closed() {
    Counter others = registry.counter("others");
    MeterRegistry composite = new CompositeMeterRegistry(Clock.SYSTEM, Set.of(registry));
    HubMetrics metrics = HubMetrics.of(composite);
    WeakReference<ConversationHub> hub = new WeakReference<>(hub(metrics));
    metrics.onStore(() -> new StoreLoad(2, 3_000_000, 1, 5));
    assertThat(names(registry)).hasSizeGreaterThan(20);

    metrics.close();

    assertThat(registry.getMeters()).containsExactly(others);
    Eventually.awaitCollection("the hub", hub);
  }

  @Test
  void a_hub_without_a_store_has_no_meter_of_one() {
    ConversationHub unused = hub(HubMetrics.of(registry));
    assertThat(registry.find("agentstream.store.writes").meter()).isNull();
  }

  private ConversationHub hub(HubMetrics metrics) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .executor(Runnable::run)
        .clock(new ManualClock())
        .listener(metrics)
        .build();
  }

  private void converse(LocalViewer viewer) {
    viewer.command("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1));
    model.next().tokens("x", "y", "z").complete();
  }

  private double value(String name, String... tags) {
    return registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
  }

  private static Set<Meter.Id> names(MeterRegistry of) {
    return of.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
  }
}
