package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.Person;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.HubViewer;
import org.junit.jupiter.api.Test;

/** A participant who is a person, as viewers meet one. */
class PersonSeatTest {

  private final ScriptedModel model = new ScriptedModel();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model).build())
          .team(
              "talk",
              GroupChat.builder()
                  .participants(
                      Person.builder("Kim").build().asAgent(),
                      Agent.builder("Otto").model(model).build())
                  .maxRounds(1)
                  .executor(Runnable::run)
                  .build())
          .clock(new ManualClock())
          .executor(Runnable::run)
          .build();

  @Test
  void the_roster_says_who_is_a_person() {
    HubViewer viewer = connect();
    viewer.send("{\"type\":\"list_agents\"}");
    assertThat(viewer.socket().last().at("/data/teams/0/people").toString()).isEqualTo("[\"Kim\"]");
    String id = start(viewer);
    assertThat(last(viewer, "conversation_created").at("/data/people").toString())
        .isEqualTo("[\"Kim\"]");
    HubViewer late = connect();
    late.send(HubViewer.about("join_conversation", id));
    JsonNode snapshot = last(late, "snapshot").get("data");
    assertThat(snapshot.get("people").toString()).isEqualTo("[\"Kim\"]");
    assertThat(snapshot.at("/pending_input/person").asText()).isEqualTo("Kim");

    viewer.send(roster("remove_agent", id));
    assertThat(last(late, "roster_changed").get("data").has("people")).isFalse();
    viewer.send(roster("add_agent", id));
    assertThat(last(late, "roster_changed").at("/data/people").toString()).isEqualTo("[\"Kim\"]");
    viewer.send(HubViewer.about("stop_conversation", id));
  }

  @Test
  void stop_speaker_skips_the_person_who_is_asked_and_names_who_did_it() {
    HubViewer viewer = connect();
    viewer.send("{\"type\":\"set_name\",\"data\":{\"name\":\"Anna\"}}");
    String id = start(viewer);
    assertThat(last(viewer, "input_requested").at("/data/person").asText()).isEqualTo("Kim");
    viewer.send(HubViewer.about("stop_speaker", id));

    JsonNode resolved = last(viewer, "input_resolved").get("data");
    assertThat(resolved.get("by").asText()).isEqualTo("stopped");
    assertThat(resolved.at("/author/name").asText()).isEqualTo("Anna");
    model.next().tokens("Alone then.").complete();
    assertThat(viewer.socket().of("new_message").size()).isEqualTo(2);
    assertThat(last(viewer, "conversation_ended").at("/data/reason").asText())
        .isEqualTo("max_rounds");
    viewer.send(HubViewer.about("stop_speaker", id));
    assertThat(viewer.errors()).containsExactly("conflict");
  }

  @Test
  void stop_speaker_names_the_person_by_the_question_and_no_other_question() {
    HubViewer viewer = connect();
    String id = start(viewer);
    String question = last(viewer, "input_requested").at("/data/request_id").asText();
    viewer.send(skip(id, "i9"));
    assertThat(viewer.errors()).containsExactly("conflict");
    viewer.send(skip(id, question));
    assertThat(last(viewer, "input_resolved").at("/data/request_id").asText()).isEqualTo(question);
    model.next().tokens("Alone then.").complete();
    assertThat(viewer.socket().of("conversation_ended")).hasSize(1);
  }

  private static String skip(String id, String question) {
    return """
    {"type":"stop_speaker","data":{"conversation_id":"%s","request_id":"%s"}}\
    """
        .formatted(id, question);
  }

  private HubViewer connect() {
    return HubViewer.connect(hub, HubViewer.comingFrom("192.0.2.1"));
  }

  private static String start(HubViewer viewer) {
    viewer.send(
        """
        {"type":"start_conversation","id":"s","data":{"topic":"Tea?","team":"talk"}}\
        """);
    return last(viewer, "conversation_created").get("conversation_id").asText();
  }

  private static String roster(String type, String id) {
    return """
    {"type":"%s","data":{"conversation_id":"%s","agent_name":"Kim"}}\
    """
        .formatted(type, id);
  }

  private static JsonNode last(HubViewer viewer, String type) {
    var frames = viewer.socket().of(type);
    return frames.get(frames.size() - 1);
  }
}
