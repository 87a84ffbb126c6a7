package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.settings.Limits;
import io.agentstream.sharing.NewShare;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.HubViewer;
import io.agentstream.wire.ShareAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Links by which others view a conversation, or steer it. */
class SharingTest {

  private static final String NEVER_GIVEN_OUT = "AAAAAAAAAAAAAAAAAAAAAA";

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final FakeAuthenticator authenticator =
      new FakeAuthenticator()
          .withoutCookie(Authentication.anonymous())
          .knows("ann", Authentication.of(User.of("ann", "Anna")))
          .knows("ben", Authentication.of(User.of("ben", "Ben")))
          .knows("cid", Authentication.of("cid"));
  private final ConversationHub hub = hub().build();
  private final HubViewer ann = as("ann");
  private final String id = ann.start();

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

  @Test
  void a_thousand_who_come_at_once_are_counted_and_fifty_of_them_named() {
    NewShare link = hub.sharing().share(id, ShareAccess.VIEW, null).toCompletableFuture().join();
    for (int i = 0; i < 1_000; i++) {
      HubViewer viewer = as(null);
      viewer.send("{\"type\":\"set_name\",\"data\":{\"name\":\"N" + i + "\"}}");
      join(viewer, id, link.token());
      viewer.connection().closed();
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(links().get(0).get("visits").asInt()).isEqualTo(1_000);
    assertThat(links().get(0).get("visitors")).hasSize(50);
  }

  @Test
  void a_conversation_has_no_more_links_than_it_may_and_expired_ones_do_not_count() {
    for (int i = 0; i < 20; i++) {
      share("view", i == 0 ? 10 : null);
    }
    String refused = answer(ann, "share_conversation", Commands.data("share_conversation", id));
    assertThat(refused).contains("limit_exceeded", "20");
    clock.advance(Duration.ofSeconds(10));
    share("view", null);
    assertThat(links()).hasSize(20);
  }

  @Test
  void a_server_can_forbid_links() {
    ConversationHub without = hub().linksPerConversation(0).build();
    HubViewer owner = as(without, "ann");
    String its = owner.start();
    assertThat(answer(owner, "share_conversation", Commands.data("share_conversation", its)))
        .contains("limit_exceeded", "lets nobody share");
  }

  @Test
  void a_conversation_without_a_known_owner_has_no_links_because_its_id_is_enough() {
    HubViewer nameless = as(null);
    String open = nameless.start();
    assertThat(answer(nameless, "share_conversation", Commands.data("share_conversation", open)))
        .contains("not_found", "anyone who knows its id");
  }

  @Test
  void tokens_cannot_be_guessed_and_nothing_that_is_kept_or_listed_has_one() {
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      String token = share("view", null);
      assertThat(token).matches("[A-Za-z0-9_-]{43}");
      tokens.add(token);
      join(as("ben"), id, token);
    }
    assertThat(tokens).hasSize(20);
    String listed = links().toString();
    List<String> shown = new ArrayList<>(as("ben").socket().frames);
    shown.addAll(snapshotOf(ann));
    assertThat(tokens).noneMatch(token -> listed.contains(token));
    assertThat(tokens).noneMatch(token -> shown.toString().contains(token));
    assertThat(hub.sharing().list(id).toCompletableFuture().join().toString())
        .doesNotContain(tokens.iterator().next());
  }

  @Test
  void a_link_is_gone_with_its_conversation_and_an_unknown_one_cannot_be_revoked() {
    String token = share("view", null);
    HubViewer ben = as("ben");
    join(ben, id, token);
    String data = "{\"conversation_id\":\"" + id + "\",\"share_id\":\"none\"}";
    assertThat(answer(ann, "revoke_share", data)).contains("not_found", "no such link");

    ann.send(HubViewer.about("delete_conversation", id));

    assertThat(last(ben, "left").at("/data/reason").isMissingNode()).isTrue();
    assertThat(hub.sharing().list(id).toCompletableFuture().join()).isEmpty();
    assertThat(answer(ben, "join_conversation", joining(id, token))).contains("not_found");
  }

  @Test
  void the_application_shares_without_a_viewer() {
    NewShare made =
        hub.sharing()
            .share(id, ShareAccess.STEER, Duration.ofMinutes(1))
            .toCompletableFuture()
            .join();
    HubViewer ben = as("ben");
    join(ben, id, made.token());
    assertThat(answer(ben, "pause_conversation", data(id))).contains("accepted");
    assertThat(made.toString()).doesNotContain(made.token());

    assertThat(hub.sharing().revoke(id, made.share().shareId()).toCompletableFuture().join())
        .isTrue();
    assertThat(last(ben, "left").at("/data/reason").asText()).isEqualTo("share_ended");
    assertThat(hub.sharing().revoke(id, made.share().shareId()).toCompletableFuture().join())
        .isFalse();
  }

  private ConversationHubBuilder hub() {
    return ConversationHub.builder()
        .agents(Agent.builder("Otto").model(model).build())
        .authenticator(authenticator)
        .limits(
            Limits.builder()
                .messagesPerMinute(0)
                .connectionsPerUser(0)
                .connectionsPerAddress(0)
                .build())
        .clock(clock)
        .executor(Runnable::run);
  }

  private HubViewer as(String user) {
    return as(hub, user);
  }

  private static HubViewer as(ConversationHub hub, String user) {
    Map<String, List<String>> headers =
        user == null ? Map.of() : Map.of("Cookie", List.of("token=" + user));
    return HubViewer.connect(hub, new Handshake(headers, false, null, null, "agentstream.v1"));
  }

  private static List<String> steering() {
    List<String> all = new ArrayList<>(Commands.OF_A_CONVERSATION);
    all.removeAll(List.of("join_conversation", "leave_conversation"));
    return all;
  }

  private String share(String access, Integer seconds) {
    String more = seconds == null ? "" : ",\"expires_in_seconds\":" + seconds;
    ann.send(
        command(
            "share_conversation",
            "{\"conversation_id\":\"" + id + "\",\"access\":\"" + access + "\"" + more + "}"));
    return last(ann, "shared").at("/data/token").asText();
  }

  /** Finds the newest link with this access. */
  private String shareId(String token, String access) {
    assertThat(token).isNotEmpty();
    for (JsonNode link : links()) {
      if (link.get("access").asText().equals(access)) {
        return link.get("share_id").asText();
      }
    }
    throw new AssertionError("There is no such link");
  }

  private JsonNode links() {
    ann.send(HubViewer.about("list_shares", id));
    return last(ann, "shares").at("/data/shares");
  }

  private void revoke(String shareId) {
    ann.send(
        command(
            "revoke_share",
            "{\"conversation_id\":\"" + id + "\",\"share_id\":\"" + shareId + "\"}"));
    assertThat(last(ann, "accepted").at("/data/conversation_id").asText()).isEqualTo(id);
  }

  private static void join(HubViewer viewer, String id, String token) {
    viewer.send(command("join_conversation", joining(id, token)));
  }

  private static String joining(String id, String token) {
    return "{\"conversation_id\":\"" + id + "\",\"share_token\":\"" + token + "\"}";
  }

  private static String data(String id) {
    return "{\"conversation_id\":\"" + id + "\"}";
  }

  private static String command(String type, String data) {
    return "{\"type\":\"" + type + "\",\"id\":\"1\",\"data\":" + data + "}";
  }

  /** Returns the first frame that follows a command. */
  private static String answer(HubViewer viewer, String type, String data) {
    int before = viewer.socket().frames.size();
    viewer.send(command(type, data));
    return viewer.socket().frames.get(before);
  }

  private List<String> snapshotOf(HubViewer viewer) {
    viewer.send(HubViewer.about("join_conversation", id));
    return viewer.socket().of("snapshot").stream().map(JsonNode::toString).toList();
  }

  private static JsonNode last(HubViewer viewer, String type) {
    List<JsonNode> frames = viewer.socket().of(type);
    assertThat(frames).as(type).isNotEmpty();
    return frames.get(frames.size() - 1);
  }
}
