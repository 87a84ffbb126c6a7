package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.identity.User;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.HubViewer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A hub whose user Ann has a conversation to share. */
abstract class SharedHub {

  static final String NEVER_GIVEN_OUT = "AAAAAAAAAAAAAAAAAAAAAA";

  final ManualClock clock = new ManualClock();
  final ScriptedModel model = new ScriptedModel();
  final FakeAuthenticator authenticator =
      new FakeAuthenticator()
          .withoutCookie(Authentication.anonymous())
          .knows("ann", Authentication.of(User.of("ann", "Anna")))
          .knows("ben", Authentication.of(User.of("ben", "Ben")))
          .knows("cid", Authentication.of("cid"));
  final ConversationHub hub = hub().build();
  final HubViewer ann = as("ann");
  final String id = ann.start();

  ConversationHubBuilder hub() {
    return unlimited(model, authenticator, clock);
  }

  /** A hub that a test may use as often as it wants, and that works on the thread that calls it. */
  static ConversationHubBuilder unlimited(
      ScriptedModel model, FakeAuthenticator authenticator, ManualClock clock) {
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

  HubViewer as(String user) {
    return as(hub, user);
  }

  static HubViewer as(ConversationHub hub, String user) {
    Map<String, List<String>> headers =
        user == null ? Map.of() : Map.of("Cookie", List.of("token=" + user));
    return HubViewer.connect(hub, new Handshake(headers, false, null, null, "agentstream.v1"));
  }

  static List<String> steering() {
    List<String> all = new ArrayList<>(Commands.OF_A_CONVERSATION);
    all.removeAll(List.of("join_conversation", "leave_conversation"));
    return all;
  }

  String share(String access, Integer seconds) {
    String more = seconds == null ? "" : ",\"expires_in_seconds\":" + seconds;
    ann.send(
        command(
            "share_conversation",
            "{\"conversation_id\":\"" + id + "\",\"access\":\"" + access + "\"" + more + "}"));
    return last(ann, "shared").at("/data/token").asText();
  }

  /** Finds the newest link with this access. */
  String shareId(String token, String access) {
    assertThat(token).isNotEmpty();
    for (JsonNode link : links()) {
      if (link.get("access").asText().equals(access)) {
        return link.get("share_id").asText();
      }
    }
    throw new AssertionError("There is no such link");
  }

  JsonNode links() {
    ann.send(HubViewer.about("list_shares", id));
    return last(ann, "shares").at("/data/shares");
  }

  void revoke(String shareId) {
    ann.send(
        command(
            "revoke_share",
            "{\"conversation_id\":\"" + id + "\",\"share_id\":\"" + shareId + "\"}"));
    assertThat(last(ann, "accepted").at("/data/conversation_id").asText()).isEqualTo(id);
  }

  static void join(HubViewer viewer, String id, String token) {
    viewer.send(command("join_conversation", joining(id, token)));
  }

  static String joining(String id, String token) {
    return "{\"conversation_id\":\"" + id + "\",\"share_token\":\"" + token + "\"}";
  }

  static String data(String id) {
    return "{\"conversation_id\":\"" + id + "\"}";
  }

  static String command(String type, String data) {
    return "{\"type\":\"" + type + "\",\"id\":\"1\",\"data\":" + data + "}";
  }

  /** Returns the first frame that follows a command. */
  static String answer(HubViewer viewer, String type, String data) {
    int before = viewer.socket().frames.size();
    viewer.send(command(type, data));
    return viewer.socket().frames.get(before);
  }

  List<String> snapshotOf(HubViewer viewer) {
    viewer.send(HubViewer.about("join_conversation", id));
    return viewer.socket().of("snapshot").stream().map(JsonNode::toString).toList();
  }

  static JsonNode last(HubViewer viewer, String type) {
    List<JsonNode> frames = viewer.socket().of(type);
    assertThat(frames).as(type).isNotEmpty();
    return frames.get(frames.size() - 1);
  }
}
