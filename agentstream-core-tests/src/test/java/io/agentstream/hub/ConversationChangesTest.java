package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.HubViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversations get titles, are searched page by page, and are deleted. */
class ConversationChangesTest {

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model).build())
          .access(ConversationAccess.everybody())
          .clock(clock)
          .executor(Runnable::run)
          .build();
  private final HubViewer viewer = HubViewer.connect(hub, HubViewer.comingFrom(null));

  @Test
  void a_title_is_in_the_list_from_then_on_and_the_last_one_counts() {
    String id = start("Tea?");
    assertThat(list("{}").at("/conversations/0/title").isMissingNode()).isTrue();
    rename(id, "Drinks");
    rename(id, "下午茶");
    assertThat(viewer.errors()).isEmpty();
    JsonNode item = list("{}").at("/conversations/0");
    assertThat(item.get("title").asText()).isEqualTo("下午茶");
    assertThat(item.get("topic").asText()).isEqualTo("Tea?");
  }

  @Test
  void a_search_finds_topics_and_titles_whatever_the_case() {
    String tea = start("Green TEA");
    start("Coffee");
    String renamed = start("Milk");
    rename(renamed, "下午茶, or tea");
    assertThat(ids(list("{\"query\":\"tea\"}"))).containsExactly(renamed, tea);
    assertThat(ids(list("{\"query\":\"午茶\"}"))).containsExactly(renamed);
    assertThat(ids(list("{\"query\":\"%\"}"))).isEmpty();
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      started.add(0, start("Topic " + i));
    }
    List<String> listed = new ArrayList<>();
    JsonNode page = list("{\"limit\":2}");
    while (page.has("next_cursor")) {
      assertThat(ids(page)).hasSize(2);
      listed.addAll(ids(page));
      page = list("{\"limit\":2,\"cursor\":\"" + page.get("next_cursor").asText() + "\"}");
    }
    listed.addAll(ids(page));
    assertThat(listed).isEqualTo(started);
  }

  @Test
  void a_cursor_that_nobody_gave_is_refused() {
    start("Tea?");
    viewer.send("{\"type\":\"list_conversations\",\"data\":{\"cursor\":\"x\"}}");
    assertThat(viewer.errors()).containsExactly("invalid_field");
  }

  @Test
  void what_is_deleted_is_gone_for_everybody() {
    String id = start("Tea?");
    HubViewer other = HubViewer.connect(hub, HubViewer.comingFrom(null));
    other.send(HubViewer.about("join_conversation", id));
    String unknown = answer(HubViewer.about("send_message", "x".repeat(22)));

    viewer.send(HubViewer.about("delete_conversation", id));

    assertThat(last(viewer, "accepted").at("/data/conversation_id").asText()).isEqualTo(id);
    assertThat(last(viewer, "left").get("conversation_id").asText()).isEqualTo(id);
    assertThat(last(other, "left").get("conversation_id").asText()).isEqualTo(id);
    assertThat(last(other, "conversation_ended").at("/data/reason").asText()).isEqualTo("stopped");
    assertThat(list("{}").get("conversations")).isEmpty();
    assertThat(hub.conversations()).isEmpty();
    assertThat(hub.load().keptBytes()).isZero();
    assertThat(answer(HubViewer.about("send_message", id))).isEqualTo(unknown);
    for (String type : List.of("join_conversation", "delete_conversation", "stop_conversation")) {
      assertThat(answer(HubViewer.about(type, id))).as(type).contains("not_found");
    }
    assertThat(model.calls()).hasSize(1);
    clock.advance(Duration.ofHours(1));
    assertThat(other.socket().of("left")).hasSize(1);
  }

  @Test
  void an_ended_conversation_can_be_deleted() {
    model.answers("Tea.").answers("Tea.").answers("Tea.");
    String id = start("Tea?");
    viewer.send(HubViewer.about("stop_conversation", id));
    viewer.send(HubViewer.about("delete_conversation", id));
    assertThat(viewer.errors()).isEmpty();
    assertThat(list("{}").get("conversations")).isEmpty();
  }

  private String start(String topic) {
    viewer.send("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"" + topic + "\"}}");
    clock.advance(Duration.ofMillis(1));
    return last(viewer, "accepted").at("/data/conversation_id").asText();
  }

  private void rename(String id, String title) {
    viewer.send(
        "{\"type\":\"rename_conversation\",\"data\":{\"conversation_id\":\"%s\",\"title\":\"%s\"}}"
            .formatted(id, title));
  }

  private JsonNode list(String data) {
    viewer.send("{\"type\":\"list_conversations\",\"data\":" + data + "}");
    return last(viewer, "conversations").get("data");
  }

  private String answer(String command) {
    viewer.send(command);
    return viewer.socket().frames.get(viewer.socket().frames.size() - 1);
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("conversations").forEach(item -> ids.add(item.get("conversation_id").asText()));
    return ids;
  }

  private static JsonNode last(HubViewer viewer, String type) {
    List<JsonNode> frames = viewer.socket().of(type);
    return frames.get(frames.size() - 1);
  }
}
