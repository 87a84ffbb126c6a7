package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.backplane.Backplane;
import io.agentstream.chat.Agent;
import io.agentstream.redis.RedisProcess;
import io.agentstream.store.StoredConversation;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedCall;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes on a real Redis that keep their conversations in one real PostgreSQL. */
@Timeout(180)
class KeptNodesTest {

  private static final String USER = "postgres";
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final Duration SHORT = Duration.ofMillis(100);

  private static EmbeddedPostgres postgres;

  private final List<KeptNode> nodes = new ArrayList<>();
  private RedisProcess redis;

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = TestPostgres.start();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void startRedis() {
    redis = RedisProcess.start();
  }

  @AfterEach
  void stop() {
    nodes.forEach(KeptNode::close);
    redis.close();
  }

  @Test
  void a_conversation_that_redis_has_forgotten_is_read_from_the_store_and_continues_anywhere()
      throws Exception {
    KeptNode first = node(SHORT);
    KeptNode second = node(LONG);
    LocalViewer here = first.viewer();
    String id = here.start("Tea or coffee?");
    first.model.awaitNext().thinking("Hm.").usage(3, 4).tokens("Tea.").complete();
    first.model.awaitNext().tokens("Coffee.").complete();
    here.await("conversation_ended");
    JsonNode before = snapshot(first, id);
    first.awaitForgotten(id);

    LocalViewer watching = first.viewer().join(id);
    watching.await("snapshot");
    LocalViewer late = second.viewer().join(id);
    assertThat(late.await("snapshot").path("data")).isEqualTo(before);

    second.viewer().command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
    second.model.awaitNext().tokens("Cake!").complete();
    second.model.awaitNext().tokens("No.").complete();
    for (LocalViewer viewer : List.of(late, watching)) {
      viewer.awaitText("m5", "Cake!");
      viewer.awaitText("m6", "No.");
    }
    for (KeptNode node : nodes) {
      JsonNode after = snapshot(node, id);
      assertThat(after.path("epoch").asLong()).isEqualTo(2);
      assertThat(after.at("/messages/1")).isEqualTo(before.at("/messages/1"));
    }
  }

  @Test
  void a_start_that_redis_has_forgotten_is_repeated_from_the_store_with_the_same_data_alone()
      throws Exception {
    KeptNode first = node(SHORT);
    KeptNode second = node(LONG);
    first.model.always(call -> call.tokens("Yes.").complete());
    String id = started(first, "Tea?").await("accepted").path("conversation_id").asText();
    first.awaitForgotten(id);

    assertThat(started(second, "Tea?").await("accepted").path("conversation_id").asText())
        .isEqualTo(id);
    assertThat(started(second, "Milk?").await("error").at("/data/code").asText())
        .isEqualTo("invalid_field");
    assertThat(second.model.calls()).isEmpty();
  }

  private static LocalViewer started(KeptNode node, String topic) {
    String key = "5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035";
    return node.viewer().command("start_conversation", Map.of("topic", topic, "request_id", key));
  }

  @Test
  void after_a_restart_with_an_empty_redis_whoever_was_cut_off_speaks_again() throws Exception {
    KeptNode first = node(LONG);
    LocalViewer here = first.viewer();
    String id = here.start("Tea or coffee?");
    first.model.awaitNext().tokens("Tea.").complete();
    first.model.awaitNext().tokens("Cof");
    here.awaitText("m3", "Cof");
    Eventually.await(() -> first.texts(id).contains("Tea."));
    first.close();
    redis.close();
    redis = RedisProcess.start();

    KeptNode second = node(LONG);
    second.model.awaitNext().tokens("Coffee.").complete();
    second.viewer().join(id).awaitText("m3", "Coffee.");
    Eventually.await(() -> second.texts(id).contains("Coffee."));
    assertThat(second.texts(id)).containsExactly("Tea or coffee?", "Tea.", "Coffee.");
  }

  @Test
  void a_conversation_that_redis_loses_as_it_runs_continues_with_a_command() throws Exception {
    KeptNode owner = node(LONG);
    KeptNode other = node(LONG);
    other.model.always(call -> call.tokens("Coffee.").complete());
    String id = owner.viewer().start("Tea or coffee?");
    owner.model.awaitNext().tokens("Tea.").complete();
    ScriptedCall speaking = owner.model.awaitNext().tokens("Cof");
    Eventually.await(() -> owner.texts(id).contains("Tea."));
    redis.commands().flushall();
    LocalViewer there = other.viewer().join(id);
    assertThat(there.await("snapshot").toString()).contains("Tea.").doesNotContain("Cof");
    speaking.tokens("fee");
    Eventually.await(() -> owner.hub.conversations().isEmpty());
    there.command("send_message", Map.of("conversation_id", id, "content", "Cake?"));
    there.awaitText("m3", "Coffee.");
    there.awaitEnd();
  }

  @Test
  void a_takeover_leaves_in_the_store_what_viewers_see() throws Exception {
    KeptNode first = node(LONG);
    KeptNode second = node(LONG);
    String id = first.viewer().start("Tea or coffee?");
    first.model.awaitNext().thinking("Hm.").tokens("Tea.").complete();
    first.model.awaitNext().tokens("Cof");
    LocalViewer there = second.viewer().join(id);
    there.awaitText("m3", "Cof");
    first.close();
    second.model.awaitNext().tokens("Coffee.").complete();
    there.awaitEnd();
    Eventually.await(() -> second.texts(id).contains("Coffee."));
    StoredConversation stored = second.store.load(id).orElseThrow();
    assertThat(stored.epoch()).isEqualTo(2);
    assertThat(second.texts(id)).containsExactly("Tea or coffee?", "Tea.", "Coffee.");
    assertThat(stored.messages().get(1)).contains("Hm.");
  }

  @Test
  void two_nodes_that_bring_back_one_conversation_at_once_run_it_once() throws Exception {
    String id = ended();
    KeptNode second = node(LONG);
    KeptNode third = node(LONG);
    for (KeptNode node : List.of(second, third)) {
      node.model.always(call -> call.tokens("Yes.").complete());
    }
    LocalViewer one = second.viewer();
    LocalViewer other = third.viewer();
    one.commandApart("send_message", Map.of("conversation_id", id, "content", "Cake?"));
    other.commandApart("send_message", Map.of("conversation_id", id, "content", "Rain?"));
    one.await("accepted");
    other.await("accepted");
    Eventually.await(
        () -> second.hub.conversations().size() + third.hub.conversations().size() == 1);
    Eventually.await(() -> second.texts(id).containsAll(List.of("Cake?", "Rain?")));
  }

  @Test
  void a_command_reaches_a_conversation_that_another_node_brings_back_just_before()
      throws Exception {
    String id = ended();
    KeptNode second = node(LONG);
    HeldAnswer held = new HeldAnswer();
    KeptNode third = node(LONG, held::on);
    second.model.always(call -> call.tokens("Yes.").complete());
    LocalViewer late = third.viewer();
    late.commandApart("send_message", Map.of("conversation_id", id, "content", "Cake?"));
    held.awaitCome();

    LocalViewer first = second.viewer();
    first.command("send_message", Map.of("conversation_id", id, "content", "Rain?"));
    first.await("accepted");
    held.handOut();

    late.await("accepted");
    Eventually.await(() -> second.texts(id).containsAll(List.of("Rain?", "Cake?")));
    assertThat(third.hub.conversations()).isEmpty();
  }

  @Test
  void a_late_answer_from_another_node_leaves_a_running_conversation_where_it_runs()
      throws Exception {
    KeptNode first = node(LONG);
    KeptNode second = node(LONG);
    String id = first.viewer().start("Tea or coffee?");
    first.model.awaitNext().tokens("Tea.").complete();
    ScriptedCall speaking = first.model.awaitNext();
    Eventually.await(() -> first.texts(id).contains("Tea."));
    LocalViewer viewer = second.viewer().join(id);
    viewer.command(
        "input_response", Map.of("conversation_id", id, "request_id", "i1", "content", "Yes"));
    assertThat(viewer.await("error").at("/data/code").asText()).isEqualTo("not_found");
    speaking.tokens("Coffee.").complete();
    viewer.awaitEnd();
    assertThat(snapshot(second, id).path("epoch").asLong()).isEqualTo(1);
    assertThat(second.model.calls()).isEmpty();
  }

  @Test
  void a_conversation_whose_agents_are_gone_is_refused_and_can_still_be_read() throws Exception {
    String id = ended();
    KeptNode second = node(LONG);
    second.hub.offer(List.of(Agent.builder("Cleo").model(second.model).build()), Map.of());
    LocalViewer viewer = second.viewer();
    for (int i = 0; i < 2; i++) {
      viewer.command("send_message", Map.of("conversation_id", id, "content", "Cake?"));
    }
    viewer.await(frame -> viewer.types().stream().filter("error"::equals).count() == 2);
    second.awaitForgotten(id);
    assertThat(snapshot(second, id).toString()).contains("Tea.", "Coffee.");
  }

  @Test
  void a_deleted_conversation_that_rests_is_gone_for_every_node() throws Exception {
    String id = ended();
    KeptNode second = node(LONG);
    LocalViewer viewer = second.viewer();
    viewer.command("delete_conversation", Map.of("conversation_id", id));
    viewer.await("accepted");
    for (KeptNode node : nodes) {
      assertThat(node.store.find(id)).isEmpty();
      assertThat(node.viewer().join(id).await("error").at("/data/code").asText())
          .isEqualTo("not_found");
    }
  }

  @Test
  void what_one_node_imports_another_exports_and_continues() throws Exception {
    String id = ended();
    KeptNode first = node(LONG);
    KeptNode second = node(LONG);
    JsonNode document = exported(first, id);
    LocalViewer viewer = first.viewer();
    viewer.command(
        "import_conversation", Map.of("part", document.toString(), "index", 0, "last", true));
    JsonNode imported = viewer.await("conversation_imported").path("data");
    assertThat(imported.path("continues").asBoolean()).isTrue();
    String copy = imported.path("conversation_id").asText();
    JsonNode again = exported(second, copy);
    assertThat(again.at("/messages/1")).isEqualTo(document.at("/messages/1"));
    assertThat(again.path("ended")).isEqualTo(document.path("ended"));

    second.viewer().command("send_message", Map.of("conversation_id", copy, "content", "Cake?"));
    second.model.awaitNext().tokens("Cake!").complete();
    second.model.awaitNext().tokens("No.").complete();
    first.viewer().join(copy).awaitText("m5", "Cake!");
  }

  private static JsonNode exported(KeptNode node, String id) {
    return node.viewer()
        .command("export_conversation", Map.of("conversation_id", id))
        .await("conversation_exported")
        .at("/data/document");
  }

  private KeptNode node(Duration ended) {
    return node(ended, shared -> shared);
  }

  private KeptNode node(Duration ended, UnaryOperator<Backplane> with) {
    KeptNode node = new KeptNode(redis.url(), postgres.getJdbcUrl(USER, USER), ended, with);
    nodes.add(node);
    return node;
  }

  /** A conversation that has ended and that only the store has. */
  private String ended() throws InterruptedException {
    KeptNode node = node(SHORT);
    String id = node.viewer().start("Tea or coffee?");
    node.model.awaitNext().tokens("Tea.").complete();
    node.model.awaitNext().tokens("Coffee.").complete();
    node.awaitForgotten(id);
    return id;
  }

  private static JsonNode snapshot(KeptNode node, String id) {
    return node.viewer().join(id).await("snapshot").path("data");
  }
}
