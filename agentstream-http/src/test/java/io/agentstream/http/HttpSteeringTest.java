package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.test.EventLine;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Steering a conversation by the paths of REST, seen by a stream of its events. */
class HttpSteeringTest {

  private final ScriptedModel model = new ScriptedModel();
  private ServedDoors served;
  private String conversation;

  @AfterEach
  void stop() throws Exception {
    if (served != null) {
      served.stop();
    }
  }

  private ConversationHubBuilder twoSpeakers() {
    return ConversationHub.builder()
        .agents(
            Agent.builder("Ada").model(model).build(), Agent.builder("Bob").model(model).build())
        .defaultMaxRounds(1);
  }

  private EventLine start(ConversationHubBuilder hub) throws Exception {
    served = ServedDoors.start(new JettyServer(), hub);
    conversation = "/api/conversations/" + served.http().start();
    return EventLine.open(served.root(), conversation + "/events?after=1-0");
  }

  private void accepted(String path, String json) {
    Answer answer = served.http().post(conversation + path, json);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
    assertThat(conversation).endsWith(answer.json().path("conversation_id").asText("none"));
  }

  /** Returns the data of the next frame of this type. */
  private static JsonNode next(EventLine events, String type) throws IOException {
    List<EventLine.Event> all = events.until(type);
    return all.get(all.size() - 1).frame().get("data");
  }

  @Test
  void an_answer_closes_the_question_and_its_choice_speaks() throws Exception {
    try (EventLine events = start(twoSpeakers().speakerSelectors(SpeakerSelector.manual()))) {
      String question = next(events, "input_requested").get("request_id").asText();

      accepted("/answers", "{\"request_id\":\"" + question + "\",\"content\":\"Bob\"}");

      JsonNode resolved = next(events, "input_resolved");
      assertThat(resolved.get("request_id").asText()).isEqualTo(question);
      assertThat(resolved.get("by").asText()).isEqualTo("user");
      assertThat(next(events, "speaker_change").get("agent_name").asText()).isEqualTo("Bob");
    }
  }

  @Test
  void a_speaker_that_is_stopped_keeps_its_words_and_the_next_one_speaks() throws Exception {
    try (EventLine events = start(twoSpeakers())) {
      model.awaitNext().tokens("Half a ");
      String message = next(events, "streaming_token").get("message_id").asText();

      accepted("/stop-speaker", "{\"message_id\":\"" + message + "\"}");

      JsonNode complete = next(events, "streaming_complete");
      assertThat(complete.get("message_id").asText()).isEqualTo(message);
      assertThat(complete.get("finish_reason").asText()).isEqualTo("stopped");
      model.awaitNext().tokens("Go on.").complete();
      next(events, "conversation_ended");
      JsonNode messages = served.http().get(conversation).json().get("messages");
      assertThat(messages)
          .extracting(said -> said.get("content").asText())
          .containsExactly("tea", "Half a ", "Go on.");
    }
  }

  @Test
  void a_pause_holds_the_next_turn_until_it_is_taken_back() throws Exception {
    try (EventLine events = start(twoSpeakers())) {
      ScriptedCall ada = model.awaitNext();

      accepted("/pause", "{}");
      ada.tokens("Tea.").complete();
      next(events, "conversation_paused");
      assertThat(served.http().get(conversation).json().get("state").asText()).isEqualTo("paused");
      assertThat(model.calls()).hasSize(1);

      accepted("/unpause", "{}");
      next(events, "conversation_unpaused");
      model.awaitNext().tokens("No.").complete();
      assertThat(next(events, "conversation_ended").get("reason").asText()).isEqualTo("max_rounds");
    }
  }

  @Test
  void a_conversation_that_is_renamed_has_its_title_in_the_list() throws Exception {
    try (EventLine events = start(twoSpeakers().access(ConversationAccess.everybody()))) {
      next(events, "speaker_change");

      Answer renamed = served.http().send("PATCH", conversation, "{\"title\":\"With milk\"}");

      assertThat(renamed.status()).as(renamed.response().body()).isEqualTo(200);
      JsonNode list = served.http().get("/api/conversations").json();
      assertThat(list.at("/conversations/0/title").asText()).isEqualTo("With milk");
      assertThat(list.at("/conversations/0/topic").asText()).isEqualTo("tea");
    }
  }
}
