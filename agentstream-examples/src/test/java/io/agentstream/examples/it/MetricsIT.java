package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCause;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hawkular.agent.prometheus.types.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class MetricsIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final StubModelServer model = StubModelServer.start();
  private ServerProcess server;

  @TempDir Path folder;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    model.close();
  }

  @Test
  void what_is_counted_is_what_the_viewer_got() throws Exception {
    CountDownLatch rest = new CountDownLatch(1);
    model.enqueue(
        StubAnswer.stream().tokens(100).stallUntil(rest).tokens(100).finish("stop").done());
    model.otherwise(StubAnswer.stream().tokens(100).finish("stop").done());
    start(Map.of("OPENAI_BASE_URL", model.baseUrl()));
    Viewer viewer = Viewer.connect(CLIENT, server.webSocket());
    viewer.send("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1));
    viewer.first("streaming_token").join();

    ScrapedMetrics during = ScrapedMetrics.of(server);
    assertThat(during.value("agentstream_conversations_running")).isEqualTo(1);
    assertThat(during.value("agentstream_conversations_started_total")).isEqualTo(1);
    assertThat(during.value("agentstream_conversations_ended_total")).isZero();
    assertThat(during.value("agentstream_connections")).isEqualTo(1);
    assertThat(during.value("agentstream_viewers")).isEqualTo(1);
    assertThat(during.value("agentstream_tokens_total")).isPositive();
    assertThat(during.value("agentstream_draining")).isZero();

    rest.countDown();
    viewer.first("conversation_ended").join();
    ScrapedMetrics after = afterTheEnd();
    assertThat(after.value("agentstream_conversations_started_total")).isEqualTo(1);
    assertThat(after.value("agentstream_conversations_ended_total", Map.of("reason", "max_rounds")))
        .isEqualTo(1);
    assertThat(after.value("agentstream_tokens_total", Map.of("kind", "answer")))
        .isEqualTo(tokens(viewer));
    assertThat(after.value("agentstream_frames_sent_total")).isEqualTo(viewer.frames().size());
    assertThat(after.value("agentstream_frames_merged_total")).isEqualTo(merged(viewer).count());
    assertThat(after.value("agentstream_tokens_merged_total"))
        .isEqualTo(merged(viewer).mapToLong(MetricsIT::tokensIn).sum());
    assertThat(after.value("agentstream_model_calls_total")).isEqualTo(3);
    assertThat(after.value("agentstream_upstream_errors_total")).isZero();
    assertThat(after.value("agentstream_resyncs_total")).isZero();
    assertThat(after.value("agentstream_events_behind")).isZero();
    Histogram firstTokens = after.histogram("agentstream_time_to_first_token_seconds");
    assertThat(firstTokens.getSampleCount()).isEqualTo(3);
    assertThat(firstTokens.getSampleSum()).isBetween(0.0, 120.0);
  }

  /** A run counts as running until its result is known, just after its last event. */
  private ScrapedMetrics afterTheEnd() throws Exception {
    ScrapedMetrics scraped = ScrapedMetrics.of(server);
    while (scraped.value("agentstream_conversations_running") > 0) {
      scraped = ScrapedMetrics.of(server);
    }
    return scraped;
  }

  @Test
  void calls_that_fail_are_counted_by_code_and_so_are_those_made_again() throws Exception {
    HttpServer broken =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broken.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(429, -1);
          }
        });
    broken.start();
    try {
      start(Map.of("OPENAI_BASE_URL", "http://127.0.0.1:" + broken.getAddress().getPort() + "/v1"));
      Viewer viewer = Viewer.connect(CLIENT, server.webSocket());
      viewer.send("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1));
      viewer.first("conversation_ended").join();

      ScrapedMetrics scraped = ScrapedMetrics.of(server);
      long calls = scraped.value("agentstream_model_calls_total");
      assertThat(calls).isGreaterThan(3);
      assertThat(
              scraped.value(
                  "agentstream_upstream_errors_total", Map.of("code", "upstream_rate_limited")))
          .isEqualTo(calls);
      assertThat(scraped.value("agentstream_upstream_retries_total")).isEqualTo(calls - 3);
    } finally {
      broken.stop(0);
    }
  }

  @Test
  void no_label_has_values_that_users_or_conversations_choose() throws Exception {
    start(Map.of());
    Viewer viewer = Viewer.connect(CLIENT, server.webSocket());
    viewer.send("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1));
    viewer.first("streaming_token").join();
    assertThat(ScrapedMetrics.of(server).ownLabels())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    Stream.of(EndReason.values())
                        .map(reason -> "reason=" + reason.name().toLowerCase(Locale.ROOT)),
                    Stream.of(ErrorCause.values())
                        .map(cause -> "cause=" + cause.name().toLowerCase(Locale.ROOT)),
                    Stream.of(
                        "cause=none",
                        "kind=answer",
                        "kind=thinking",
                        "code=rate_limited",
                        "code=limit_exceeded",
                        "code=budget_exceeded",
                        "code=unavailable",
                        "code=upstream_error",
                        "code=upstream_timeout",
                        "code=upstream_rate_limited",
                        "code=internal"))
                .flatMap(labels -> labels)
                .toList());
  }

  @Test
  void the_readme_has_every_metric_of_the_server_and_no_other() throws Exception {
    start(Map.of(), "--data", folder.toString());
    assertThat(ScrapedMetrics.of(server).names())
        .contains(
            "jvm_threads_live_threads",
            "jvm_memory_used_bytes",
            "jvm_gc_memory_allocated_bytes_total")
        .filteredOn(name -> name.startsWith("agentstream_") && !name.endsWith("_max"))
        .containsExactlyInAnyOrderElementsOf(documented());
  }

  private static Iterable<String> documented() throws IOException {
    Matcher rows =
        Pattern.compile("(?m)^\\| `(agentstream_\\w+)")
            .matcher(Files.readString(Path.of("README.md")));
    return rows.results().map(row -> row.group(1)).toList();
  }

  @Test
  void what_comes_through_a_proxy_is_refused() throws Exception {
    start(Map.of());
    for (String header : List.of("X-Forwarded-For", "Forwarded", "Via")) {
      assertThat(status(header)).as(header).isEqualTo(403);
    }
  }

  @Test
  void public_metrics_are_for_everybody() throws Exception {
    Path config = Files.writeString(folder.resolve("c.json"), "{\"metrics\": {\"public\": true}}");
    start(Map.of(), "--config", config.toString());
    assertThat(status("X-Forwarded-For")).isEqualTo(200);
  }

  private void start(Map<String, String> environment, String... args) {
    server = ServerProcess.start(environment, args);
  }

  private int status(String header) throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(server.http("/metrics")).header(header, "192.0.2.1").build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static long tokens(Viewer viewer) {
    return frames(viewer).mapToLong(MetricsIT::tokensIn).sum();
  }

  private static Stream<JsonNode> merged(Viewer viewer) {
    return frames(viewer).filter(frame -> frame.has("from_seq"));
  }

  private static Stream<JsonNode> frames(Viewer viewer) {
    return viewer.frames().stream()
        .filter(frame -> frame.get("type").asText().equals("streaming_token"));
  }

  private static long tokensIn(JsonNode frame) {
    long last = frame.get("seq").asLong();
    return last - frame.path("from_seq").asLong(last) + 1;
  }
}
