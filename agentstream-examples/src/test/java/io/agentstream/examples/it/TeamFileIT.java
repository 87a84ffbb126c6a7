package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.test.Eventually;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a team file, which changes while the server runs. */
class TeamFileIT {

  private static final String TEAMS =
      """
      version: 1
      agents: [{name: Ann, system_prompt: You are an optimist.}, {name: Ben}]
      teams: [{name: Pair, participants: [Ann, Ben], end_when: {messages: 2}}]
      """;

  @TempDir Path folder;

  private static JsonNode list(HttpClient client, ServerProcess server) {
    return Viewer.connect(client, server.webSocket())
        .send("list_agents", Map.of())
        .answer("list_agents")
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void a_team_is_started_by_name_and_a_changed_file_is_offered_without_a_restart()
      throws Exception {
    Path file = Files.writeString(folder.resolve("teams.yaml"), TEAMS);
    HttpClient client = HttpClient.newHttpClient();
    try (CompletionServer model = CompletionServer.start(new HurriedDemo());
        ServerProcess server =
            ServerProcess.start(
                Map.of("OPENAI_BASE_URL", model.baseUrl()),
                "--in-memory",
                "--config",
                file.toString())) {
      assertThat(list(client, server).at("/data/teams/0/name").asText()).isEqualTo("Pair");
      Viewer viewer = Viewer.connect(client, server.webSocket());
      viewer.send("start_conversation", Map.of("topic", "Tea?", "team", "Pair"));
      assertThat(viewer.first("conversation_ended").get(60, TimeUnit.SECONDS).at("/data/reason"))
          .hasToString("\"terminated\"");
      Files.writeString(file, TEAMS.replace("Pair", "Couple"));
      Eventually.await(() -> list(client, server).toString().contains("Couple"));
      Files.writeString(file, "version: 2\n");
      Eventually.await(() -> server.errors().contains("The agents and teams stay as they were"));
      assertThat(list(client, server).at("/data/teams/0/name").asText()).isEqualTo("Couple");
      Files.writeString(file, TEAMS.replace("Pair", "Trio"));
      Eventually.await(() -> list(client, server).toString().contains("Trio"));
    }
  }
}
