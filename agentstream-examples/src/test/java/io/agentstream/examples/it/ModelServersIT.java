package io.agentstream.examples.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real model servers' bytes through the reference server to a viewer: the answer, or one error with
 * its cause. Another agent speaks next successfully, and no text of a model server's error is
 * shown.
 */
@Timeout(180)
class ModelServersIT {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String KEY = "sk-canary-of-the-default-server";

  private final List<ModelServerCase> cases = ModelServerCases.all();
  private final List<StubModelServer> servers = new ArrayList<>();
  @TempDir private Path folder;

  @Test
  void viewers_get_the_answer_or_the_cause() throws Exception {
    try (StubModelServer good = StubModelServer.start();
        ServerProcess server = server(good)) {
      good.otherwise(StubAnswer.stream().tokens("Fine.").finish("stop").done());
      HttpClient client = HttpClient.newHttpClient();
      List<Viewer> viewers = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        Viewer viewer = Viewer.connect(client, server.webSocket());
        viewer.send(
            "start_conversation",
            Map.of("topic", "Tea?", "agents", List.of("C" + i, "Bob"), "max_rounds", 1));
        viewers.add(viewer);
      }
      for (Viewer viewer : viewers) {
        viewer.first("conversation_ended").join();
      }
      SoftAssertions softly = new SoftAssertions();
      for (int i = 0; i < cases.size(); i++) {
        check(softly, i, Watched.by(viewers.get(i)).isGapFree(), server.errors());
      }
      softly
          .assertThat(server.errors() + viewers.stream().map(Viewer::frames).toList())
          .doesNotContain("canary");
      softly.assertAll();
    } finally {
      servers.forEach(StubModelServer::close);
    }
  }

  private void check(SoftAssertions softly, int number, Watched watched, String log)
      throws Exception {
    ModelServerCase expected = cases.get(number);
    String what = expected.what();
    List<JsonNode> errors = watched.of("error");
    softly
        .assertThat(errors.stream().map(e -> e.at("/data/cause").asText()).toList())
        .as(what)
        .isEqualTo(
            expected.cause() == null
                ? List.of()
                : List.of(expected.cause().name().toLowerCase(Locale.ROOT)));
    if (expected.text() != null) {
      softly.assertThat(watched.said().values()).as(what).containsExactly(expected.text(), "Fine.");
    } else {
      softly.assertThat(watched.said().values()).as(what).hasSize(2).contains("Fine.");
    }
    softly.assertThat(thinking(watched)).as(what).isEqualTo(expected.thinking());
    if (expected.cause() != null) {
      softly
          .assertThat(log.lines().filter(line -> line.contains("'C" + number + "'")).toList())
          .as("one line for each failure of: %s", what)
          .hasSize(expected.asked());
    }
    for (int i = 0; i < expected.asked(); i++) {
      check(softly, what, servers.get(number).awaitRequest());
    }
  }

  private static void check(SoftAssertions softly, String what, StubRequest request)
      throws Exception {
    softly.assertThat(request.header("Authorization")).as(what).isNull();
    String before = "";
    for (JsonNode message : JSON.readTree(request.body()).path("messages")) {
      String role = message.path("role").asText();
      softly.assertThat(role).as("role after %s: %s", before, what).isNotIn("", twice(before));
      softly
          .assertThat(message.path("content").asText("-"))
          .as("content of %s: %s", role, what)
          .isNotBlank();
      for (JsonNode call : message.path("tool_calls")) {
        softly
            .assertThat(JSON.readTree(call.at("/function/arguments").asText()).isObject())
            .as("arguments: %s", what)
            .isTrue();
      }
      before = role;
    }
  }

  private static String twice(String role) {
    return role.equals("tool") ? "" : role;
  }

  private static String thinking(Watched watched) {
    return watched.of("streaming_thinking").stream()
        .map(frame -> frame.at("/data/token").asText())
        .collect(Collectors.joining());
  }

  private ServerProcess server(StubModelServer good) throws IOException {
    List<Map<String, Object>> agents = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      StubModelServer own = StubModelServer.start();
      List<StubAnswer> answers = cases.get(i).answers();
      own.enqueue(answers.toArray(StubAnswer[]::new)).otherwise(answers.get(answers.size() - 1));
      servers.add(own);
      agents.add(
          Map.of(
              "name",
              "C" + i,
              "description",
              "d",
              "system_prompt",
              "canary",
              "model",
              "m",
              "base_url",
              own.baseUrl(),
              "temperature",
              0.5,
              "max_tokens",
              99));
    }
    agents.add(Map.of("name", "Bob", "description", "d", "system_prompt", "canary"));
    Path config = folder.resolve("config.json");
    Files.writeString(config, JSON.writeValueAsString(Map.of("agents", agents)));
    return ServerProcess.start(
        Map.of("OPENAI_BASE_URL", good.baseUrl(), "OPENAI_API_KEY", KEY),
        "--config",
        config.toString());
  }
}
