package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentstream.test.Eventually;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class TracingIT {

  private static final String LOST = "has not taken the last spans; they may be lost";

  @TempDir Path folder;

  @Test
  void a_conversation_is_one_trace_of_turns_and_calls_without_content() throws Exception {
    try (TraceReceiver collector = new TraceReceiver()) {
      String conversationId =
          converse("", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()));

      List<Span> spans = collector.spans();
      Span run = only(spans, "invoke_workflow round_robin");
      Span well = only(spans, "invoke_agent Well");
      Span ill = only(spans, "invoke_agent Ill");
      Span answered = only(spans, "chat well");
      Span failed = only(spans, "chat ill");
      assertThat(spans).hasSize(5);
      assertThat(spans).extracting(Span::getTraceId).containsOnly(run.getTraceId());
      assertThat(run.getParentSpanId()).isEqualTo(ByteString.EMPTY);
      assertThat(List.of(well, ill))
          .extracting(Span::getParentSpanId)
          .containsOnly(run.getSpanId());
      assertThat(answered.getParentSpanId()).isEqualTo(well.getSpanId());
      assertThat(failed.getParentSpanId()).isEqualTo(ill.getSpanId());
      assertThat(List.of(answered, failed))
          .extracting(Span::getKind)
          .containsOnly(Span.SpanKind.SPAN_KIND_CLIENT);

      assertThat(attributes(run))
          .isEqualTo(
              Map.of(
                  "gen_ai.operation.name", "invoke_workflow",
                  "gen_ai.workflow.name", "round_robin",
                  "gen_ai.conversation.id", conversationId,
                  "agentstream.end_reason", "max_rounds"));
      assertThat(attributes(well))
          .isEqualTo(
              Map.of(
                  "gen_ai.operation.name", "invoke_agent",
                  "gen_ai.provider.name", "openai",
                  "gen_ai.agent.name", "Well",
                  "gen_ai.request.model", "well",
                  "gen_ai.conversation.id", conversationId,
                  "gen_ai.response.finish_reasons", "[stop]",
                  "gen_ai.usage.input_tokens", "7",
                  "gen_ai.usage.output_tokens", "2"));
      assertThat(attributes(answered))
          .isEqualTo(
              Map.of(
                  "gen_ai.operation.name", "chat",
                  "gen_ai.provider.name", "openai",
                  "gen_ai.request.model", "well",
                  "gen_ai.request.stream", "true",
                  "gen_ai.conversation.id", conversationId,
                  "gen_ai.response.finish_reasons", "[stop]",
                  "gen_ai.usage.input_tokens", "7",
                  "gen_ai.usage.output_tokens", "2"));
      assertThat(List.of(ill, failed))
          .allSatisfy(
              span -> {
                assertThat(span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
                assertThat(attributes(span)).containsEntry("error.type", "upstream_error");
              });
      assertThat(well.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
      assertThat(collector.received().toString()).contains("agentstream").doesNotContain("canary");
    }
  }

  @Test
  void the_endpoint_may_stand_in_the_configuration_and_the_environment_can_switch_it_off()
      throws Exception {
    try (TraceReceiver collector = new TraceReceiver()) {
      String tracing = ", \"tracing\": {\"otlp_endpoint\": \"" + collector.endpoint() + "\"}";
      converse(tracing, Map.of("OTEL_TRACES_EXPORTER", "none"));
      assertThat(collector.spans()).isEmpty();
      converse(tracing, Map.of());
      assertThat(collector.spans()).hasSize(5);
    }
  }

  @Test
  void wrong_settings_of_the_exporter_are_told_in_one_line() {
    ServerProcess own =
        ServerProcess.runToEnd(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost"), "--port", "0");
    assertThat(own.awaitExit()).isEqualTo(2);
    assertThat(own.output()).isEmpty();
    assertThat(own.errors().lines())
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("agentstream: tracing: "));
  }

  @Test
  void a_server_that_stops_waits_for_a_collector_that_takes_its_time_but_viewers_need_not()
      throws Exception {
    try (TraceReceiver collector = new TraceReceiver()) {
      collector.hold();
      // The first span is under way when the others end.
      Map<String, String> sendingAtOnce = patientExporter(collector, Duration.ofMillis(1));
      converse(
          "",
          sendingAtOnce,
          (server, viewer) -> {
            assertThat(viewer.closed().join()).isEqualTo(1001);
            Eventually.await(
                "the server says that it waits",
                () -> server.errors().contains("has not taken the last spans yet"));
            collector.goOn();
          });
      assertThat(collector.spans()).hasSize(5);
    }
  }

  @Test
  void a_collector_that_never_answers_keeps_no_server_from_ending() throws Exception {
    try (TraceReceiver collector = new TraceReceiver()) {
      collector.hold();
      Ended ended = converse("", sendingAtTheEnd(collector), (server, viewer) -> {});
      assertThat(ended.log()).contains(LOST);
    }
  }

  @Test
  void the_last_spans_that_a_collector_refuses_are_told_of() throws Exception {
    try (TraceReceiver collector = new TraceReceiver()) {
      collector.refuse();
      Ended ended = converse("", sendingAtTheEnd(collector), (server, viewer) -> {});
      assertThat(ended.log()).contains(LOST);
    }
  }

  private static Map<String, String> sendingAtTheEnd(TraceReceiver collector) {
    return patientExporter(collector, Duration.ofMinutes(5));
  }

  /** It gives up later than the server that stops. */
  private static Map<String, String> patientExporter(TraceReceiver collector, Duration every) {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(),
        "OTEL_EXPORTER_OTLP_TIMEOUT", "60000",
        "OTEL_BSP_SCHEDULE_DELAY", Long.toString(every.toMillis()));
  }

  private record Ended(String conversationId, String log) {}

  /** Runs a conversation to its end and the server too; gives the conversation's id. */
  private String converse(String config, Map<String, String> environment) throws Exception {
    return converse(config, environment, (server, viewer) -> {}).conversationId();
  }

  /** Does the same, and calls {@code stopping} after SIGTERM. */
  private Ended converse(
      String config, Map<String, String> environment, BiConsumer<ServerProcess, Viewer> stopping)
      throws Exception {
    HttpServer model =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.createContext("/", TracingIT::answer);
    model.start();
    Path file = Files.writeString(folder.resolve("config.json"), agents(config));
    Map<String, String> all = new HashMap<>(environment);
    all.put("OPENAI_BASE_URL", "http://127.0.0.1:" + model.getAddress().getPort() + "/v1");
    try (ServerProcess server = ServerProcess.start(all, "--config", file.toString())) {
      Viewer viewer = Viewer.connect(HttpClient.newHttpClient(), server.webSocket());
      viewer.send("start_conversation", Map.of("topic", "canary-topic", "max_rounds", 1));
      String id = viewer.first("conversation_ended").join().get("conversation_id").asText();
      server.terminate();
      stopping.accept(server, viewer);
      assertThat(server.awaitExit()).isZero();
      return new Ended(id, server.errors());
    } finally {
      model.stop(0);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean well = request.contains("\"well\"");
    String body =
        """
        data: {"id": "canary-id", "model": "canary-model", "choices": [{"delta": {"content": "canary"}, "finish_reason": "stop"}]}

        data: {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}}

        data: [DONE]

        """;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(well ? 200 : 401, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static Span only(List<Span> spans, String name) {
    List<Span> found = spans.stream().filter(span -> span.getName().equals(name)).toList();
    assertThat(found).as(name + " in " + spans.stream().map(Span::getName).toList()).hasSize(1);
    return found.get(0);
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, attribute -> text(attribute.getValue())));
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(TracingIT::text).toList().toString();
      default -> value.toString();
    };
  }

  private static String agents(String more) {
    return """
      {"agents": [
        {"name": "Well", "description": "d", "system_prompt": "canary-prompt", "model": "well"},
        {"name": "Ill", "description": "d", "system_prompt": "canary-prompt", "model": "ill"}]%s}
      """
        .formatted(more);
  }
}
