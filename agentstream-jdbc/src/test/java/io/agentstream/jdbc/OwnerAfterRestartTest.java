package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.settings.Quotas;
import io.agentstream.store.Store;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that a server continues from its store count for the users who started them. */
@Timeout(180)
class OwnerAfterRestartTest {

  private static final String NEVER_GIVEN_OUT = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final List<String> COMMANDS =
      List.of(
          "join_conversation",
          "export_conversation",
          "rename_conversation",
          "delete_conversation",
          "send_message",
          "stop_conversation",
          "list_shares");

  @TempDir private Path folder;

  private final ScriptedModel model = new ScriptedModel();

  /** Who connects next. */
  private volatile String user = "ann";

  @Test
  void an_old_conversation_that_its_owner_continues_is_one_of_those_that_the_owner_may_run() {
    String id = endedBeforeTheRestart();
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub = hub(store)) {
      LocalViewer viewer = new LocalViewer(hub).welcomed();
      viewer.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
      viewer.await("accepted");
      viewer.command("start_conversation", Map.of("topic", "Cake?"));
      assertThat(viewer.await("error").at("/data/code").asText()).isEqualTo("limit_exceeded");
    }
  }

  @Test
  void what_is_stored_for_another_user_gets_the_very_answer_of_what_does_not_exist() {
    String id = endedBeforeTheRestart();
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub = hub(store)) {
      user = "ben";
      for (String type : COMMANDS) {
        assertThat(refusal(hub, type, id))
            .as(type)
            .isEqualTo(refusal(hub, type, NEVER_GIVEN_OUT))
            .contains("not_found");
      }
      user = "ann";
      LocalViewer owner = new LocalViewer(hub).welcomed();
      owner.command("list_conversations", Map.of());
      JsonNode listed = owner.await("conversations").at("/data/conversations");
      assertThat(listed.findValuesAsText("conversation_id")).containsExactly(id);
      assertThat(listed.findValuesAsText("title")).isEmpty();
      owner.command("export_conversation", Map.of("conversation_id", id));
      assertThat(owner.await("conversation_exported").toString()).contains("Tea.");
    }
  }

  /** Returns the id of a conversation of Ann's that has ended on a server that is gone. */
  private String endedBeforeTheRestart() {
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub = hub(store)) {
      model.answers("Tea.");
      LocalViewer viewer = new LocalViewer(hub).welcomed();
      String id = viewer.start("Tea or coffee?");
      viewer.await("conversation_ended");
      return id;
    }
  }

  private static String refusal(ConversationHub hub, String type, String id) {
    LocalViewer viewer = new LocalViewer(hub).welcomed();
    viewer.command(type, Map.of("conversation_id", id, "title", "Mine", "content", "Hello."));
    return viewer.await("error").path("data").toString();
  }

  private ConversationHub hub(Store store) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .defaultMaxRounds(1)
        .authenticator(Authenticator.byHandshake(shaken -> Authentication.of(user)))
        .quotas(Quotas.builder().runningConversationsPerUser(1).build())
        .store(store)
        .build();
  }
}
