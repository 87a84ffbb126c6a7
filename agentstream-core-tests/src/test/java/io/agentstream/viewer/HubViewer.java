package io.agentstream.viewer;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Handshake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A viewer of a hub in the same process, whose socket takes every frame. */
public record HubViewer(FakeTransport socket, ViewerConnection connection) {

  public static final String START =
      """
      {"type":"start_conversation","data":{"topic":"Tea?"}}""";
  public static final String PING =
      """
      {"type":"ping","id":"p"}""";

  public static Handshake comingFrom(@Nullable String address) {
    return new Handshake(Map.of(), false, address, null, null);
  }

  /** Through a proxy that names its client. */
  public static Handshake forwarded(String client) {
    return new Handshake(
        Map.of("X-Forwarded-For", List.of(client)), false, "198.51.100.7", null, null);
  }

  public static HubViewer connect(ConversationHub hub, Handshake handshake) {
    FakeTransport socket = new FakeTransport();
    return new HubViewer(socket, hub.connect(socket, false, handshake));
  }

  public static String about(String type, String conversationId) {
    return "{\"type\":\"%s\",\"data\":{\"conversation_id\":\"%s\"}}"
        .formatted(type, conversationId);
  }

  public static String say(String conversationId, String content) {
    return "{\"type\":\"send_message\",\"data\":{\"conversation_id\":\"%s\",\"content\":\"%s\"}}"
        .formatted(conversationId, content);
  }

  public HubViewer authenticate(String token) {
    return send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}");
  }

  public HubViewer send(String message) {
    return send(message, 1);
  }

  public HubViewer send(String message, int times) {
    for (int i = 0; i < times; i++) {
      connection.receive(message, true);
    }
    return this;
  }

  /** Starts a conversation and returns its id. */
  public String start() {
    send(START);
    List<JsonNode> accepted = socket.of("accepted");
    return accepted.get(accepted.size() - 1).at("/data/conversation_id").asText();
  }

  public List<String> errors() {
    List<String> codes = new ArrayList<>();
    socket.of("error").forEach(error -> codes.add(error.at("/data/code").asText()));
    return codes;
  }

  public int closeCode() {
    return socket.closeCode;
  }
}
