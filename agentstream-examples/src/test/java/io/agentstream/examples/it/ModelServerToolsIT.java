package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference server sends back to a model server what it accepts and needs, after a tool call
 * and in later turns. The first answer of each test is what a real model server sends.
 */
@Timeout(300)
class ModelServerToolsIT {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private StubModelServer model;
  private EmbeddedServer server;

  @BeforeEach
  void start() throws Exception {
    model = StubModelServer.start();
    model.otherwise(StubAnswer.stream().tokens("Go out.").finish("stop").done());
    Path file =
        Files.writeString(
            folder.resolve("team.yaml"),
            """
            version: 1
            tools: {weather: {custom: weather}}
            agents: [{name: Ann, tools: weather}]
            teams:
              - {name: T, participants: [Ann], max_rounds: 1}
              - {name: Alone, participants: [Ann], max_rounds: 3}
            """);
    server =
        EmbeddedServer.start(
            Map.of("OPENAI_BASE_URL", model.baseUrl(), "OPENAI_API_KEY", "k"),
            "--config",
            file.toString());
  }

  @AfterEach
  void stop() {
    server.close();
    model.close();
  }

  /** Returns the messages of the request after the tool call. */
  private List<JsonNode> sentBackAfter(StubAnswer first) throws Exception {
    model.enqueue(first);
    Viewer viewer = Viewer.connect(HttpClient.newHttpClient(), server.webSocket());
    viewer.send("start_conversation", Map.of("topic", "Shall we go out?", "team", "T"));
    viewer.first("conversation_ended").join();
    assertThat(viewer.frames().toString()).doesNotContain("\"type\":\"error\"");
    assertThat(Watched.by(viewer).said().values()).last().asString().endsWith("Go out.");
    model.awaitRequest();
    List<JsonNode> messages = messagesOfNextRequest();
    assertThat(messages.get(messages.size() - 1).path("role").asText()).isEqualTo("tool");
    return messages;
  }

  /** Returns the messages of the request for Ann's third turn, if nobody else speaks. */
  private List<JsonNode> sentInTheThirdTurnAfter(StubAnswer first) throws Exception {
    model.enqueue(first);
    Viewer viewer = Viewer.connect(HttpClient.newHttpClient(), server.webSocket());
    viewer.send("start_conversation", Map.of("topic", "Shall we go out?", "team", "Alone"));
    viewer.first("conversation_ended").join();
    model.awaitRequest();
    model.awaitRequest();
    return messagesOfNextRequest();
  }

  private List<JsonNode> messagesOfNextRequest() throws Exception {
    List<JsonNode> messages = new ArrayList<>();
    JSON.readTree(model.awaitRequest().body()).path("messages").forEach(messages::add);
    return messages;
  }

  private static JsonNode call(List<JsonNode> messages) {
    return messages.get(messages.size() - 2);
  }

  private static String result(List<JsonNode> messages) {
    return messages.get(messages.size() - 1).path("content").asText();
  }

  @Test
  void the_thinking_beside_a_call() throws Exception {
    List<JsonNode> messages =
        sentBackAfter(
            StubAnswer.stream()
                .reasoning("I need ", "the weather.")
                .toolCall(0, "c1", "weather", "{\"city\":\"Paris\"}")
                .finish("tool_calls")
                .done());
    assertThat(call(messages).path("reasoning_content").asText()).isEqualTo("I need the weather.");
    assertThat(result(messages)).isEqualTo(WeatherTool.RESULT);
  }

  @Test
  void a_signature_inside_a_call() throws Exception {
    List<JsonNode> messages =
        sentBackAfter(
            StubAnswer.stream()
                .event(
                    """
                    {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function",\
                    "function":{"name":"weather","arguments":"{}"},\
                    "extra_content":{"google":{"thought_signature":"c2ln"}}}]}}]}""")
                .finish("tool_calls")
                .done());
    assertThat(call(messages).at("/tool_calls/0/extra_content/google/thought_signature").asText())
        .isEqualTo("c2ln");
  }

  @Test
  void arguments_that_were_cut_as_valid_ones_and_the_model_is_told() throws Exception {
    List<JsonNode> messages =
        sentBackAfter(
            StubAnswer.stream()
                .toolCall(0, "c1", "weather", "{\"city\":\"Par")
                .finish("tool_calls")
                .done());
    JsonNode arguments =
        JSON.readTree(call(messages).at("/tool_calls/0/function/arguments").asText());
    assertThat(arguments.isObject()).isTrue();
    assertThat(result(messages)).isNotEqualTo(WeatherTool.RESULT).contains("arguments");
  }

  @Test
  void arguments_that_are_an_object_as_text() throws Exception {
    List<JsonNode> messages =
        sentBackAfter(
            StubAnswer.stream()
                .event(
                    """
                    {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function",\
                    "function":{"name":"weather","arguments":{"city":"Paris"}}}]}}]}""")
                .finish("tool_calls")
                .done());
    assertThat(call(messages).at("/tool_calls/0/function/arguments").isTextual()).isTrue();
    assertThat(result(messages)).isEqualTo(WeatherTool.RESULT);
  }

  @Test
  void words_before_a_call_once() throws Exception {
    List<JsonNode> messages =
        sentBackAfter(
            StubAnswer.stream()
                .tokens("Let me ", "look.")
                .toolCall(0, "c1", "weather", "{}")
                .finish("tool_calls")
                .done());
    assertThat(messages.toString()).containsOnlyOnce("Let me look.");
  }

  @Test
  void two_calls_of_one_index_with_a_result_for_each() throws Exception {
    List<JsonNode> messages =
        sentBackAfter(
            StubAnswer.stream()
                .toolCall(0, "c1", "weather", "{\"city\":\"Paris\"}")
                .toolCall(0, "c2", "weather", "{\"city\":\"Rome\"}")
                .finish("tool_calls")
                .done());
    assertThat(
            messages.stream().map(m -> m.path("tool_call_id").asText()).filter(id -> !id.isEmpty()))
        .containsExactly("c1", "c2");
  }

  @Test
  void an_agent_that_speaks_alone_in_alternating_roles() throws Exception {
    List<JsonNode> messages =
        sentInTheThirdTurnAfter(StubAnswer.stream().tokens("Yes.").finish("stop").done());
    List<String> roles = messages.stream().map(message -> message.path("role").asText()).toList();
    assertThat(roles).startsWith("system", "user", "assistant").endsWith("assistant", "user");
    for (int i = 2; i < roles.size(); i++) {
      assertThat(roles.get(i)).isNotEqualTo(roles.get(i - 1));
    }
  }

  @Test
  void no_answer_of_white_space_alone() throws Exception {
    List<JsonNode> messages =
        sentInTheThirdTurnAfter(StubAnswer.stream().tokens(" ", "\n").finish("stop").done());
    assertThat(messages)
        .allSatisfy(message -> assertThat(message.path("content").asText()).isNotBlank());
  }
}
