package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.hub.Editors;
import io.agentstream.teams.OwnServer.Viewer;
import io.agentstream.test.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users make agents and teams from what the operator's file offers. */
@Timeout(180)
class OwnTeamsTest {

  private static final String POET =
      "{\"agent\":{\"name\":\"Poet\",\"description\":\"Rhymes\",\"system_prompt\":\"Secret rhymes.\","
          + "\"model\":\"deep\",\"tools\":[\"clock\"],\"temperature\":0.5,\"colour\":2}}";
  private static final String DUET =
      "{\"team\":{\"name\":\"Duet\",\"participants\":[\"Poet\",\"Ann\"],\"max_rounds\":1,"
          + "\"speaker_selection\":{\"kind\":\"round_robin\"},\"end_when\":{\"said_by\":[\"Poet\"]}}}";

  @TempDir private Path folder;

  @Test
  void an_agent_is_saved_listed_started_changed_and_deleted() throws Exception {
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      Viewer ann = server.viewer("ann");
      JsonNode saved = ann.ask("save_agent", POET).path("data");
      JsonNode poet = saved.at("/agents/2");
      assertThat(poet.path("name").asText()).isEqualTo("Poet");
      assertThat(poet.path("own").asBoolean()).isTrue();
      assertThat(poet.path("colour").asInt()).isEqualTo(2);
      assertThat(poet.at("/definition/system_prompt").asText()).isEqualTo("Secret rhymes.");
      assertThat(ann.ask("list_agents", "{}").path("data")).isEqualTo(saved);

      JsonNode started =
          ann.ask("start_conversation", "{\"topic\":\"Rain\",\"agents\":[\"Poet\",\"Ann\"]}");
      assertThat(started.path("type").asText()).isEqualTo("accepted");
      assertThat(server.deep.awaitNext().request().messages().toString())
          .contains("Secret rhymes.");

      JsonNode changed =
          ann.ask("save_agent", "{\"agent\":{\"name\":\"Poet\",\"system_prompt\":\"Other.\"}}");
      assertThat(changed.at("/data/agents")).hasSize(3);
      assertThat(changed.at("/data/agents/2/definition").toString())
          .isEqualTo("{\"name\":\"Poet\",\"system_prompt\":\"Other.\"}");
      assertThat(ann.ask("delete_agent", "{\"name\":\"Poet\"}").at("/data/agents")).hasSize(2);
      assertThat(ann.refusal("delete_agent", "{\"name\":\"Poet\"}")).contains("not_found");
    }
  }

  @Test
  void a_team_is_saved_with_its_end_and_started_by_its_name() throws Exception {
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      Viewer ann = server.viewer("ann");
      ann.ask("save_agent", POET);
      JsonNode duet = ann.ask("save_team", DUET).at("/data/teams/1");
      assertThat(duet.path("agents").toString()).isEqualTo("[\"Poet\",\"Ann\"]");
      assertThat(duet.path("end_when").toString()).isEqualTo("{\"said_by\":\"Poet\"}");
      assertThat(ann.refusal("delete_agent", "{\"name\":\"Poet\"}"))
          .contains("invalid_field", "takes part in 'Duet'");
      ann.ask("start_conversation", "{\"topic\":\"Rain\",\"team\":\"Duet\"}");
      server.deep.awaitNext().tokens("Drip.").complete();
      Eventually.await(() -> ann.everything().contains("conversation_ended"));
      assertThat(ann.everything()).contains("\"reason\":\"terminated\"");
      assertThat(ann.ask("delete_team", "{\"name\":\"Duet\"}").at("/data/teams")).hasSize(1);
    }
  }

  @Test
  void a_person_takes_part_in_a_team_of_ones_own_and_outlives_no_deletion() throws Exception {
    String team =
        "{\"team\":{\"name\":\"Talk\",\"participants\":[\"Kim\",\"Ann\"],\"max_rounds\":1,"
            + "\"people\":[{\"name\":\"Kim\",\"prompt\":\"What is wanted?\"}]}}";
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      Viewer ann = server.viewer("ann");
      JsonNode saved = ann.ask("save_team", team).at("/data/teams/1");
      assertThat(saved.path("people")).hasToString("[\"Kim\"]");
      assertThat(saved.at("/definition/people/0/prompt").asText()).isEqualTo("What is wanted?");
      assertThat(ann.refusal("save_agent", "{\"agent\":{\"name\":\"kim\"}}"))
          .contains("invalid_field", "is taken");
      ann.ask("start_conversation", "{\"topic\":\"Rain\",\"team\":\"Talk\"}");
      Eventually.await(() -> ann.everything().contains("input_requested"));
      assertThat(ann.everything()).contains("\"prompt\":\"What is wanted?\"", "\"person\":\"Kim\"");
      assertThat(ann.ask("save_team", team.replace("Talk", "Talk 2")).at("/data/teams")).hasSize(3);
      assertThat(
              ann.refusal(
                  "save_team", team.replace("Talk", "Both").replace("\"Ann\"", "\"Talk 2\"")))
          .contains("invalid_field", "is taken");
      ann.ask("delete_team", "{\"name\":\"Talk 2\"}");
      assertThat(ann.ask("delete_team", "{\"name\":\"Talk\"}").at("/data/teams")).hasSize(1);
      assertThat(ann.ask("save_agent", "{\"agent\":{\"name\":\"Kim\"}}").at("/data/agents"))
          .hasSize(3);
    }
  }

  @Test
  void the_catalogue_names_models_and_tools_and_nothing_else_of_them() throws Exception {
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      Viewer ann = server.viewer("ann");
      ann.ask("save_agent", POET);
      ann.ask("save_team", DUET);
      ann.refusal("save_agent", "{\"agent\":{\"name\":\"X\",\"model\":\"slow\"}}");
      JsonNode data = ann.ask("list_agents", "{}").path("data");
      assertThat(data.path("models").toString())
          .isEqualTo(
              "[{\"name\":\"fast\",\"description\":\"Answers at once\"},{\"name\":\"deep\"}]");
      assertThat(data.path("tools").toString())
          .isEqualTo("[{\"name\":\"clock\",\"description\":\"Tells the time\"}]");
      assertThat(data.path("editing").toString())
          .isEqualTo("{\"kept\":true,\"max_agents\":50,\"max_teams\":20,\"max_chars\":131072}");
      assertThat(data.at("/agents/0/colour").asInt()).isEqualTo(3);
      assertThat(data.at("/teams/0/end_when").toString())
          .isEqualTo("{\"any\":[{\"text\":\"DONE\",\"from\":\"Ben\"},{\"custom\":\"night\"}]}");
      assertThat(ann.everything()).doesNotContainIgnoringCase("canary");
    }
  }

  @Test
  void another_user_can_neither_see_nor_start_nor_delete_it() throws Exception {
    try (OwnServer server = new OwnServer(folder, Editors.EVERYBODY)) {
      Viewer ann = server.viewer("ann");
      ann.ask("save_agent", POET);
      ann.ask("save_team", DUET);
      for (Viewer other : new Viewer[] {server.viewer("ben"), server.viewer(null)}) {
        assertThat(other.ask("list_agents", "{}").toString()).doesNotContain("Poet", "Duet");
        for (String[] each :
            new String[][] {
              {"start_conversation", "{\"topic\":\"t\",\"agents\":[\"%s\"]}", "Poet"},
              {"start_conversation", "{\"topic\":\"t\",\"team\":\"%s\"}", "Duet"},
              {"delete_agent", "{\"name\":\"%s\"}", "Poet"},
              {"delete_team", "{\"name\":\"%s\"}", "Duet"},
              {"save_team", "{\"team\":{\"name\":\"Mine\",\"participants\":[\"%s\"]}}", "Poet"}
            }) {
          assertThat(other.refusal(each[0], each[1].formatted(each[2])))
              .startsWith("error")
              .isEqualTo(
                  other.refusal(each[0], each[1].formatted("Nobody")).replace("Nobody", each[2]));
        }
        assertThat(other.everything()).doesNotContain("rhymes");
      }
    }
  }

  @Test
  void a_conversation_keeps_the_definition_it_began_with_over_a_restart() throws Exception {
    String id;
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      Viewer ann = server.viewer("ann");
      ann.ask("save_agent", POET);
      ann.ask("save_team", DUET);
      id =
          ann.ask("start_conversation", "{\"topic\":\"Rain\",\"team\":\"Duet\"}")
              .at("/data/conversation_id")
              .asText();
      server.deep.awaitNext();
      ann.ask("delete_team", "{\"name\":\"Duet\"}");
      ann.ask("save_agent", "{\"agent\":{\"name\":\"Poet\",\"system_prompt\":\"Other.\"}}");
    }
    try (OwnServer server = new OwnServer(folder, Editors.NOBODY)) {
      assertThat(server.deep.awaitNext().request().messages().toString())
          .contains("Secret rhymes.")
          .doesNotContain("Other.");
      Viewer ann = server.viewer("ann");
      JsonNode joined = ann.ask("join_conversation", "{\"conversation_id\":\"" + id + "\"}");
      assertThat(joined.path("type").asText()).isEqualTo("joined");
      assertThat(ann.everything()).doesNotContain("rhymes", "Other.");
    }
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      assertThat(server.viewer("ann").ask("list_agents", "{}").toString()).contains("Other.");
    }
  }

  @Test
  void without_a_store_the_client_gives_the_definitions_with_the_start() throws Exception {
    try (OwnServer server = new OwnServer(null, Editors.EVERYBODY)) {
      Viewer guest = server.viewer(null);
      assertThat(guest.ask("list_agents", "{}").at("/data/editing/kept").asBoolean()).isFalse();
      assertThat(guest.refusal("save_agent", POET)).contains("unknown_type", "definitions");
      guest.ask(
          "start_conversation",
          "{\"topic\":\"Rain\",\"team\":\"Duet\",\"definitions\":{\"version\":1,\"agents\":["
              + POET.substring(9, POET.length() - 1)
              + "],\"teams\":["
              + DUET.substring(8, DUET.length() - 1)
              + "]}}");
      assertThat(server.deep.awaitNext().request().messages().toString())
          .contains("Secret rhymes.");
      assertThat(guest.everything()).doesNotContain("rhymes");
    }
  }

  @ParameterizedTest
  @CsvSource({"NOBODY, ann", "NOBODY,", "AUTHENTICATED,"})
  void who_may_not_make_any_gets_no_models_and_cannot_give_any(Editors who, String user)
      throws Exception {
    try (OwnServer server = new OwnServer(folder, who)) {
      Viewer viewer = server.viewer(user);
      JsonNode data = viewer.ask("list_agents", "{}").path("data");
      assertThat(data.has("models") || data.has("tools") || data.has("editing")).isFalse();
      assertThat(viewer.refusal("save_agent", POET)).contains("unknown_type");
      assertThat(
              viewer.refusal(
                  "start_conversation",
                  "{\"topic\":\"t\",\"agents\":[\"X\"],\"definitions\":{\"version\":1,"
                      + "\"agents\":[{\"name\":\"X\"}],\"teams\":[]}}"))
          .contains("invalid_field", "'definitions'");
    }
  }

  @Test
  void what_no_longer_fits_is_shown_with_its_fault_and_can_be_mended() throws Exception {
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      Viewer ann = server.viewer("ann");
      ann.ask("save_agent", POET);
      ann.ask("save_team", DUET);
    }
    String less = OwnServer.FILE.replace("deep", "other");
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED, less)) {
      Viewer ann = server.viewer("ann");
      JsonNode data = ann.ask("list_agents", "{}").path("data");
      assertThat(data.at("/agents/2/fault").asText()).contains("there is no such model");
      assertThat(data.at("/teams/1/fault").asText()).contains("there is no such model");
      assertThat(ann.refusal("start_conversation", "{\"topic\":\"t\",\"team\":\"Duet\"}"))
          .contains("invalid_field", "there is no such model");
      JsonNode mended = ann.ask("save_agent", "{\"agent\":{\"name\":\"Poet\"}}").path("data");
      assertThat(mended.at("/teams/1").has("fault")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ann", "ANN", "Pair"})
  void a_name_of_the_servers_cannot_be_taken(String name) throws Exception {
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      assertThat(server.viewer("ann").refusal("save_agent", agent(name, "p")))
          .contains("invalid_field", "taken by the server");
    }
  }

  @Test
  void sizes_and_numbers_are_limited() throws Exception {
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      Viewer ann = server.viewer("ann");
      String long20k = "x".repeat(20_001);
      assertThat(ann.refusal("save_agent", agent("Long", long20k))).contains("limit_exceeded");
      for (int i = 0; i < 6; i++) {
        ann.ask("save_agent", agent("Big" + i, "y".repeat(20_000)));
      }
      assertThat(ann.refusal("save_agent", agent("Big", "y".repeat(20_000))))
          .contains("limit_exceeded", "131072");
      for (int i = 0; i < 6; i++) {
        ann.ask("delete_agent", "{\"name\":\"Big" + i + "\"}");
      }
      for (int i = 0; i < 50; i++) {
        assertThat(ann.ask("save_agent", agent("A" + i, "p")).path("type").asText())
            .isEqualTo("agents");
      }
      assertThat(ann.refusal("save_agent", agent("A50", "p"))).contains("limit_exceeded");
      assertThat(ann.ask("save_agent", agent("A7", "q")).path("type").asText()).isEqualTo("agents");
    }
  }

  private static String agent(String name, String prompt) {
    return "{\"agent\":{\"name\":\"" + name + "\",\"system_prompt\":\"" + prompt + "\"}}";
  }
}
