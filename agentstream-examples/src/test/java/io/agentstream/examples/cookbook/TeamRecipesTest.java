package io.agentstream.examples.cookbook;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentstream.event.EndReason;
import io.agentstream.event.ToolResult;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.teams.TeamFile;
import io.agentstream.teams.TeamSetup;
import io.agentstream.teams.Teams;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The recipes of docs/cookbook.md for team files and the tools of MCP servers. */
class TeamRecipesTest {

  private static final Path FILES = Path.of("src/test/resources/io/agentstream/examples/cookbook");
  private static final String MCP = System.getProperty("agentstream.mcp", "auto");

  private final ScriptedModel model = new ScriptedModel();
  private final RecordedEvents events = new RecordedEvents();

  @Test
  void a_team_of_a_file_runs() throws Exception {
    model.answers("Rain falls.").answers("APPROVED");
    Path file = FILES.resolve("review.yaml");
    TeamSetup setup = TeamSetup.builder().model("fast", model).build();

    try (Teams teams = Teams.open(TeamFile.read(file), setup)) {
      teams.chat("Review").start("Write a haiku about rain", events).result().join();
    }

    assertThat(events).spoke("Writer", "Critic").endedWith(EndReason.TERMINATED);
  }

  @Test
  void browsers_may_start_the_teams_of_a_file() throws Exception {
    Path file = FILES.resolve("review.yaml");
    TeamSetup setup = TeamSetup.builder().model("fast", model).build();

    Teams teams = Teams.open(TeamFile.read(file), setup);
    ConversationHubBuilder builder = ConversationHub.builder().agents(teams.agents());
    teams.chats().forEach(builder::team);

    try (teams;
        ConversationHub hub = builder.build()) {
      LocalViewer viewer = new LocalViewer(hub).welcomed();
      assertThat(viewer.command("list_agents", Map.of()).await("agents").toString())
          .contains("Review");
    }
  }

  @Test
  void an_agent_calls_a_tool_of_an_mcp_server() throws Exception {
    assumeTrue(!MCP.equals("auto"), "-Dagentstream.mcp names the folder of server-everything");
    Path program =
        Path.of(MCP, "node_modules/@modelcontextprotocol/server-everything/dist/index.js");
    String text =
        Files.readString(FILES.resolve("tools.yaml"))
            .replace(
                "npx, -y, \"@modelcontextprotocol/server-everything\"",
                "node, '" + program + "', stdio");
    model.then(call -> call.toolCall("echo", "{\"message\":\"tea\"}").complete());
    model.answers("It said tea.");

    TeamSetup setup = TeamSetup.builder().model("fast", model).environment(Map.of()).build();
    try (Teams teams = Teams.open(TeamFile.parse(text, "tools.yaml"), setup)) {
      teams.chat("Desk").start("Echo tea", events).result().join();
    }

    assertThat(events.only(ToolResult.class).result()).contains("tea");
  }
}
