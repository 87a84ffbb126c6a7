package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole run in which the model server fails in every way it can and quotes, each time, all that
 * it was sent: prompt and key must turn up in no frame and in no line of the log.
 */
@Timeout(300)
class CanaryIT {

  private static final JsonMapper JSON = new JsonMapper();

  /** Warns on a machine that does much else, and is about no conversation. */
  private static final String SLOW_CODE = "io.agentstream.internal.UserCode";

  /** How the server fails, by the name of the model that an agent asks for. */
  private static final List<String> FAILURES =
      List.of(
          "status-401",
          "status-400",
          "status-429",
          "status-500",
          "error-in-200",
          "error-event",
          "malformed",
          "cut");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void prompts_keys_and_what_a_failing_model_server_says_are_never_shown(String logFormat)
      throws Exception {
    Path config = Files.writeString(folder.resolve("config.json"), config().toString());
    try (QuotingModelServer models = QuotingModelServer.start();
        ServerProcess server =
            ServerProcess.start(environment(models, logFormat), "--config", config.toString())) {
      Viewer viewer = Viewer.connect(HttpClient.newHttpClient(), server.webSocket());
      viewer.first("welcome").join();
      viewer.send("authenticate", Map.of("token", "canary-token-0123456789"));
      viewer.answer("authenticate").join();
      viewer.send("list_agents", Map.of());
      viewer.send("start_conversation", Map.of("topic", "canary-in-the-topic", "max_rounds", 1));
      JsonNode ended = viewer.first("conversation_ended").join();
      viewer.send(
          "join_conversation", Map.of("conversation_id", ended.get("conversation_id").asText()));
      viewer.first("snapshot").join();
      viewer.send("list_conversations", Map.of());
      viewer.first("conversations").join();

      assertThat(viewer.frames())
          .filteredOn(frame -> frame.path("type").asText().equals("error"))
          .extracting(frame -> frame.at("/data/agent_name").asText())
          .containsExactlyElementsOf(FAILURES);
      server.terminate();
      assertThat(server.awaitExit()).isZero();
      assertThat(server.errors()).contains("'status-401'");
      assertThat(server.errors() + server.output()).doesNotContain("canary");
      assertThat(viewer.frames().toString().replace("canary-in-the-topic", ""))
          .doesNotContain("canary");
      if (logFormat.equals("json")) {
        assertStructured(server, ended.get("conversation_id").asText());
      }
    }
  }

  private static Map<String, String> environment(QuotingModelServer models, String logFormat) {
    return Map.of(
        "OPENAI_BASE_URL",
        models.baseUrl(),
        "OPENAI_API_KEY",
        "sk-canary-5d1f0c",
        "AGENTSTREAM_TOKENS",
        "ann:canary-token-0123456789",
        "AGENTSTREAM_LOG_FORMAT",
        logFormat);
  }

  /** Each line is one JSON object, and tells which conversation and which agent it is about. */
  private static void assertStructured(ServerProcess server, String conversationId)
      throws Exception {
    Set<String> agents = new LinkedHashSet<>();
    for (String line : server.errors().lines().toList()) {
      JsonNode entry = JSON.readTree(line);
      assertThat(entry.isObject()).as(line).isTrue();
      assertThat(entry.has("@timestamp")).as(line).isTrue();
      if (isOfTheStart(entry.path("logger_name").asText())) {
        continue;
      }
      assertThat(entry.path("level").asText()).as(line).isEqualTo("WARN");
      if (entry.path("logger_name").asText().equals(SLOW_CODE)) {
        continue;
      }
      assertThat(entry.path("conversation_id").asText()).as(line).isEqualTo(conversationId);
      agents.add(entry.path("agent_name").asText());
    }
    assertThat(agents).containsExactlyElementsOf(FAILURES);
  }

  private static boolean isOfTheStart(String logger) {
    return logger.endsWith(".OpenedStore") || logger.endsWith(".Capacity");
  }

  /**
   * Each failing agent is followed by one that is well, since three failures in a row end a run.
   */
  private static JsonNode config() {
    List<Map<String, String>> agents = new ArrayList<>();
    for (String failure : FAILURES) {
      agents.add(agent(failure, failure));
      agents.add(agent("after-" + failure, "well"));
    }
    return JSON.valueToTree(Map.of("agents", agents));
  }

  private static Map<String, String> agent(String name, String model) {
    return Map.of(
        "name",
        name,
        "description",
        "Fails",
        "model",
        model,
        "system_prompt",
        "You are the canary-in-the-prompt.");
  }
}
