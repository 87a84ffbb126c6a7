package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.settings.Quotas;
import io.agentstream.store.Store;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that a server continues from its store count for the users who started them. */
@Timeout(180)
class OwnerAfterRestartTest {

  @TempDir private Path folder;

  private final ScriptedModel model = new ScriptedModel();

  @Test
  void an_old_conversation_that_its_owner_continues_is_one_of_those_that_the_owner_may_run() {
    String id;
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub = hub(store)) {
      model.answers("Tea.");
      LocalViewer viewer = new LocalViewer(hub).welcomed();
      id = viewer.start("Tea or coffee?");
      viewer.await("conversation_ended");
    }
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub = hub(store)) {
      LocalViewer viewer = new LocalViewer(hub).welcomed();
      viewer.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
      viewer.await("accepted");
      viewer.command("start_conversation", Map.of("topic", "Cake?"));
      assertThat(viewer.await("error").at("/data/code").asText()).isEqualTo("limit_exceeded");
    }
  }

  private ConversationHub hub(Store store) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .defaultMaxRounds(1)
        .authenticator(Authenticator.byHandshake(shaken -> Authentication.of("ann")))
        .quotas(Quotas.builder().runningConversationsPerUser(1).build())
        .store(store)
        .build();
  }
}
