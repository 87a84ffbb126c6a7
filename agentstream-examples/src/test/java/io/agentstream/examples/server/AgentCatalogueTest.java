package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.StreamingComplete;
import io.agentstream.examples.config.ConfigFile;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The models of a server without {@code OPENAI_BASE_URL} and {@code OPENAI_API_KEY}. */
@Timeout(300)
class AgentCatalogueTest {

  private static final String OLLAMA =
      "{\"name\": \"%s\", \"description\": \"d\", \"system_prompt\": \"p\","
          + " \"provider\": \"ollama\", \"model\": \"llama3.2\"}";

  @TempDir Path folder;

  @Test
  void agents_that_all_have_a_server_of_their_own_need_no_demo_model() throws Exception {
    String config =
        "{\"agents\": [%s, %s]}".formatted(OLLAMA.formatted("Ann"), OLLAMA.formatted("Ben"));
    try (RunningServer server = RunningServer.with(config)) {
      assertThat(server.get("/info")).endsWith("{\"demo\":false,\"model\":\"llama3.2\"}");
    }
  }

  @Test
  void agents_without_one_are_played_by_the_demo_model() throws Exception {
    String config =
        "{\"agents\": [%s, {\"name\": \"Ben\", \"description\": \"d\", \"system_prompt\": \"p\"}]}"
            .formatted(OLLAMA.formatted("Ann"));
    try (RunningServer server = RunningServer.with(config)) {
      assertThat(server.get("/info")).endsWith("{\"demo\":true,\"model\":\"demo\"}");
    }
  }

  @Test
  void an_agents_settings_change_its_requests_and_how_its_answer_is_read() throws Exception {
    try (StubModelServer models = StubModelServer.start()) {
      models.otherwise(
          StubAnswer.stream().tokens("<think>Hm.</think>Tea it is.").finish("stop").done());
      RecordedEvents events = new RecordedEvents();
      try (AgentCatalogue catalogue = catalogue(models.baseUrl())) {
        GroupChat chat = GroupChat.builder().participants(catalogue.agents()).maxRounds(1).build();
        chat.newConversation("Tea?")
            .inlineListener(events)
            .start()
            .result()
            .get(1, TimeUnit.MINUTES);
      }
      assertThat(events.of(StreamingComplete.class))
          .extracting(StreamingComplete::fullContent)
          .containsExactly("Tea it is.", "<think>Hm.</think>Tea it is.");

      StubRequest plain = models.awaitRequest();
      assertThat(plain.header("x-team")).isNull();
      assertThat(read(plain).has("top_p")).isFalse();
      assertThat(read(plain).has("stream_options")).isTrue();
      StubRequest set = models.awaitRequest();
      assertThat(set.header("x-team")).isEqualTo("blue");
      assertThat(read(set).path("top_p").asDouble()).isEqualTo(0.25);
      assertThat(read(set).at("/chat_template_kwargs/enable_thinking").isBoolean()).isTrue();
      assertThat(read(set).has("stream_options")).isFalse();
    }
  }

  private AgentCatalogue catalogue(String baseUrl) throws Exception {
    Path file = folder.resolve("config.json");
    Files.writeString(
        file,
        """
        {"agents": [
          {"name": "Ann", "description": "d", "system_prompt": "p", "model": "m",
           "base_url": "%1$s"},
          {"name": "Ben", "description": "d", "system_prompt": "p", "model": "m",
           "base_url": "%1$s", "thoughts_in_text": false, "headers": {"x-team": "${TEAM}"},
           "parameters": {"top_p": 0.25, "stream_options": null,
             "chat_template_kwargs": {"enable_thinking": false}}}]}
        """
            .formatted(baseUrl));
    return AgentCatalogue.of(ConfigFile.read(file), Map.of("TEAM", "blue"));
  }

  private static JsonNode read(StubRequest request) throws Exception {
    return JsonMapper.builder().build().readTree(request.body());
  }
}
