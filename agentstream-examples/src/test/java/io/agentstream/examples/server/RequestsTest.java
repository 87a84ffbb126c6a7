package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.redis.FreePort;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods and paths, with metrics that everybody may read, so that any way to them would show. */
class RequestsTest {

  private static final String PROBLEM = "Content-Type: application/problem+json";
  private static final String LOCAL = "Host: localhost\r\nConnection: close";

  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.with("{\"metrics\": {\"public\": true}}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("io.agentstream.examples.server.Spellings#ofMetrics")
  void the_metrics_have_one_path_and_no_other_spelling_of_it(String target) throws Exception {
    assertThat(server.get(target))
        .matches("(?s)HTTP/1.1 40[04] .*")
        .doesNotContain("agentstream_", "jvm_", "<html");
  }

  @Test
  void the_one_path_is_answered_also_with_a_query() throws Exception {
    assertThat(server.get("/metrics")).contains(" 200 ", "agentstream_");
    assertThat(server.get("/metrics?x=/y")).contains(" 200 ", "agentstream_");
  }

  @Test
  void with_a_port_of_their_own_they_have_no_path_on_that_of_the_page_and_alone_on_theirs()
      throws Exception {
    int port = FreePort.next();
    try (RunningServer own = RunningServer.with("{\"metrics\": {\"port\": %d}}".formatted(port))) {
      assertThat(own.get("/metrics")).startsWith("HTTP/1.1 404").doesNotContain("agentstream_");
      for (String target : Spellings.ofMetrics()) {
        assertThat(own.get(target)).as(target).doesNotContain("agentstream_");
        assertThat(own.on(port).get(target)).as(target).doesNotContain("agentstream_");
      }
      assertThat(own.on(port).get("/metrics")).contains(" 200 ", "agentstream_");
      for (String other : new String[] {"/", "/info", "/health", "/app.js", "/ws"}) {
        assertThat(own.on(port).get(other)).as(other).startsWith("HTTP/1.1 404");
      }
      assertThat(own.on(port).upgrade("Host: localhost")).contains(" 404 ");
      assertThat(own.on(port).get("/metrics", "Host: evil.test")).startsWith("HTTP/1.1 421");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health;x",
        "/%68ealth",
        "/./health",
        "/x/../health",
        "//health",
        "/health/",
        "/HEALTH",
        "/info;",
        "/inf%6f",
        "/info/.",
        "/ws;x",
        "/%77s",
        "/agentstream/..;/info",
        "/agentstream/%2e%2e/info",
        "/agentstream/../info"
      })
  void neither_have_the_others(String target) throws Exception {
    assertThat(server.get(target))
        .matches("(?s)HTTP/1.1 40[04] .*")
        .doesNotContain("\"status\"", "\"demo\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../logback.xml",
        "/..%2flogback.xml",
        "/%2e%2e/logback.xml",
        "/..\\logback.xml",
        "/agentstream/../../logback.xml",
        "/webjars/../../../logback.xml",
        "/page/index.html",
        "/META-INF/MANIFEST.MF",
        "/WEB-INF/web.xml",
        "/.git/config",
        "/index.html%00.js",
        "/io/agentstream/examples/Main.class",
        "/app.js%20",
        "/etc/passwd",
        "/agentstream/%c0%ae%c0%ae/logback.xml",
        "/agentstream/package.json/",
        "/~root",
        "/*",
        "file:///etc/passwd",
        "/demo/en.json",
        "/page/../demo/en.json"
      })
  void no_path_leads_to_a_file_that_is_not_the_pages(String target) throws Exception {
    assertThat(server.get(target)).doesNotContain(" 200 ").doesNotContain("<html");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/app.js", "/health", "/info", "/metrics", "/ws", "/nothing", "*"})
  void only_get_and_head_are_methods(String target) throws Exception {
    for (String method :
        new String[] {
          "TRACE", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "PROPFIND", "TRACK", "get", "FOO"
        }) {
      assertThat(
              server.exchange(
                  method + " " + target + " HTTP/1.1",
                  "Host: localhost",
                  "Connection: close",
                  "X-Canary: canary"))
          .as(method)
          .matches("(?s)HTTP/1.1 (405|400) .*")
          .doesNotContain("canary");
    }
    assertThat(server.exchange("TRACE / HTTP/1.1", "Host: localhost", "Connection: close"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET, HEAD");
    assertThat(server.exchange("CONNECT evil.test:80 HTTP/1.1", "Host: evil.test:80"))
        .matches("(?s)HTTP/1.1 4.*");
  }

  @Test
  void the_doors_of_the_hub_have_methods_of_their_own_and_only_in_the_plain_spelling()
      throws Exception {
    String start =
        "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"topic\":\"tea\"}";
    assertThat(server.exchange("POST /api/conversations HTTP/1.1", LOCAL, start))
        .startsWith("HTTP/1.1 201")
        .contains("Content-Security-Policy", "Cache-Control: no-store");
    assertThat(server.exchange("TRACE /api/agents HTTP/1.1", LOCAL))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET");
    for (String other : new String[] {"/apis", "/API/agents", "//api/agents", "/x/../api/agents"}) {
      assertThat(server.exchange("POST " + other + " HTTP/1.1", LOCAL))
          .as(other)
          .matches("(?s)HTTP/1.1 40[045] .*");
    }
    assertThat(server.get("/api/conversations/Tea%20team%C3%A9"))
        .contains("\"code\":\"not_found\"");
    assertThat(server.exchange("POST /api/conversations HTTP/1.1", "Host: evil.test", start))
        .startsWith("HTTP/1.1 421")
        .contains(PROBLEM, "\"code\":\"host_not_allowed\"", "server.hosts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/%2e%2e/metrics",
        "/api/..%2fmetrics",
        "/api/../metrics",
        "/api/./agents",
        "/api//agents",
        "/api/agents;x",
        "/api/;/agents",
        "/api/agents/..;/x",
        "/api/conversations/a%2Fb",
        "/api/conversations/a%5Cb",
        "/api/conversations/a%5cb",
        "/api/conversations/a\\b",
        "/api/conversations/%zz",
        "/api/conversations/%",
        "/api/conversations/%u0041",
        "/api/conversations/\u00e9",
        "/api/x%3b/y",
        "/api/%00",
        "/api/%0d%0aX:y",
        "/api/x%25",
        "/api/*",
        "/api/conversations/<x>",
        "/api/conversations/{id}",
        "/v1/models/../models",
        "/v1/models%2F",
        "/agui/;x",
        "/agui/a%2Fb"
      })
  void another_spelling_of_a_path_of_a_door_is_a_problem_like_any_other(String target)
      throws Exception {
    assertThat(server.get(target))
        .matches("(?s)HTTP/1.1 40[04] .*")
        .contains(PROBLEM, "\"code\":\"")
        .doesNotContain("agentstream_", "<html", ".java");
    assertThat(server.exchange("HEAD " + target + " HTTP/1.1", LOCAL))
        .matches("(?s)HTTP/1.1 40[04] .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/agents HTTP/1.1",
        "GET /api/agents HTTP/3.0\r\nHost: localhost",
        "GET /api/agents\r\nHost: localhost",
        "GET /api/agents HTTP/1.1\r\nHost: localhost\r\nNo colon",
        "GET /api/agents HTTP/1.1\r\nHost: localhost\r\nBad : space",
        "GET /api/agents HTTP/1.1\r\nHost: localhost\r\n: no name",
        "GET /api/agents HTTP/1.1\r\nHost: localhost\r\nX: \u0000",
        "GET /api/agents HTTP/1.1\r\nHost: local host",
        "POST /api/agents HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip",
        "POST /api/agents HTTP/1.1\r\nHost: localhost\r\nContent-Length: x"
      })
  void what_is_no_request_is_a_problem_too(String head) throws Exception {
    assertThat(server.exchange(head))
        .matches("(?s)HTTP/1.1 [45].*")
        .contains(PROBLEM, "\"code\":\"")
        .doesNotContain("<html", ".java");
  }

  /** The proxy in front may speak HTTP/2: docs/deploy.md. */
  @Test
  void an_offer_of_http_2_is_answered_over_http_1_1_and_a_beginning_in_it_is_refused()
      throws Exception {
    assertThat(
            server.get(
                "/api/agents",
                "Host: localhost",
                "Connection: Upgrade, HTTP2-Settings",
                "Upgrade: h2c",
                "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"))
        .startsWith("HTTP/1.1 200");
    assertThat(server.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
        .doesNotContain(" 200 ", "agentstream_");
  }

  @ParameterizedTest
  @CsvSource({"/, 200", "/health, 200", "/nothing, 404"})
  void head_is_get_without_a_body(String path, int status) throws Exception {
    assertThat(
            server.exchange("HEAD " + path + " HTTP/1.1", "Host: localhost", "Connection: close"))
        .startsWith("HTTP/1.1 " + status)
        .endsWith("\r\n\r\n");
  }

  /**
   * Each would be one request to one server and two to another; the second must not be answered.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: -1",
        "Content-Length: 0x5",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\u000bchunked",
        "X: y\r\n Content-Length: 50",
        "X: y\nZ: z\rContent-Length: 3",
        "Content-Length : 5"
      })
  void a_request_whose_end_is_in_doubt_is_refused_and_nothing_after_it_is_answered(String headers)
      throws Exception {
    String answer =
        server.send(
            "POST /health HTTP/1.1\r\nHost: localhost\r\n"
                + headers
                + "\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 4.*").doesNotContain("agentstream_");
  }

  @Test
  void a_body_beside_a_get_is_not_taken_for_a_request() throws Exception {
    String hidden = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assertThat(
            server.send(
                "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Length: "
                    + hidden.length()
                    + "\r\n\r\n"
                    + hidden))
        .startsWith("HTTP/1.1 404")
        .doesNotContain("agentstream_");
  }

  @Test
  void endless_headers_and_targets_are_cut() throws Exception {
    String endless = "x".repeat(100_000);
    assertThat(server.get("/" + endless)).matches("(?s)HTTP/1.1 4.*").doesNotContain("xxxx");
    assertThat(server.get("/api/" + endless)).startsWith("HTTP/1.1 414").contains("limit_exceeded");
    assertThat(server.get("/", "X-Long: " + endless)).matches("(?s)HTTP/1.1 4.*");
    assertThat(server.send(endless)).doesNotContain("xxxx");
  }
}
