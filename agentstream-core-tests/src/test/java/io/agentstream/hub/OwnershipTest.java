package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.identity.Access;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The owner of a conversation, and the rights of others. */
class OwnershipTest {

  private static final String KEY = "5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035";
  private static final String NEVER_GIVEN_OUT = "AAAAAAAAAAAAAAAAAAAAAA";

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final Agent agent = Agent.builder("Ann").model(model).build();
  private final FakeAuthenticator authenticator =
      new FakeAuthenticator()
          .knows("ann", Authentication.of("ann"))
          .knows("ben", Authentication.of("ben"));

  @Test
  void what_is_another_users_gets_the_very_answer_of_what_does_not_exist() {
    ConversationHub hub = hub(ConversationAccess.byOwner());
    Viewer ann = new Viewer(hub, "ann");
    Viewer ben = new Viewer(hub, "ben");
    String annsId = ann.start("Tea?", null);
    String bensId = ben.start("Coffee?", null);
    int shownToAnn = ann.socket.frames.size();

    for (String type : Commands.OF_A_CONVERSATION) {
      String another = ben.answer(type, annsId);
      assertThat(another).as(type).isEqualTo(ben.answer(type, NEVER_GIVEN_OUT));
      assertThat(another).contains("\"code\":\"not_found\"").doesNotContain(annsId);
      assertThat(ann.answer(type, bensId)).as(type).isEqualTo(another);
    }

    assertThat(ann.socket.frames).hasSize(shownToAnn + Commands.OF_A_CONVERSATION.size());
    model.next().tokens("unharmed");
    assertThat(ann.last("streaming_token").at("/data/token").asText()).isEqualTo("unharmed");
    assertThat(ben.socket.of("streaming_token")).isEmpty();
  }

  @Test
  void joining_with_a_position_tells_no_more() {
    ConversationHub hub = hub(ConversationAccess.byOwner());
    String annsId = new Viewer(hub, "ann").start("Tea?", null);
    Viewer ben = new Viewer(hub, "ben");
    String position = "{\"conversation_id\":\"%s\",\"epoch\":1,\"after_seq\":1}";

    ben.send("join_conversation", position.formatted(annsId));
    String another = ben.lastText();
    ben.send("join_conversation", position.formatted(NEVER_GIVEN_OUT));

    assertThat(another).isEqualTo(ben.lastText()).contains("not_found");
  }

  @Test
  void the_owner_may_do_everything_on_any_connection() {
    ConversationHub hub = hub(ConversationAccess.byOwner());
    String id = new Viewer(hub, "ann").start("Tea?", null);
    Viewer second = new Viewer(hub, "ann");

    second.send("join_conversation", Commands.data("join_conversation", id));
    assertThat(second.last("joined").at("/data/conversation_id").asText()).isEqualTo(id);
    second.send("stop_conversation", Commands.data("stop_conversation", id));
    assertThat(second.socket.of("accepted")).hasSize(1);
    assertThat(second.last("conversation_ended").at("/data/reason").asText()).isEqualTo("stopped");
  }

  @Test
  void who_may_view_may_join_and_leave_and_does_not_steer() {
    Set<User> shared = new HashSet<>();
    ConversationHub hub =
        hub(
            (user, conversation) ->
                shared.contains(user)
                    ? Access.VIEW
                    : ConversationAccess.byOwner().of(user, conversation));
    String id = new Viewer(hub, "ann").start("Tea?", null);
    Viewer ben = new Viewer(hub, "ben");
    assertThat(ben.answer("join_conversation", id)).contains("not_found");

    shared.add(User.of("ben"));
    ben.send("join_conversation", Commands.data("join_conversation", id));
    assertThat(ben.socket.of("snapshot")).hasSize(1);
    List<String> steering = new ArrayList<>(Commands.OF_A_CONVERSATION);
    steering.removeAll(List.of("join_conversation", "leave_conversation"));
    for (String type : steering) {
      ben.send(type, Commands.data(type, id));
      assertThat(ben.lastText()).as(type).contains("not_found", "yours to view");
    }
    model.next().tokens("seen");
    assertThat(ben.last("streaming_token").at("/data/token").asText()).isEqualTo("seen");
    assertThat(ben.listed()).containsExactly(id);
    assertThat(ben.answer("leave_conversation", id)).contains("\"type\":\"left\"");
  }

  @Test
  void who_has_lost_the_right_to_view_may_still_leave() {
    Set<User> shared = new HashSet<>(Set.of(User.of("ben")));
    ConversationHub hub =
        hub(
            (user, conversation) ->
                user.equals(conversation.owner()) || shared.contains(user)
                    ? Access.STEER
                    : Access.NONE);
    String id = new Viewer(hub, "ann").start("Tea?", null);
    Viewer ben = new Viewer(hub, "ben");
    ben.send("join_conversation", Commands.data("join_conversation", id));

    shared.clear();

    assertThat(ben.answer("stop_conversation", id)).contains("not_found");
    assertThat(ben.answer("leave_conversation", id)).contains("\"type\":\"left\"");
    assertThat(ben.answer("leave_conversation", id)).contains("not_found");
  }

  @Test
  void an_access_that_throws_lets_nobody_in() {
    ConversationHub hub =
        hub(
            (user, conversation) -> {
              throw new IllegalStateException("canary");
            });
    Viewer ann = new Viewer(hub, "ann");
    ann.send("start_conversation", "{\"topic\":\"Tea?\"}");
    assertThat(ann.lastText()).contains("internal").doesNotContain("canary");
    ann.send("list_conversations", "{}");
    assertThat(ann.lastText()).contains("internal").doesNotContain("canary");
  }

  @Test
  void the_same_request_id_of_two_users_means_two_conversations() {
    ConversationHub hub = hub(ConversationAccess.byOwner());
    Viewer ann = new Viewer(hub, "ann");
    String annsId = ann.start("Tea?", "r");
    String bensId = new Viewer(hub, "ben").start("Tea?", "r");

    assertThat(bensId).isNotEqualTo(annsId);
    assertThat(new Viewer(hub, "ann").start("Tea?", "r")).isEqualTo(annsId);
  }

  @Test
  void the_same_request_id_of_an_anonymous_viewer_counts_over_its_connections() {
    ConversationHub hub = anonymous(ConversationAccess.byOwner());
    String id = new Viewer(hub, null).start("Tea?", KEY);
    assertThat(new Viewer(hub, null).start("Tea?", KEY)).isEqualTo(id);
  }

  @Test
  void an_anonymous_viewers_request_id_opens_nothing_that_its_id_would_not() {
    ConversationHub hub =
        anonymous(
            (user, conversation) -> user.equals(conversation.owner()) ? Access.STEER : Access.NONE);
    new Viewer(hub, null).start("Tea?", KEY);
    Viewer other = new Viewer(hub, null);
    other.send("start_conversation", "{\"topic\":\"Tea?\",\"request_id\":\"" + KEY + "\"}");
    assertThat(other.lastText()).contains("not_found");
  }

  @Test
  void what_an_anonymous_viewer_started_is_for_whoever_knows_its_id_and_is_not_listed() {
    ConversationHub hub = anonymous(ConversationAccess.byOwner());
    Viewer starter = new Viewer(hub, null);
    String id = starter.start("Tea?", null);
    assertThat(id).hasSize(22);
    Viewer reloaded = new Viewer(hub, null);

    reloaded.send("join_conversation", Commands.data("join_conversation", id));
    assertThat(reloaded.socket.of("snapshot")).hasSize(1);
    assertThat(reloaded.answer("stop_conversation", id)).isNotEmpty();
    assertThat(reloaded.last("conversation_ended").at("/data/reason").asText())
        .isEqualTo("stopped");
    assertThat(reloaded.listed()).isEmpty();
    assertThat(starter.listed()).containsExactly(id);
  }

  @Test
  void everybody_sees_and_lists_everything_where_that_is_said() {
    ConversationHub hub = anonymous(ConversationAccess.everybody());
    String first = new Viewer(hub, null).start("Tea?", null);
    clock.advance(Duration.ofMillis(1));
    String second = new Viewer(hub, null).start("Coffee?", null);
    assertThat(new Viewer(hub, null).listed()).containsExactly(second, first);
  }

  @Test
  void the_list_tells_of_ones_own_conversations_newest_first() {
    ConversationHub hub = hub(ConversationAccess.byOwner());
    Viewer ann = new Viewer(hub, "ann");
    String first = ann.start("Tea?", null);
    ann.send("stop_conversation", Commands.data("stop_conversation", first));
    clock.advance(Duration.ofSeconds(1));
    new Viewer(hub, "ben").start("Coffee?", null);
    String second = ann.start("x".repeat(199) + "😀" + "y", null);

    ann.send("list_conversations", "{}");
    JsonNode list = ann.last("conversations").at("/data/conversations");
    assertThat(list).hasSize(2);
    assertThat(list.get(0).get("conversation_id").asText()).isEqualTo(second);
    assertThat(list.get(0).get("topic").asText()).isEqualTo("x".repeat(199) + "…");
    assertThat(list.get(0).get("state").asText()).isEqualTo("running");
    assertThat(list.get(0).get("created_at").asText()).isEqualTo("2026-11-23T10:00:01.000Z");
    assertThat(list.get(1).toString())
        .isEqualTo(
            "{\"conversation_id\":\"%s\",\"topic\":\"Tea?\",\"state\":\"ended\",\"agents\":[\"Ann\"],"
                    .formatted(first)
                + "\"created_at\":\"2026-11-23T10:00:00.000Z\"}");
  }

  @Test
  void the_list_is_bounded() {
    ConversationHub hub =
        builder(ConversationAccess.byOwner())
            .authenticator(authenticator)
            .limits(Limits.builder().startsPerMinute(0).conversationsPerConnection(0).build())
            .quotas(Quotas.none())
            .build();
    Viewer ann = new Viewer(hub, "ann");
    for (int i = 0; i <= ConversationList.MAX_ITEMS; i++) {
      ann.start("Tea?", null);
    }
    assertThat(ann.listed()).hasSize(ConversationList.MAX_ITEMS);
  }

  @Test
  void what_is_no_longer_kept_is_not_listed_and_not_found() {
    ConversationHub hub = hub(ConversationAccess.byOwner());
    Viewer ann = new Viewer(hub, "ann");
    String id = ann.start("Tea?", null);
    hub.conversations().iterator().next().stop();
    ann.connection.closed();
    clock.advance(Duration.ofMinutes(30));

    Viewer later = new Viewer(hub, "ann");
    assertThat(later.listed()).isEmpty();
    assertThat(later.answer("join_conversation", id)).contains("not_found");
  }

  @Test
  void the_server_can_start_a_conversation_for_a_user() {
    ConversationHub hub = hub(ConversationAccess.byOwner());
    GroupChat chat =
        GroupChat.builder().participants(agent).clock(clock).executor(Runnable::run).build();
    String annsId = hub.start(chat, "Tea?", User.of("ann")).id();
    String anybodysId = hub.start(chat, "Tea?").id();
    Viewer ben = new Viewer(hub, "ben");

    assertThat(new Viewer(hub, "ann").listed()).containsExactly(annsId);
    assertThat(ben.answer("pause_conversation", annsId)).contains("not_found");
    assertThat(ben.answer("pause_conversation", anybodysId)).contains("accepted");
    assertThat(ben.listed()).isEmpty();
  }

  private ConversationHub hub(ConversationAccess access) {
    return builder(access).authenticator(authenticator).build();
  }

  private ConversationHub anonymous(ConversationAccess access) {
    return builder(access).build();
  }

  private ConversationHubBuilder builder(ConversationAccess access) {
    return ConversationHub.builder()
        .agents(agent)
        .access(access)
        .clock(clock)
        .executor(Runnable::run);
  }

  /** A connection of a user, or of an anonymous viewer. */
  private static final class Viewer {
    final FakeTransport socket = new FakeTransport();
    final ViewerConnection connection;

    Viewer(ConversationHub hub, String token) {
      Map<String, List<String>> headers =
          token == null ? Map.of() : Map.of("Cookie", List.of("token=" + token));
      Handshake handshake = new Handshake(headers, false, null, null, "agentstream.v1");
      connection = hub.connect(socket, false, handshake);
    }

    void send(String type, String data) {
      connection.receive("{\"type\":\"" + type + "\",\"id\":\"1\",\"data\":" + data + "}", true);
    }

    /** Sends a command that leads to no event, and returns the answer to the letter. */
    String answer(String type, String conversationId) {
      int before = socket.frames.size();
      send(type, Commands.data(type, conversationId));
      return socket.frames.get(before);
    }

    String start(String topic, String requestId) {
      String id = requestId == null ? "" : ",\"request_id\":\"" + requestId + "\"";
      send("start_conversation", "{\"topic\":\"" + topic + "\"" + id + "}");
      return last("accepted").at("/data/conversation_id").asText();
    }

    List<String> listed() {
      send("list_conversations", "{}");
      List<String> ids = new ArrayList<>();
      last("conversations")
          .at("/data/conversations")
          .forEach(item -> ids.add(item.get("conversation_id").asText()));
      return ids;
    }

    JsonNode last(String type) {
      List<JsonNode> frames = socket.of(type);
      return frames.get(frames.size() - 1);
    }

    String lastText() {
      return socket.frames.get(socket.frames.size() - 1);
    }
  }
}
