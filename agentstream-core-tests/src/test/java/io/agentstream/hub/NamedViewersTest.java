package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.User;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.HubViewer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Viewers are the authors of what they say and do. */
class NamedViewersTest {

  private final ScriptedModel model = new ScriptedModel();
  private final ConversationHubBuilder builder =
      ConversationHub.builder()
          .agents(Agent.builder("Otto").model(model).build())
          .clock(new ManualClock())
          .executor(Runnable::run);

  @Test
  void an_anonymous_viewer_is_called_what_it_says_and_nobody_vouches_for_it() {
    HubViewer viewer = HubViewer.connect(builder.build(), HubViewer.comingFrom("192.0.2.1"));
    String connection = last(viewer, "welcome").at("/data/connection_id").asText();
    viewer.send(named("  Anna\u200B: X "));

    JsonNode author = last(viewer, "named").at("/data/author");
    assertThat(author.toString())
        .isEqualTo("{\"id\":\"" + connection + "\",\"name\":\"Anna X\",\"verified\":false}");
    String id = viewer.start();
    viewer.send(HubViewer.say(id, "Green."));
    assertThat(messages(viewer).get(0).get("author")).isEqualTo(author);
    assertThat(last(viewer, "message_queued").at("/data/author")).isEqualTo(author);
    viewer.send(HubViewer.about("stop_conversation", id));
    assertThat(last(viewer, "conversation_ended").at("/data/author")).isEqualTo(author);
    assertThat(model.calls().get(0).messages().toString()).contains("Anna X: Tea?");
  }

  @Test
  void without_a_name_it_is_an_id_alone_and_a_user_for_agents() {
    HubViewer viewer = HubViewer.connect(builder.build(), HubViewer.comingFrom("192.0.2.1"));
    viewer.start();
    assertThat(messages(viewer).get(0).get("author").toString())
        .matches("\\{\"id\":\"[^\"]+\",\"verified\":false}");
    assertThat(model.calls().get(0).messages().toString()).contains("user: Tea?");
  }

  @Test
  void a_name_that_shows_nothing_or_breaks_the_line_is_refused() {
    HubViewer viewer = HubViewer.connect(builder.build(), HubViewer.comingFrom("192.0.2.1"));
    for (String name : List.of("\u200B", "::", "a\\nb", "x".repeat(65), " ")) {
      viewer.send(named(name));
    }
    assertThat(viewer.errors())
        .containsExactly(
            "invalid_field", "invalid_field", "invalid_field", "limit_exceeded", "invalid_field");
    assertThat(viewer.socket().of("named")).isEmpty();
  }

  @Test
  void the_server_vouches_for_a_known_user_whose_name_stays() {
    FakeAuthenticator users =
        new FakeAuthenticator()
            .knows("ann", Authentication.of(User.of("u1", "Anna M.")))
            .knows("ben", Authentication.of("ben"));
    ConversationHub hub = builder.authenticator(users).build();
    HubViewer ann = HubViewer.connect(hub, HubViewer.comingFrom(null)).authenticate("ann");
    HubViewer ben = HubViewer.connect(hub, HubViewer.comingFrom(null)).authenticate("ben");

    assertThat(last(ann, "welcome").at("/data/author").toString())
        .isEqualTo("{\"id\":\"u1\",\"name\":\"Anna M.\",\"verified\":true}");
    assertThat(last(ben, "welcome").at("/data/author/name").asText()).isEqualTo("ben");
    ann.send(named("Somebody"));
    assertThat(ann.errors()).containsExactly("conflict");
    ann.start();
    assertThat(messages(ann).get(0).at("/author/name").asText()).isEqualTo("Anna M.");
  }

  @Test
  void an_author_that_a_viewer_sends_is_ignored() {
    HubViewer viewer = HubViewer.connect(builder.build(), HubViewer.comingFrom("192.0.2.1"));
    String id = viewer.start();
    viewer.send(
        ("{\"type\":\"send_message\",\"data\":{\"conversation_id\":\"%s\",\"content\":\"Hi\","
                + "\"author\":{\"id\":\"u1\",\"name\":\"Anna\",\"verified\":true}}}")
            .formatted(id));
    JsonNode author = last(viewer, "message_queued").at("/data/author");
    assertThat(author.get("verified").asBoolean()).isFalse();
    assertThat(author.has("name")).isFalse();
  }

  @Test
  void everybody_sees_the_queue_and_changes_it_and_what_is_taken_is_not_found() {
    ConversationHub hub = builder.build();
    HubViewer first = HubViewer.connect(hub, HubViewer.comingFrom("192.0.2.1"));
    String id = first.start();
    first.send(HubViewer.say(id, "Green.")).send(HubViewer.say(id, "Black."));
    HubViewer second = HubViewer.connect(hub, HubViewer.comingFrom("192.0.2.2"));
    second.send(HubViewer.about("join_conversation", id));

    JsonNode queued = last(second, "snapshot").at("/data/queued");
    assertThat(queued.findValuesAsText("content")).containsExactly("Green.", "Black.");
    String green = queued.get(0).get("queue_id").asText();
    second.send(change("edit_message", id, green, ",\"content\":\"White.\""));
    second.send(change("withdraw_message", id, queued.get(1).get("queue_id").asText(), ""));
    assertThat(last(first, "message_edited").at("/data/content").asText()).isEqualTo("White.");
    assertThat(first.socket().of("message_withdrawn")).hasSize(1);
    model.next().complete();
    assertThat(messages(first).get(messages(first).size() - 1).get("content").asText())
        .isEqualTo("White.");
    second.send(change("withdraw_message", id, green, ""));
    assertThat(last(second, "error").at("/data/message").asText()).contains("no longer");
    assertThat(second.errors()).containsExactly("not_found");
  }

  private static String change(String type, String id, String queueId, String more) {
    return "{\"type\":\"%s\",\"data\":{\"conversation_id\":\"%s\",\"queue_id\":\"%s\"%s}}"
        .formatted(type, id, queueId, more);
  }

  private static String named(String name) {
    return "{\"type\":\"set_name\",\"data\":{\"name\":\"" + name + "\"}}";
  }

  private static JsonNode last(HubViewer viewer, String type) {
    List<JsonNode> frames = viewer.socket().of(type);
    assertThat(frames).as(type).isNotEmpty();
    return frames.get(frames.size() - 1);
  }

  private static List<JsonNode> messages(HubViewer viewer) {
    return viewer.socket().of("new_message").stream().map(frame -> frame.get("data")).toList();
  }
}
