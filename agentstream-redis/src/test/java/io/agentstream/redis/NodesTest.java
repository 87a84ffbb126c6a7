package io.agentstream.redis;

import static io.agentstream.test.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.settings.Quotas;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.stress.Stress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes in one process on a real Redis, with models that the test plays. */
@Timeout(180)
class NodesTest {

  private RedisProcess redis;
  private TestNode first;
  private TestNode second;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    first = new TestNode(redis.url());
    second = new TestNode(redis.url());
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    redis.close();
  }

  @Stress
  void a_paused_owner_that_wakes_writes_nothing_more_and_hangs_up() throws Exception {
    LocalViewer here = first.viewer();
    String id = here.start("Tea?");
    LocalViewer there = second.viewer().join(id);
    ScriptedCall cut = first.model.awaitNext();
    cut.tokens("Half");
    there.awaitText("m2", "Half");

    declareDead(first);
    ScriptedCall again = second.model.awaitNext();
    cut.tokens(" of the old");
    here.await(frame -> epochOf(frame) == 2);
    awaitHungUp(cut);
    cut.tokens(" and more");
    again.tokens("All");
    again.tokens(" of the new.").complete();

    for (LocalViewer viewer : new LocalViewer[] {here, there}) {
      viewer.awaitText("m2", "All of the new.");
      viewer.await(NodesTest::isReset);
    }
    second.model.awaitNext().tokens("Yes.").complete();
    here.awaitEnd();
    there.awaitEnd();
    assertThat(late(second, id).toString()).contains("All of the new.").doesNotContain("old");
    assertThat(late(first, id)).isEqualTo(late(second, id));
    assertThat(first.hub.conversations()).isEmpty();
  }

  @Stress
  void what_was_said_while_somebody_spoke_is_not_lost_with_the_node() throws Exception {
    LocalViewer here = first.viewer();
    String id = here.start("Tea?");
    ScriptedCall cut = first.model.awaitNext();
    cut.tokens("Half");
    LocalViewer there = second.viewer().join(id);
    there.awaitText("m2", "Half");
    there.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
    there.await("accepted");
    first.close();
    second.model.awaitNext().tokens("Whole.").complete();
    there.await(frame -> frame.at("/data/messages/1/content").asText().equals("And cake?"));
  }

  @Stress
  void a_node_that_closes_hands_over_at_once() throws Exception {
    String id = first.viewer().start("Tea?");
    LocalViewer there = second.viewer().join(id);
    first.model.awaitNext().tokens("Half");
    there.awaitText("m2", "Half");
    first.close();
    second.model.awaitNext().tokens("Whole.").complete();
    there.awaitText("m2", "Whole.");
    second.model.awaitNext().tokens("Yes.").complete();
    assertThat(there.awaitEnd().path("reason").asText()).isEqualTo("max_rounds");
  }

  @Test
  void a_conversation_counts_for_the_user_who_started_it_on_the_node_that_takes_it_over()
      throws Exception {
    first.close();
    second.close();
    first = nodeOf("ann");
    second = nodeOf("ann");
    LocalViewer here = first.viewer().welcomed();
    LocalViewer there = second.viewer().welcomed().join(here.start("Tea?"));
    there.await("snapshot");
    first.close();
    second.model.awaitNext().tokens("Whole.");
    there.command("start_conversation", Map.of("topic", "Cake?"));
    assertThat(there.await("error").at("/data/code").asText()).isEqualTo("limit_exceeded");
  }

  /** A node whose viewers are one user, who may run one conversation. */
  private TestNode nodeOf(String user) {
    return new TestNode(
        TestNode.settings(redis.url()),
        hub ->
            hub.authenticator(Authenticator.byHandshake(shaken -> Authentication.of(user)))
                .quotas(Quotas.builder().runningConversationsPerUser(1).build()));
  }

  @Stress
  void an_ended_conversation_goes_on_at_the_node_that_took_it_over() throws Exception {
    LocalViewer here = first.viewer();
    String id = here.start("Tea?");
    first.model.awaitNext().thinking("Hm.").tokens("One.").complete();
    first.model.awaitNext().tokens("Two.").complete();
    here.awaitEnd();
    LocalViewer there = second.viewer().join(id);
    there.await("snapshot");
    first.close();
    there.await(frame -> epochOf(frame) == 2 && frame.at("/data/state").asText().equals("ended"));
    assertThat(late(second, id).at("/messages/1/thinking").asText()).isEqualTo("Hm.");
    there.command("send_message", Map.of("conversation_id", id, "content", "Go on."));
    there.await("accepted");
    second.model.awaitNext().tokens("Three.").complete();
    there.awaitText("m5", "Three.");
  }

  @Stress
  void what_is_not_of_the_catalogue_ends_with_an_error_when_its_node_is_gone() throws Exception {
    Agent own = Agent.builder("Zoe").model(first.model).build();
    GroupChat chat = GroupChat.builder().participants(own).build();
    Conversation conversation = first.hub.start(chat, "Tea?");
    first.model.awaitNext().tokens("Half");
    LocalViewer there = joinOnceKnown(second, conversation.id());
    there.awaitText("m2", "Half");
    first.close();
    JsonNode end = there.await(frame -> epochOf(frame) == 2);
    assertThat(end.at("/data/ended/reason").asText()).isEqualTo("failed");
    assertThat(end.at("/data/messages/0/content").asText()).isEqualTo("Tea?");
  }

  @Stress
  void all_that_a_dead_node_ran_goes_on_however_much_it_is() throws Exception {
    int conversations = 100;
    for (int i = 0; i < conversations; i++) {
      first.viewer().start("Tea?");
      first.model.awaitNext();
    }
    first.close();
    await(() -> second.hub.conversations().size() == conversations);
  }

  @Stress
  void a_redis_that_was_restarted_empty_is_told_as_an_error_and_nothing_wrong_is_shown()
      throws Exception {
    LocalViewer here = first.viewer();
    String id = here.start("Tea?");
    LocalViewer there = second.viewer().join(id);
    ScriptedCall call = first.model.awaitNext();
    call.tokens("Before");
    there.awaitText("m2", "Before");

    redis.kill();
    redis.startAgain();
    call.tokens(" and after");
    for (LocalViewer viewer : new LocalViewer[] {here, there}) {
      assertThat(viewer.await("error").at("/data/code").asText()).isEqualTo("internal");
      JsonNode ended = viewer.await("conversation_ended");
      assertThat(ended.at("/data/reason").asText()).isEqualTo("failed");
      assertThat("Before and after").startsWith(viewer.text("m2"));
    }
    awaitHungUp(call);
    LocalViewer again = second.viewer().join(id);
    assertThat(again.await("error").at("/data/code").asText()).isEqualTo("not_found");
    second.viewer().start("Tea?");
    second.model.awaitNext();
  }

  private static JsonNode late(TestNode node, String id) {
    return node.viewer().join(id).await("snapshot").get("data");
  }

  /** A start by code returns before other nodes know of the conversation. */
  private static LocalViewer joinOnceKnown(TestNode node, String id) {
    while (true) {
      LocalViewer viewer = node.viewer().join(id);
      JsonNode answer =
          viewer.await(frame -> List.of("joined", "error").contains(frame.at("/type").asText()));
      if (answer.at("/type").asText().equals("joined")) {
        return viewer;
      }
    }
  }

  private static long epochOf(JsonNode frame) {
    return frame.at("/data/epoch").asLong();
  }

  /** By its event, or by a snapshot that the viewer gets after it. */
  private static boolean isReset(JsonNode frame) {
    return frame.path("type").asText().equals("message_reset")
        || (epochOf(frame) == 2 && !frame.toString().contains("Half"));
  }

  /** As if its lease had run out, although it lives. */
  private void declareDead(TestNode node) {
    redis.commands().publish("agentstream:nodes", node.redis.nodeId());
  }

  private static void awaitHungUp(ScriptedCall call) {
    await(call::isHungUp);
  }
}
