package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class ServerProcessIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Map<String, String> NO_KEY = Map.of();

  private static ServerProcess server;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(NO_KEY);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html;charset=utf-8",
    "/app.js, text/javascript;charset=utf-8",
    "/styles.css, text/css;charset=utf-8",
    "/icon.svg, image/svg+xml",
    "/agentstream/index.js, text/javascript;charset=utf-8",
    "/agentstream/index.d.ts, text/plain;charset=utf-8",
    "/health, application/json;charset=utf-8",
    "/info, application/json;charset=utf-8"
  })
  void everything_is_served_with_its_type_and_the_security_headers(String path, String type)
      throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotBlank();
    assertThat(response.headers().firstValue("content-type")).hasValue(type);
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-cache");
    assertSecured(response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/i18n/", "/agentstream/", "/META-INF/MANIFEST.MF", "/logback.xml"})
  void there_are_no_listings_and_nothing_else(String path) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEmpty();
    assertSecured(response);
  }

  @Test
  void what_a_browser_has_is_not_sent_again() throws Exception {
    String etag = get("/app.js").headers().firstValue("etag").orElseThrow();
    HttpRequest again =
        HttpRequest.newBuilder(server.http("/app.js")).header("If-None-Match", etag).build();
    HttpResponse<String> response = CLIENT.send(again, BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void it_says_that_it_is_up_and_who_talks() throws Exception {
    assertThat(get("/health").body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(get("/info").body()).isEqualTo("{\"demo\":true,\"model\":\"demo\"}");
  }

  @Test
  void a_demo_conversation_runs_to_its_end() {
    Viewer viewer = viewer(server);
    viewer.send("list_agents", Map.of());
    JsonNode agents = viewer.first("agents").join().at("/data/agents");
    assertThat(agents).hasSize(3).allMatch(agent -> agent.size() == 2);
    viewer.send("start_conversation", Map.of("topic", "Is remote work better?", "max_rounds", 1));
    JsonNode ended = viewer.first("conversation_ended").join();

    Watched watched = Watched.by(viewer).isGapFree().agreesWithItself();
    assertThat(ended.at("/data/reason").asText()).isEqualTo("max_rounds");
    assertThat(ended.at("/data/usage/total_tokens").asInt()).isPositive();
    assertThat(watched.speakers()).containsExactly("Mia", "Otto", "Lin");
    List<String> said = List.copyOf(watched.said().values());
    assertThat(said.get(0)).contains("Is remote work better?");
    assertThat(said.get(1)).contains("Mia");
    assertThat(said.get(2)).contains("Otto");
  }

  @Test
  void a_conversation_on_a_chinese_topic_is_in_chinese() {
    Viewer viewer = viewer(server);
    viewer.send(
        "start_conversation",
        Map.of("topic", "远程办公更好吗？", "max_rounds", 1, "agents", List.of("Otto")));
    viewer.first("conversation_ended").join();
    assertThat(Watched.by(viewer).said().values())
        .singleElement()
        .satisfies(text -> assertThat(text).contains("“远程办公更好吗？”").endsWith("。"));
  }

  @Test
  void sigterm_tells_the_viewers_and_ends_well() {
    try (ServerProcess own = ServerProcess.start(NO_KEY)) {
      Viewer talking = viewer(own);
      talking.send("start_conversation", Map.of("topic", "Tea?"));
      Viewer idle = viewer(own);
      talking.first("streaming_token").join();
      idle.first("welcome").join();

      own.terminate();

      assertThat(talking.closed().join()).isEqualTo(1001);
      assertThat(idle.closed().join()).isEqualTo(1001);
      assertThat(own.awaitExit()).isZero();
      assertThat(own.output().lines()).hasSize(1);
      // A busy machine makes any listener slow, and slow listeners are named.
      assertThat(own.errors().lines())
          .filteredOn(line -> !line.contains(" WARN  UserCode - "))
          .satisfiesExactly(
              line -> assertThat(line).contains("Conversations are kept in memory"),
              line -> assertThat(line).contains("conversations may run at once"));
    }
  }

  @Test
  void a_configured_catalogue_is_served() throws IOException {
    try (ServerProcess own =
        ServerProcess.start(NO_KEY, "--config", "config/agentstream.example.json")) {
      Viewer viewer = viewer(own);
      viewer.send("list_agents", Map.of());
      assertThat(viewer.first("agents").join().at("/data/agents"))
          .extracting(agent -> agent.get("name").asText())
          .containsExactly("Ada", "Bruno", "Chen");
    }
  }

  @Test
  void configured_limits_hold() throws IOException {
    Path config = write("{\"limits\": {\"max_rounds\": 2, \"max_topic_chars\": 5}}");
    try (ServerProcess own = ServerProcess.start(NO_KEY, "--config", config.toString())) {
      Viewer viewer = viewer(own);
      JsonNode limits = viewer.first("welcome").join().at("/data/limits");
      assertThat(limits.get("max_rounds").asInt()).isEqualTo(2);
      viewer.send("start_conversation", Map.of("topic", "A longer topic"));
      assertThat(viewer.first("error").join().at("/data/code").asText())
          .isEqualTo("limit_exceeded");
    }
  }

  @Test
  void a_wrong_file_is_told_in_one_line() throws IOException {
    Path config = write("{\"agents\": [{\"name\": \"Ann\"}]}");
    ServerProcess own =
        ServerProcess.runToEnd(NO_KEY, "--port", "0", "--config", config.toString());
    assertRefused(own, config + ": agents[0].description: is missing");
  }

  @Test
  void a_wrong_option_is_told_in_one_line() {
    ServerProcess own = ServerProcess.runToEnd(NO_KEY, "--prot", "8080");
    assertRefused(own, "--prot: unknown option; see --help");
  }

  @Test
  void a_wrong_environment_is_told_in_one_line() {
    ServerProcess own =
        ServerProcess.runToEnd(Map.of("OPENAI_BASE_URL", "localhost"), "--port", "0");
    assertRefused(
        own,
        "OPENAI_BASE_URL: must be a URL that begins with http:// or https://,"
            + " such as http://localhost:11434/v1");
  }

  @Test
  void a_proxy_that_is_none_is_told_in_one_line() {
    ServerProcess own =
        ServerProcess.runToEnd(Map.of("https_proxy", "socks5://canary:1"), "--port", "0");
    assertRefused(
        own,
        "https_proxy must be the URL of an HTTP proxy, such as http://proxy.example:3128; https://"
            + " and socks:// proxies cannot be used");
  }

  @Test
  void a_port_in_use_is_told_in_one_line() {
    String port = String.valueOf(server.port());
    ServerProcess own = ServerProcess.runToEnd(NO_KEY, "--port", port);
    assertRefused(own, "cannot listen on 127.0.0.1:" + port + ": Address already in use");
  }

  @Test
  void an_unknown_host_is_told_in_one_line() {
    ServerProcess own = ServerProcess.runToEnd(NO_KEY, "--port", "0", "--host", "no.such.invalid");
    assertRefused(own, "cannot listen on no.such.invalid:0: no such host");
  }

  @Test
  void an_address_that_others_can_reach_is_refused_unless_somebody_asks_who_comes() {
    ServerProcess own = ServerProcess.runToEnd(NO_KEY, "--port", "0", "--host", "0.0.0.0");
    assertRefused(
        own,
        "--host 0.0.0.0: others could use this server without logging in; set auth.tokens_file or"
            + " AGENTSTREAM_TOKENS, or say --insecure-no-authentication");
  }

  @Test
  void a_token_opens_the_server_and_is_never_shown() {
    String token = "canary-token-0123456789";
    try (ServerProcess own = ServerProcess.start(Map.of("AGENTSTREAM_TOKENS", "ann:" + token))) {
      Viewer stranger = Viewer.connect(HttpClient.newHttpClient(), own.webSocket());
      stranger.first("welcome").join();
      stranger.send("list_agents", Map.of());
      assertThat(stranger.first("error").join().at("/data/code").asText())
          .isEqualTo("unauthenticated");
      stranger.send("authenticate", Map.of("token", "canary-wrong-0123456789"));
      assertThat(stranger.closed().join()).isEqualTo(4500);

      Viewer ann = Viewer.connect(HttpClient.newHttpClient(), own.webSocket());
      ann.first("welcome").join();
      ann.send("authenticate", Map.of("token", token)).answer("authenticate").join();
      ann.send("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1));
      ann.answer("start_conversation").join();
      ann.send("list_conversations", Map.of());
      assertThat(ann.first("conversations").join().at("/data/conversations/0/topic").asText())
          .isEqualTo("Tea?");

      own.terminate();
      assertThat(own.awaitExit()).isZero();
      assertThat(own.errors() + own.output() + stranger.frames() + ann.frames())
          .doesNotContain("canary");
    }
  }

  @Test
  void help_is_no_failure() {
    ServerProcess own = ServerProcess.runToEnd(NO_KEY, "--help");
    assertThat(own.awaitExit()).isZero();
    assertThat(own.output()).startsWith("Usage: ");
  }

  private static void assertRefused(ServerProcess own, String reason) {
    assertThat(own.awaitExit()).isEqualTo(2);
    assertThat(own.output()).isEmpty();
    assertThat(own.errors()).isEqualTo("agentstream: " + reason + System.lineSeparator());
  }

  private static void assertSecured(HttpResponse<?> response) {
    assertThat(response.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe", "*"));
    assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("referrer-policy")).hasValue("no-referrer");
    assertThat(response.headers().firstValue("server")).isEmpty();
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("config.json"), json);
  }

  private static Viewer viewer(ServerProcess server) {
    return Viewer.connect(CLIENT, server.webSocket());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    URI uri = server.http(path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
