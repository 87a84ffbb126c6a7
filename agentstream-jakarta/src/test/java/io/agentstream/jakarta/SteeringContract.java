package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.agent;
import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.join;
import static io.agentstream.jakarta.ServedHub.saying;
import static io.agentstream.jakarta.ServedHub.start;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steering a running conversation, and continuing one that has ended. */
interface SteeringContract extends ServedHub {

  @Test
  default void send_message_waits_until_the_speaker_has_finished() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(twoSpeakers(model));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    ScriptedCall ada = model.awaitNext();
    ada.tokens("Tea.");
    List<JsonNode> frames = viewer.until("streaming_token");

    viewer.send(message(id, "And milk?", ""));

    JsonNode accepted = viewer.expect("accepted");
    assertThat(accepted.get("in_reply_to").asText()).isEqualTo("say");
    assertThat(accepted.at("/data/conversation_id").asText()).isEqualTo(id);
    ada.complete();
    ScriptedCall bob = model.awaitNext();
    bob.tokens("No.");
    bob.complete();
    ConversationView view = ConversationView.of(frames).toTheEnd(viewer);
    assertThat(view.messages()).containsExactly("tea", "Tea.", "And milk?", "No.");
  }

  @Test
  default void send_message_with_interrupt_cuts_the_speaker_and_keeps_its_text() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(twoSpeakers(model));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    ScriptedCall ada = model.awaitNext();
    ada.tokens("Half a ");
    List<JsonNode> frames = viewer.until("streaming_token");

    viewer.send(message(id, "Stop!", ", \"interrupt\": true"));

    viewer.expect("accepted");
    JsonNode complete = viewer.expect("streaming_complete");
    assertThat(complete.at("/data/finish_reason").asText()).isEqualTo("interrupted");
    ScriptedCall bob = model.awaitNext();
    bob.tokens("Sorry.");
    bob.complete();
    ConversationView view = ConversationView.of(frames).addAll(List.of(complete)).toTheEnd(viewer);
    assertThat(view.messages()).containsExactly("tea", "Half a ", "Stop!", "Sorry.");
  }

  @Test
  default void the_same_message_id_is_said_once() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(twoSpeakers(model));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    List<JsonNode> frames = new ArrayList<>(viewer.until("speaker_change"));
    ScriptedCall ada = model.awaitNext();
    String once = message(id, "Once", ", \"message_id\": \"u1\"");

    viewer.send(once);
    viewer.expect("accepted");
    frames.add(viewer.expect("message_queued"));
    viewer.send(once);
    viewer.expect("accepted");

    ada.tokens("Tea.");
    ada.complete();
    ScriptedCall bob = model.awaitNext();
    bob.tokens("No.");
    bob.complete();
    ConversationView view = ConversationView.of(frames).toTheEnd(viewer);
    assertThat(view.messages()).containsExactly("tea", "Tea.", "Once", "No.");
  }

  @Test
  default void a_message_after_the_end_begins_the_next_run_for_every_viewer() throws Exception {
    ScriptedModel model = saying("Hi");
    serve(model);
    SocketViewer viewer = viewer();
    String id = start(viewer);
    viewer.until("conversation_ended");
    SocketViewer other = viewer();
    join(other, id);
    other.until("snapshot");

    viewer.send(message(id, "More?", ""));

    viewer.expect("accepted");
    assertThat(viewer.expect("conversation_started").at("/data/run").asInt()).isEqualTo(2);
    List<JsonNode> rest = other.until("conversation_ended");
    assertThat(rest)
        .filteredOn(frame -> frame.get("type").asText().equals("new_message"))
        .extracting(frame -> frame.at("/data/content").asText())
        .containsExactly("More?", "Hi");
  }

  @Test
  default void stop_speaker_keeps_the_text_so_far_and_the_next_one_speaks() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(twoSpeakers(model));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    ScriptedCall ada = model.awaitNext();
    ada.tokens("Half a ");
    List<JsonNode> frames = viewer.until("streaming_token");
    String messageId = frames.get(frames.size() - 1).at("/data/message_id").asText();

    viewer.send(about(id, "stop_speaker", "\"message_id\": \"" + messageId + "\""));

    viewer.expect("accepted");
    JsonNode complete = viewer.expect("streaming_complete");
    assertThat(complete.at("/data/finish_reason").asText()).isEqualTo("stopped");
    ScriptedCall bob = model.awaitNext();
    bob.tokens("Go on.");
    bob.complete();
    ConversationView view = ConversationView.of(frames).addAll(List.of(complete)).toTheEnd(viewer);
    assertThat(view.messages()).containsExactly("tea", "Half a ", "Go on.");
  }

  @Test
  default void stopping_a_speaker_whose_message_is_over_is_a_conflict() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(twoSpeakers(model));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    viewer.until("speaker_change");
    ScriptedCall ada = model.awaitNext();
    ada.tokens("Tea.");
    ada.complete();
    viewer.until("speaker_change");

    viewer.send(about(id, "stop_speaker", "\"message_id\": \"m2\""));

    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("conflict");
    ScriptedCall bob = model.awaitNext();
    bob.tokens("Still here.");
    assertThat(viewer.expect("streaming_token").at("/data/token").asText())
        .isEqualTo("Still here.");
  }

  @Test
  default void a_pause_holds_the_next_turn_until_it_ends() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(twoSpeakers(model));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    List<JsonNode> frames = viewer.until("speaker_change");
    ServedHub.send(viewer, "pause_conversation", id);
    viewer.expect("accepted");
    ScriptedCall ada = model.awaitNext();
    ada.tokens("Tea.");
    ada.complete();
    frames.addAll(viewer.until("conversation_paused"));
    assertPong(viewer);

    ServedHub.send(viewer, "pause_conversation", id);
    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("conflict");
    ServedHub.send(viewer, "unpause_conversation", id);

    viewer.expect("accepted");
    JsonNode unpaused = viewer.expect("conversation_unpaused");
    ScriptedCall bob = model.awaitNext();
    bob.tokens("No.");
    bob.complete();
    ConversationView view = ConversationView.of(frames).addAll(List.of(unpaused)).toTheEnd(viewer);
    assertThat(view.messages()).containsExactly("tea", "Tea.", "No.");
    ServedHub.send(viewer, "unpause_conversation", id);
    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("conflict");
  }

  @Test
  default void input_response_answers_an_open_question_once_and_with_one_of_its_choices()
      throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(twoSpeakers(model).speakerSelectors(SpeakerSelector.manual()));
    SocketViewer viewer = viewer();
    String id = start(viewer);
    List<JsonNode> frames = viewer.until("input_requested");
    JsonNode question = frames.get(frames.size() - 1).get("data");
    assertThat(question.get("kind").asText()).isEqualTo("speaker");
    assertThat(question.get("choices")).hasToString("[\"Ada\",\"Bob\"]");
    String request = question.get("request_id").asText();

    viewer.send(answer(id, request, "Eve"));
    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("invalid_field");
    viewer.send(answer(id, "i99", "Bob"));
    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("not_found");
    viewer.send(answer(id, request, "Bob"));

    assertThat(viewer.expect("accepted").get("in_reply_to").asText()).isEqualTo("answer");
    assertThat(viewer.expect("input_resolved").at("/data/by").asText()).isEqualTo("user");
    assertThat(viewer.expect("speaker_change").at("/data/agent_name").asText()).isEqualTo("Bob");
    viewer.send(answer(id, request, "Ada"));
    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("not_found");
  }

  @Test
  default void a_late_viewer_sees_the_open_question_and_may_answer_it() throws Exception {
    ScriptedModel model = saying("Hi");
    serve(twoSpeakers(model).speakerSelectors(SpeakerSelector.manual()));
    SocketViewer first = viewer();
    String id = start(first);
    first.until("input_requested");
    SocketViewer late = viewer();
    join(late, id);
    List<JsonNode> frames = late.until("snapshot");
    JsonNode snapshot = frames.get(frames.size() - 1).get("data");
    assertThat(snapshot.get("state").asText()).isEqualTo("waiting_for_input");
    assertThat(snapshot.get("run").asInt()).isEqualTo(1);
    assertThat(snapshot.get("pending_inputs")).hasSize(1);

    late.send(answer(id, snapshot.at("/pending_input/request_id").asText(), "Bob"));

    late.expect("accepted");
    List<JsonNode> seen = first.until("speaker_change");
    assertThat(seen.get(seen.size() - 1).at("/data/agent_name").asText()).isEqualTo("Bob");
  }

  @Test
  default void what_steers_a_conversation_that_is_not_there_is_not_found() throws Exception {
    serve(saying("Hi"));
    SocketViewer viewer = viewer();
    String none = "AAAAAAAAAAAAAAAAAAAAAA";

    for (String command :
        List.of(
            message(none, "Hi", ""),
            about(none, "stop_speaker", ""),
            about(none, "stop_conversation", ""),
            about(none, "pause_conversation", ""),
            about(none, "unpause_conversation", ""),
            about(none, "rename_conversation", "\"title\": \"Tea\""),
            about(none, "delete_conversation", ""),
            answer(none, "i1", "x"))) {
      viewer.send(command);
      assertThat(viewer.expect("error").at("/data/code").asText())
          .as(command)
          .isEqualTo("not_found");
    }
  }

  private static ConversationHubBuilder twoSpeakers(ScriptedModel model) {
    return ConversationHub.builder()
        .agents(agent("Ada", model), agent("Bob", model))
        .defaultMaxRounds(1);
  }

  private static String message(String id, String content, String more) {
    return """
        {"type": "send_message", "id": "say",
         "data": {"conversation_id": "%s", "content": "%s"%s}}"""
        .formatted(id, content, more);
  }

  private static String about(String id, String type, String more) {
    return """
        {"type": "%s", "data": {"conversation_id": "%s"%s}}"""
        .formatted(type, id, more.isEmpty() ? "" : ", " + more);
  }

  private static String answer(String id, String requestId, String content) {
    return """
        {"type": "input_response", "id": "answer",
         "data": {"conversation_id": "%s", "request_id": "%s", "content": "%s"}}"""
        .formatted(id, requestId, content);
  }
}
