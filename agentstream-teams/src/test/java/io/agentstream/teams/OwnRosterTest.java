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
import org.junit.jupiter.params.provider.ValueSource;

/** Viewers change who takes part while a conversation runs, also with agents of their own. */
@Timeout(180)
class OwnRosterTest {

  private static final String POET =
      "{\"name\":\"Poet\",\"system_prompt\":\"Secret rhymes.\",\"model\":\"deep\"}";

  @TempDir private Path folder;

  @Test
  void an_agent_of_ones_own_is_added_as_it_stands_now_and_remains_over_a_restart()
      throws Exception {
    String id;
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      Viewer ann = server.viewer("ann");
      ann.ask("save_agent", "{\"agent\":" + POET + "}");
      id = start(ann, "\"agents\":[\"Ann\",\"Ben\"]");
      server.fast.awaitNext();
      assertThat(ann.ask("add_agent", who(id, "Poet")).path("type").asText()).isEqualTo("accepted");
      ann.ask("remove_agent", who(id, "Ben"));
      ann.ask("mute_agent", who(id, "Ann"));
      await(
          ann,
          "\"change\":\"muted\",\"agent_name\":\"Ann\",\"agents\":[\"Ann\",\"Poet\"],"
              + "\"muted\":[\"Ann\"],\"author\":{\"id\":\"ann\"");
      ann.ask("delete_agent", "{\"name\":\"Poet\"}");
    }
    try (OwnServer server = new OwnServer(folder, Editors.NOBODY)) {
      // The turn of the muted one is not repeated.
      assertThat(server.deep.awaitNext().request().messages().toString())
          .contains("Secret rhymes.");
      Viewer ann = server.viewer("ann");
      ann.ask("join_conversation", "{\"conversation_id\":\"" + id + "\"}");
      await(ann, "\"agents\":[\"Ann\",\"Poet\"]");
      await(ann, "\"muted\":[\"Ann\"]");
      assertThat(ann.everything()).doesNotContain("rhymes");
    }
  }

  @Test
  void a_viewer_without_a_store_gives_the_definition_with_the_command() throws Exception {
    try (OwnServer server = new OwnServer(null, Editors.EVERYBODY)) {
      Viewer guest = server.viewer(null);
      String id = start(guest, "\"max_rounds\":2,\"agents\":[\"Ann\"]");
      String data =
          "{\"conversation_id\":\""
              + id
              + "\",\"agent_name\":\"Poet\",\"definitions\":{\"version\":1,\"agents\":["
              + POET
              + "],\"teams\":[]}}";
      assertThat(guest.ask("add_agent", data).path("type").asText()).isEqualTo("accepted");
      server.fast.awaitNext().complete();
      assertThat(server.deep.awaitNext().request().messages().toString())
          .contains("Secret rhymes.");
    }
  }

  @Test
  void a_participant_that_has_left_comes_back_and_the_rest_is_refused_with_a_reason()
      throws Exception {
    try (OwnServer server = new OwnServer(null, Editors.NOBODY)) {
      Viewer ann = server.viewer("ann");
      String id = start(ann, "\"team\":\"Pair\"");
      ann.ask("remove_agent", who(id, "Ben"));
      ann.ask("add_agent", who(id, "Ben"));
      await(ann, "\"change\":\"added\",\"agent_name\":\"Ben\"");
      assertThat(ann.refusal("add_agent", who(id, "Ben"))).contains("conflict");
      assertThat(ann.refusal("add_agent", who(id, "Nobody")))
          .contains("not_found", "see list_agents");
      assertThat(ann.refusal("mute_agent", who(id, "Nobody"))).contains("no such participant");
      String data =
          "{\"conversation_id\":\"%s\",\"agent_name\":\"X\",\"definitions\":{}}".formatted(id);
      assertThat(ann.refusal("add_agent", data)).contains("'definitions'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mute_agent", "unmute_agent", "add_agent", "remove_agent"})
  void another_user_cannot_tell_the_conversation_from_one_that_does_not_exist(String command)
      throws Exception {
    try (OwnServer server = new OwnServer(folder, Editors.AUTHENTICATED)) {
      Viewer ann = server.viewer("ann");
      ann.ask("save_agent", "{\"agent\":" + POET + "}");
      String id = start(ann, "\"agents\":[\"Ann\",\"Ben\"]");
      Viewer ben = server.viewer("ben");
      for (String name : new String[] {"Ann", "Poet", "Nobody"}) {
        assertThat(ben.refusal(command, who(id, name)))
            .contains("not_found")
            .isEqualTo(ben.refusal(command, who("QUFBQUFBQUFBQUFBQUFBQQ", name)));
      }
      assertThat(ann.everything()).doesNotContain("roster_changed");
    }
  }

  private static String start(Viewer viewer, String who) {
    JsonNode started = viewer.ask("start_conversation", "{\"topic\":\"Rain\"," + who + "}");
    return started.at("/data/conversation_id").asText();
  }

  /** Events may come after the reply to the command that caused them. */
  private static void await(Viewer viewer, String text) {
    Eventually.await(text, () -> viewer.everything().contains(text));
  }

  private static String who(String conversationId, String name) {
    return "{\"conversation_id\":\"" + conversationId + "\",\"agent_name\":\"" + name + "\"}";
  }
}
