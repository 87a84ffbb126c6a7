package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.micrometer.HubMetrics;
import io.agentstream.micrometer.HubObservations;
import io.agentstream.opentelemetry.ConversationTracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Metrics and traces of what the application has. */
class ObservationTest {

  private final WebApplicationContextRunner runner =
      AutoConfigurationTest.bare().withUserConfiguration(AutoConfigurationTest.TwoAgents.class);

  @Test
  void metrics_need_a_registry() {
    runner.run(context -> assertThat(context).doesNotHaveBean(HubMetrics.class));
    runner
        .withBean(SimpleMeterRegistry.class)
        .run(context -> assertThat(context).hasSingleBean(HubMetrics.class));
  }

  @Test
  void observations_need_a_registry_and_leave_spans_to_OpenTelemetry() {
    runner.run(context -> assertThat(context).doesNotHaveBean(HubObservations.class));
    WebApplicationContextRunner observed =
        runner.withBean(ObservationRegistry.class, ObservationRegistry::create);
    observed.run(context -> assertThat(context).hasSingleBean(HubObservations.class));
    observed
        .withBean(OpenTelemetry.class, OpenTelemetry::noop)
        .run(context -> assertThat(context).doesNotHaveBean(HubObservations.class));
  }

  @Test
  void traces_need_an_OpenTelemetry() {
    runner.run(context -> assertThat(context).doesNotHaveBean(ConversationTracing.class));
    runner
        .withBean(OpenTelemetry.class, OpenTelemetry::noop)
        .run(context -> assertThat(context).hasSingleBean(ConversationTracing.class));
  }
}
