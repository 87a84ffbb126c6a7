package io.agentstream.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.identity.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A viewer of a hub in the same process, whose socket takes every frame. */
record HubViewer(FakeTransport socket, ViewerConnection connection) {

  static final String START =
      """
      {"type":"start_conversation","data":{"topic":"Tea?"}}""";
  static final String PING =
      """
      {"type":"ping","id":"p"}""";

  static Handshake comingFrom(@Nullable String address) {
    return new Handshake(Map.of(), false, address, null, null);
  }

  /** Through a proxy that names its client. */
  static Handshake forwarded(String client) {
    return new Handshake(
        Map.of("X-Forwarded-For", List.of(client)), false, "198.51.100.7", null, null);
  }

  static HubViewer connect(ConversationHub hub, Handshake handshake) {
    FakeTransport socket = new FakeTransport();
    return new HubViewer(socket, hub.connect(socket, false, handshake));
  }

  static String about(String type, String conversationId) {
    return "{\"type\":\"%s\",\"data\":{\"conversation_id\":\"%s\"}}"
        .formatted(type, conversationId);
  }

  static String say(String conversationId, String content) {
    return "{\"type\":\"send_message\",\"data\":{\"conversation_id\":\"%s\",\"content\":\"%s\"}}"
        .formatted(conversationId, content);
  }

  HubViewer authenticate(String token) {
    return send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}");
  }

  HubViewer send(String message) {
    return send(message, 1);
  }

  HubViewer send(String message, int times) {
    for (int i = 0; i < times; i++) {
      connection.receive(message, true);
    }
    return this;
  }

  /** Starts a conversation and returns its id. */
  String start() {
    send(START);
    List<JsonNode> accepted = socket.of("accepted");
    return accepted.get(accepted.size() - 1).at("/data/conversation_id").asText();
  }

  List<String> errors() {
    List<String> codes = new ArrayList<>();
    socket.of("error").forEach(error -> codes.add(error.at("/data/code").asText()));
    return codes;
  }

  int closeCode() {
    return socket.closeCode;
  }
}
