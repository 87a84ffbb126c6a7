package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.Editors;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.redis.RedisBackplane;
import io.agentstream.redis.RedisProcess;
import io.agentstream.redis.RedisSettings;
import io.agentstream.teams.TeamFile;
import io.agentstream.teams.TeamSetup;
import io.agentstream.teams.Teams;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A team that a user has made, on two nodes with one real Redis. */
@Timeout(180)
class OwnTeamOverNodesTest {

  private static final String PROMPT = "Secret rhymes.";

  private static final Map<String, ?> DUET =
      Map.of(
          "topic",
          "Rain",
          "team",
          "Duet",
          "definitions",
          Map.of(
              "version",
              1,
              "agents",
              List.of(
                  Map.of("name", "Poet", "system_prompt", PROMPT),
                  Map.of("name", "Reader", "system_prompt", PROMPT)),
              "teams",
              List.of(
                  Map.of(
                      "name",
                      "Duet",
                      "participants",
                      List.of("Poet", "Reader"),
                      "end_when",
                      Map.of("text", "DONE", "from", "Reader")))));

  @Test
  void another_node_continues_it_with_its_prompts_and_its_end_and_shows_them_to_nobody()
      throws Exception {
    try (RedisProcess redis = RedisProcess.start();
        Node first = new Node(redis, Editors.EVERYBODY);
        Node second = new Node(redis, Editors.NOBODY)) {
      LocalViewer here = new LocalViewer(first.hub).welcomed().command("start_conversation", DUET);
      String id = here.await("accepted").get("conversation_id").asText();
      LocalViewer there = new LocalViewer(second.hub).welcomed().join(id);
      first.model.awaitNext().tokens("Drops fall.").complete();
      first.model.awaitNext().tokens("Half");
      there.awaitText("m3", "Half");
      first.leave();

      var again = second.model.awaitNext();
      assertThat(again.messages().toString()).contains(PROMPT, "Drops fall.");
      again.tokens("DONE").complete();
      assertThat(there.awaitEnd().path("reason").asText()).isEqualTo("terminated");
      LocalViewer late = new LocalViewer(second.hub).welcomed().join(id);
      late.command("list_agents", Map.of());
      late.await("agents");
      late.await("snapshot");
      for (LocalViewer viewer : List.of(here, there, late)) {
        assertThat(viewer.frames().toString()).doesNotContain(PROMPT);
      }
    }
  }

  /** A server without a store; its file names one model. */
  private static final class Node implements AutoCloseable {
    final ScriptedModel model = new ScriptedModel();
    final ConversationHub hub;
    private final RedisBackplane redis;
    private final Teams teams;

    Node(RedisProcess process, Editors who) throws Exception {
      this.teams =
          Teams.open(
              TeamFile.parse(
                  "version: 1\nmodels: {m: {}}\nagents: [{name: Ann}]\nteams: []\n", "t.yaml"),
              TeamSetup.builder().model("m", model).environment(Map.of()).build());
      this.redis =
          RedisBackplane.connect(
              RedisSettings.at(process.url()).commandTimeout(Duration.ofSeconds(10)).build());
      this.hub =
          ConversationHub.builder()
              .agents(teams.agents())
              .access(ConversationAccess.everybody())
              .editor(teams.editor(), who)
              .backplane(redis)
              .build();
    }

    /** Ends as a server does that goes down: other nodes take over. */
    void leave() {
      hub.close();
    }

    @Override
    public void close() {
      hub.close();
      redis.close();
      teams.close();
    }
  }
}
