package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/** Tests the protocol's rules for connections from outside. */
final class Rules {

  private static final int BAD_MESSAGES_IN_A_ROW = 10;
  private static final int PROTOCOL_VIOLATION = 4501;
  private static final int UNKNOWN_VERSION = 4505;

  private final ServerUnderTest server;

  Rules(ServerUnderTest server) {
    this.server = server;
  }

  void aConversationIsWholeAndEnds() {
    try (Uninterrupted conversation = server.start()) {
      Truth truth = conversation.truth();
      must(
          truth.frames().get(0).get("type").asText().equals("conversation_created"),
          "The first event is " + truth.frames().get(0));
    }
  }

  void aPingIsAnswered() {
    try (Viewer viewer = server.connect()) {
      String id = viewer.send("ping", Json.object());
      must(viewer.expect("pong").path("in_reply_to").asText().equals(id), "The pong names no ping");
    }
  }

  void anUnknownVersionIsClosed() {
    try (WebSocketLine line = WebSocketLine.open(server.uri(), "agentstream.v999", 0)) {
      throw new AssertionError("Got " + line.read());
    } catch (LineClosedException closed) {
      must(closed.code() == UNKNOWN_VERSION, "Closed with " + closed.code());
    }
  }

  void tenBadMessagesInARowEndTheConnection() {
    try (Viewer viewer = server.connect()) {
      for (int i = 0; i < BAD_MESSAGES_IN_A_ROW; i++) {
        viewer.line().sendText("bad");
      }
      for (int i = 0; i < BAD_MESSAGES_IN_A_ROW; i++) {
        viewer.expect("error");
      }
      throw new AssertionError("Got " + viewer.next());
    } catch (LineClosedException closed) {
      must(closed.code() == PROTOCOL_VIOLATION, "Closed with " + closed.code());
    }
  }

  void theSameRequestMeansTheSameConversation() {
    try (Viewer first = server.connect();
        Viewer second = server.connect()) {
      String request = "conformance-" + UUID.randomUUID();
      must(start(first, request).equals(start(second, request)), "Two conversations started");
    }
  }

  void aConversationThatDoesNotExistIsNotFound() {
    try (Viewer viewer = server.connect()) {
      for (String type : new String[] {"join_conversation", "stop_conversation"}) {
        viewer.send(type, Json.object().put("conversation_id", "AAAAAAAAAAAAAAAAAAAAAA"));
        JsonNode error = viewer.expect("error");
        must(error.at("/data/code").asText().equals("not_found"), type + " got " + error);
      }
    }
  }

  void afterLeavingNothingMoreComes() {
    try (Uninterrupted conversation = server.start();
        Viewer viewer = server.connect()) {
      viewer.join(conversation.conversation(), 0);
      String id =
          viewer.send(
              "leave_conversation",
              Json.object().put("conversation_id", conversation.conversation().id()));
      JsonNode frame = viewer.next();
      while (!frame.path("in_reply_to").asText().equals(id)) {
        frame = viewer.next();
      }
      must(frame.get("type").asText().equals("left"), "Leaving got " + frame);
      conversation.truth();
      viewer.send("ping", Json.object());
      viewer.expect("pong");
    }
  }

  private String start(Viewer viewer, String request) {
    viewer.send(
        "start_conversation",
        Json.object().put("topic", server.topic()).put("max_rounds", 1).put("request_id", request));
    return viewer.expect("accepted").at("/data/conversation_id").asText();
  }

  private static void must(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
