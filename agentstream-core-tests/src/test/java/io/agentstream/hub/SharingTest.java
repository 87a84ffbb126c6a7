package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.identity.Handshake;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.HubViewer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Links by which others view a conversation, or steer it. */
class SharingTest extends SharedHub {

  @Test
  void who_has_a_link_to_view_sees_the_conversation_and_can_do_nothing_in_it() {
    String token = share("view", null);
    HubViewer ben = as("ben");
    assertThat(answer(ben, "join_conversation", data(id))).contains("not_found");

    join(ben, id, token);
    assertThat(last(ben, "joined").at("/data/access").asText()).isEqualTo("view");
    model.next().tokens("seen");
    assertThat(last(ben, "streaming_token").at("/data/token").asText()).isEqualTo("seen");
    for (String type : steering()) {
      assertThat(answer(ben, type, Commands.data(type, id)))
          .as(type)
          .contains("not_found", "yours to view");
    }
    assertThat(ben.socket().of("accepted")).isEmpty();
  }

  @Test
  void who_has_a_link_to_steer_steers_and_neither_shares_nor_sees_the_links() {
    String token = share("steer", null);
    HubViewer ben = as("ben");
    join(ben, id, token);

    assertThat(last(ben, "joined").at("/data/access").isMissingNode()).isTrue();
    ben.send(HubViewer.say(id, "Green."));
    assertThat(last(ann, "message_queued").at("/data/author/name").asText()).isEqualTo("Ben");
    for (String type : List.of("share_conversation", "list_shares", "revoke_share")) {
      assertThat(answer(ben, type, Commands.data(type, id))).contains("not_found", "owner");
    }
    ben.send(HubViewer.about("stop_conversation", id));
    assertThat(last(ann, "conversation_ended").at("/data/reason").asText()).isEqualTo("stopped");
  }

  @Test
  void a_revoked_link_ends_at_once_for_all_who_came_by_it_and_for_nobody_else() {
    String viewing = share("view", null);
    String steering = share("steer", null);
    HubViewer ben = as("ben");
    HubViewer cid = as("cid");
    HubViewer nameless = as(null);
    HubViewer owner = as("ann");
    join(ben, id, viewing);
    join(nameless, id, viewing);
    join(cid, id, steering);
    join(owner, id, viewing);

    revoke(shareId(viewing, "view"));

    for (HubViewer gone : List.of(ben, nameless)) {
      assertThat(last(gone, "left").at("/data/reason").asText()).isEqualTo("share_ended");
    }
    model.next().tokens("unseen");
    for (HubViewer gone : List.of(ben, nameless)) {
      assertThat(gone.socket().of("streaming_token")).isEmpty();
      String another = answer(gone, "join_conversation", joining(id, viewing));
      assertThat(another)
          .contains("not_found")
          .isEqualTo(answer(gone, "join_conversation", joining(NEVER_GIVEN_OUT, viewing)));
      assertThat(answer(gone, "stop_conversation", data(id))).isEqualTo(another);
    }
    for (HubViewer stays : List.of(cid, owner)) {
      assertThat(stays.socket().of("left")).isEmpty();
      assertThat(stays.socket().of("streaming_token")).hasSize(1);
    }
  }

  @Test
  void a_link_ends_by_itself_at_its_time() {
    String token = share("view", 10);
    HubViewer ben = as("ben");
    join(ben, id, token);

    clock.advance(Duration.ofMillis(9_999));
    assertThat(ben.socket().of("left")).isEmpty();
    clock.advance(Duration.ofMillis(1));

    assertThat(last(ben, "left").at("/data/reason").asText()).isEqualTo("share_ended");
    assertThat(answer(ben, "join_conversation", joining(id, token))).contains("not_found");
    assertThat(links()).isEmpty();
  }

  @Test
  void a_visit_that_comes_after_its_conversation_is_gone_leaves_nothing_behind() {
    String token = share("view", null);
    join(as("ben"), id, token);
    join(as("cid"), id, token);
    ann.send(HubViewer.about("delete_conversation", id));
    clock.advance(Duration.ofSeconds(1));
    assertThat(hub.sharing().list(id).toCompletableFuture().join()).isEmpty();
  }

  @Test
  void a_token_of_one_conversation_does_nothing_in_another() {
    HubViewer ben = as("ben");
    HubViewer cid = as("cid");
    String cidsId = cid.start();
    String token = share("steer", null);
    join(ben, id, token);

    String unknown = answer(ben, "join_conversation", joining(NEVER_GIVEN_OUT, token));
    assertThat(answer(ben, "join_conversation", joining(cidsId, token))).isEqualTo(unknown);
    for (String type : Commands.OF_A_CONVERSATION) {
      assertThat(answer(ben, type, Commands.data(type, cidsId))).as(type).isEqualTo(unknown);
    }
  }

  @Test
  void the_rights_of_a_link_last_until_the_viewer_leaves() {
    String token = share("steer", null);
    HubViewer ben = as("ben");
    join(ben, id, token);
    assertThat(answer(ben, "leave_conversation", data(id))).contains("\"left\"");
    assertThat(answer(ben, "stop_conversation", data(id))).contains("not_found");
    join(ben, id, token);
    assertThat(answer(ben, "pause_conversation", data(id))).contains("accepted");
  }

  @Test
  void a_client_without_a_websocket_sends_the_token_in_a_header() {
    String token = share("view", null);
    HubViewer ben =
        HubViewer.connect(
            hub,
            new Handshake(
                Map.of("Cookie", List.of("token=ben"), "agentstream-share", List.of(token)),
                false,
                null,
                null,
                "agentstream.v1"));
    assertThat(answer(ben, "stop_conversation", data(id))).contains("yours to view");
    assertThat(answer(ben, "join_conversation", data(id))).contains("\"joined\"");
    revoke(shareId(token, "view"));
    assertThat(last(ben, "left").at("/data/reason").asText()).isEqualTo("share_ended");
  }

  @Test
  void the_owner_sees_who_came_and_how_often() {
    String token = share("view", null);
    join(as("ben"), id, token);
    HubViewer nameless = as(null);
    join(nameless, id, token);
    HubViewer named = as(null);
    named.send("{\"type\":\"set_name\",\"data\":{\"name\":\"Dora\"}}");
    join(named, id, token);
    join(as("ben"), id, token);
    clock.advance(Duration.ofSeconds(1));

    JsonNode link = links().get(0);
    assertThat(link.get("visits").asInt()).isEqualTo(4);
    assertThat(link.findValuesAsText("name")).containsExactly("Ben", "Dora");
    assertThat(link.get("access").asText()).isEqualTo("view");
    assertThat(link.at("/visitors/0/author/verified").asBoolean()).isTrue();
    assertThat(link.at("/visitors/1/author/verified").asBoolean()).isFalse();
  }
}
