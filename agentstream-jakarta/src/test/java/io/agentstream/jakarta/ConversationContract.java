package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.agent;
import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.join;
import static io.agentstream.jakarta.ServedHub.saying;
import static io.agentstream.jakarta.ServedHub.start;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Starting, watching, stopping and leaving a conversation. */
interface ConversationContract extends ServedHub {

  @Test
  default void list_agents_tells_name_and_description_and_never_a_system_prompt() throws Exception {
    Agent ada =
        Agent.builder("Ada")
            .description("Knows engines")
            .systemPrompt("You are secretly Ada")
            .model(saying("Hi"))
            .build();
    serve(ConversationHub.builder().agents(ada));
    SocketViewer viewer = viewer();

    viewer.send(
        """
        {"type": "list_agents", "id": "who"}""");

    JsonNode agents = viewer.expect("agents");
    assertThat(agents.get("in_reply_to").asText()).isEqualTo("who");
    assertThat(agents.get("data"))
        .isEqualTo(
            SocketViewer.parse(
                """
                {"agents": [{"name": "Ada", "description": "Knows engines"}],
                 "speaker_selections": ["round_robin"]}"""));
  }

  @Test
  default void start_conversation_is_accepted_and_then_its_events_follow_from_the_first()
      throws Exception {
    serve(saying("Hello"));
    SocketViewer viewer = viewer();

    viewer.send(
        """
        {"type": "start_conversation", "id": "s7", "data": {"topic": "tea"}}""");

    JsonNode accepted = viewer.expect("accepted");
    assertThat(accepted.get("in_reply_to").asText()).isEqualTo("s7");
    assertThat(accepted.has("seq")).isFalse();
    assertThat(accepted.at("/data/epoch").asLong()).isEqualTo(1);
    String id = accepted.at("/data/conversation_id").asText();
    List<JsonNode> events = viewer.until("conversation_ended");
    assertThat(events)
        .extracting(event -> event.get("type").asText())
        .containsExactly(
            "conversation_created",
            "conversation_started",
            "new_message",
            "speaker_change",
            "streaming_token",
            "streaming_complete",
            "new_message",
            "conversation_ended");
    assertThat(events).allMatch(event -> event.get("conversation_id").asText().equals(id));
    ConversationView view = ConversationView.of(events);
    assertThat(view.messages()).containsExactly("tea", "Hello");
    assertThat(view.endReason()).isEqualTo("max_rounds");
  }

  @Test
  default void two_hundred_tokens_of_each_of_three_agents_arrive_once_and_in_order()
      throws Exception {
    List<String> tokens = IntStream.range(0, 200).mapToObj(i -> "词" + i + " ").toList();
    ScriptedModel model = saying(tokens.toArray(String[]::new));
    serve(
        ConversationHub.builder()
            .agents(agent("Ada", model), agent("Bob", model), agent("Eve", model))
            .defaultMaxRounds(1));
    SocketViewer viewer = viewer();

    start(viewer);

    ConversationView view = new ConversationView().toTheEnd(viewer);
    String said = String.join("", tokens);
    assertThat(view.messages()).containsExactly("tea", said, said, said);
    assertThat(view.seq()).isEqualTo(3 + 3 * (200 + 3) + 1);
  }

  @Test
  default void a_token_of_five_letters_takes_170_bytes_at_the_most() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer viewer = viewer();
    start(viewer);
    viewer.until("speaker_change");
    ScriptedCall answer = model.awaitNext();

    int longest = 0;
    for (int i = 0; i < 250; i++) {
      answer.tokens("hello");
      longest = Math.max(longest, viewer.nextText().getBytes(StandardCharsets.UTF_8).length);
    }

    assertThat(longest).isLessThanOrEqualTo(170);
  }

  @Test
  default void stop_conversation_in_the_middle_of_a_message_keeps_what_was_said() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer viewer = viewer();
    String id = start(viewer);
    ScriptedCall answer = model.awaitNext();
    answer.tokens("Half a ");
    List<JsonNode> frames = viewer.until("streaming_token");

    ServedHub.send(viewer, "stop_conversation", id);

    JsonNode accepted = viewer.expect("accepted");
    assertThat(accepted.get("in_reply_to").asText()).isEqualTo("stop_conversation");
    List<JsonNode> rest = viewer.until("conversation_ended");
    ConversationView view = ConversationView.of(frames).addAll(rest);
    assertThat(view.messages()).containsExactly("tea", "Half a ");
    assertThat(view.endReason()).isEqualTo("stopped");
    assertThat(rest)
        .filteredOn(frame -> frame.get("type").asText().equals("streaming_complete"))
        .extracting(frame -> frame.at("/data/finish_reason").asText())
        .containsExactly("stopped");
    answer.tokens("thought");
    answer.complete();
    assertPong(viewer);
  }

  @Test
  default void leave_conversation_is_answered_with_left_and_nothing_comes_after_it()
      throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer stays = viewer();
    String id = start(stays);
    SocketViewer leaves = viewer();
    join(leaves, id);
    leaves.until("snapshot");
    ScriptedCall answer = model.awaitNext();
    answer.tokens("Hello ");
    leaves.until("streaming_token");

    ServedHub.send(leaves, "leave_conversation", id);

    JsonNode left = leaves.expect("left");
    assertThat(left.get("in_reply_to").asText()).isEqualTo("leave_conversation");
    assertThat(left.at("/data/conversation_id").asText()).isEqualTo(id);
    answer.tokens("world");
    answer.complete();
    ConversationView view = new ConversationView().toTheEnd(stays);
    assertThat(view.messages()).containsExactly("tea", "Hello world");
    assertPong(leaves);
  }

  @Test
  default void leaving_what_one_does_not_view_is_answered_all_the_same() throws Exception {
    serve(new ScriptedModel());
    String id = start(viewer());
    SocketViewer viewer = viewer();

    ServedHub.send(viewer, "leave_conversation", id);

    viewer.expect("left");
  }

  @Test
  default void the_same_request_id_means_the_same_conversation() throws Exception {
    ScriptedModel model = new ScriptedModel();
    ConversationHub hub = serve(model);
    String start =
        """
        {"type": "start_conversation", "data": {"topic": "tea",
         "request_id": "5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035"}}""";
    SocketViewer first = viewer();
    first.send(start);
    String id = first.expect("accepted").at("/data/conversation_id").asText();
    first.vanish();

    SocketViewer second = viewer();
    second.send(start);

    JsonNode accepted = second.expect("accepted");
    assertThat(accepted.at("/data/conversation_id").asText()).isEqualTo(id);
    ScriptedCall answer = model.awaitNext();
    answer.tokens("Once");
    answer.complete();
    ConversationView view = new ConversationView().toTheEnd(second);
    assertThat(view.messages()).containsExactly("tea", "Once");
    assertThat(hub.conversations()).hasSize(1);
  }

  @Test
  default void one_connection_views_several_conversations_at_once() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer viewer = viewer();
    String first = start(viewer);
    viewer.until("speaker_change");
    ScriptedCall one = model.awaitNext();
    String second = start(viewer);
    viewer.until("speaker_change");
    ScriptedCall two = model.awaitNext();

    two.tokens("two");
    assertThat(viewer.expect("streaming_token").get("conversation_id").asText()).isEqualTo(second);
    one.tokens("one");
    assertThat(viewer.expect("streaming_token").get("conversation_id").asText()).isEqualTo(first);
    two.complete();
    assertThat(viewer.until("conversation_ended"))
        .allMatch(frame -> frame.get("conversation_id").asText().equals(second));
    one.complete();
    assertThat(viewer.until("conversation_ended"))
        .allMatch(frame -> frame.get("conversation_id").asText().equals(first));
  }
}
