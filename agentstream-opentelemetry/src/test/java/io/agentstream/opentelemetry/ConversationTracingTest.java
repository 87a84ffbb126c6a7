package io.agentstream.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConversationTracingTest {

  @RegisterExtension
  static final OpenTelemetryExtension COLLECTED = OpenTelemetryExtension.create();

  private final ScriptedModel model = new ScriptedModel();

  @Test
  void one_line_makes_each_run_a_trace_of_turns_and_calls() {
    start();
    model.next().tokens("canary").complete();
    model.next().tokens("canary").complete();

    List<SpanData> spans = COLLECTED.getSpans();
    SpanData run = only(spans, "invoke_workflow round_robin");
    SpanData ann = only(spans, "invoke_agent Ann");
    SpanData ben = only(spans, "invoke_agent Ben");
    assertThat(spans).hasSize(5);
    assertThat(spans).extracting(SpanData::getTraceId).containsOnly(run.getTraceId());
    assertThat(List.of(ann, ben))
        .extracting(SpanData::getParentSpanId)
        .containsOnly(run.getSpanId());
    assertThat(spans)
        .filteredOn(span -> span.getName().startsWith("chat"))
        .extracting(SpanData::getParentSpanId)
        .containsExactlyInAnyOrder(ann.getSpanId(), ben.getSpanId());
  }

  @Test
  void no_span_holds_what_was_said() {
    start();
    model.next().tokens("canary").complete();
    model.next().fail(new IllegalStateException("canary"));
    assertThat(COLLECTED.getSpans()).isNotEmpty();
    assertThat(COLLECTED.getSpans().toString()).doesNotContain("canary");
  }

  @Test
  void a_call_that_fails_marks_itself_and_its_turn() {
    start();
    model.next().tokens("a").complete();
    model.next().fail(new IllegalStateException("canary"));
    assertThat(COLLECTED.getSpans())
        .filteredOn(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
        .extracting(SpanData::getName)
        .anyMatch(name -> name.equals("invoke_agent Ben"))
        .anyMatch(name -> name.startsWith("chat"));
  }

  private void start() {
    ConversationHub hub =
        ConversationHub.builder()
            .agents(
                Agent.builder("Ann").model(model).build(),
                Agent.builder("Ben").model(model).retryPolicy(RetryPolicy.none()).build())
            .executor(Runnable::run)
            .clock(new ManualClock())
            .listener(new ConversationTracing(COLLECTED.getOpenTelemetry()))
            .build();
    LocalViewer viewer = new LocalViewer(hub);
    viewer.command("start_conversation", Map.of("topic", "canary", "max_rounds", 1));
  }

  private static SpanData only(List<SpanData> spans, String name) {
    List<SpanData> found = spans.stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(found).as(name).hasSize(1);
    return found.get(0);
  }
}
