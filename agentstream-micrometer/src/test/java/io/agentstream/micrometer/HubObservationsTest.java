package io.agentstream.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubObservationsTest {

  private final ScriptedModel model = new ScriptedModel();
  private final ObservationRegistry registry = ObservationRegistry.create();
  private final List<Observation.Context> stopped = new ArrayList<>();

  @BeforeEach
  void observe() {
    registry.observationConfig().observationHandler(new Stopped());
  }

  @Test
  void a_run_holds_its_turns_and_a_turn_its_calls() {
    start();
    model.next().tokens("canary").complete();
    model.next().tokens("canary").complete();

    assertThat(stopped).hasSize(5);
    Observation.Context run = only("invoke_workflow round_robin");
    Observation.Context ann = only("invoke_agent Ann");
    Observation.Context ben = only("invoke_agent Ben");
    assertThat(parent(run)).isNotIn(stopped);
    assertThat(List.of(ann, ben)).extracting(HubObservationsTest::parent).containsOnly(run);
    assertThat(stopped)
        .filteredOn(each -> each.getName().equals("agentstream.model.call"))
        .extracting(HubObservationsTest::parent)
        .containsExactly(ann, ben);
  }

  /** As in a web request, whose observation holds the request. */
  @Test
  void a_run_does_not_keep_the_observation_in_which_it_starts() {
    Observation request = Observation.start("request", registry);
    request.scoped(this::start);
    model.next().tokens("a").complete();
    model.next().tokens("b").complete();
    assertThat(parent(only("invoke_workflow round_robin"))).isNotEqualTo(request.getContext());
  }

  @Test
  void a_failure_marks_its_call_and_its_turn_and_tells_no_text() {
    start();
    model.next().tokens("canary").complete();
    model.next().fail(new IllegalStateException("canary"));

    assertThat(stopped)
        .filteredOn(each -> each.getError() != null)
        .extracting(Observation.Context::getName)
        .contains("agentstream.model.call", "agentstream.turn");
    assertThat(code(only("invoke_agent Ben"))).isNotEqualTo("none");
    assertThat(stopped.toString()).doesNotContain("canary");
  }

  /** Prometheus refuses a meter whose tags differ from those of the first one of its name. */
  @Test
  void timers_of_a_name_have_the_same_tags_and_no_name_of_an_agent() {
    MeterRegistry meters = new SimpleMeterRegistry();
    registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    start();
    model.next().tokens("a").complete();
    model.next().fail(new IllegalStateException("canary"));

    for (String name : List.of("agentstream.run", "agentstream.turn", "agentstream.model.call")) {
      List<Meter.Id> timers = meters.find(name).timers().stream().map(Timer::getId).toList();
      assertThat(timers).as(name).isNotEmpty();
      assertThat(timers)
          .extracting(id -> id.getTags().stream().map(tag -> tag.getKey()).toList())
          .as(name)
          .containsOnly(timers.get(0).getTags().stream().map(tag -> tag.getKey()).toList());
      assertThat(timers.toString()).doesNotContain("Ann").doesNotContain("Ben");
    }
    assertThat(meters.get("agentstream.turn").timers()).hasSize(2);
  }

  @Test
  void a_registry_that_observes_nothing_costs_no_listener() {
    new LocalViewer(hub(new HubObservations(ObservationRegistry.NOOP)))
        .command("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1));
    model.next().tokens("a").complete();
    model.next().tokens("b").complete();
    assertThat(stopped).isEmpty();
  }

  private void start() {
    new LocalViewer(hub(new HubObservations(registry)))
        .command("start_conversation", Map.of("topic", "canary", "max_rounds", 1));
  }

  private ConversationHub hub(HubObservations observations) {
    return ConversationHub.builder()
        .agents(
            Agent.builder("Ann").model(model).build(),
            Agent.builder("Ben").model(model).retryPolicy(RetryPolicy.none()).build())
        .executor(Runnable::run)
        .clock(new ManualClock())
        .listener(observations)
        .build();
  }

  private static Object parent(Observation.Context context) {
    return Objects.requireNonNull(context.getParentObservation()).getContextView();
  }

  private static String code(Observation.Context context) {
    return Objects.requireNonNull(context.getLowCardinalityKeyValue("code")).getValue();
  }

  private Observation.Context only(String contextualName) {
    List<Observation.Context> found =
        stopped.stream().filter(each -> contextualName.equals(each.getContextualName())).toList();
    assertThat(found).as(contextualName).hasSize(1);
    return found.get(0);
  }

  /** Collects what has ended. */
  private final class Stopped implements ObservationHandler<Observation.Context> {
    @Override
    public void onStop(Observation.Context context) {
      stopped.add(context);
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
      return true;
    }
  }
}
