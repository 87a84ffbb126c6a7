package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.test.schema.ConnectionCheck;
import java.net.URI;
import java.util.regex.Pattern;

/** A client of version 1 that has read its welcome. Used by one thread. */
final class Viewer implements AutoCloseable {

  static final String SUBPROTOCOL = "agentstream.v1";

  private static final Pattern STACK_TRACE =
      Pattern.compile(
          "\\bat [\\w.$/]+\\(|\\.java:\\d|Caused by|[a-z]\\.[A-Z]\\w*(Exception|Error)\\b");

  private final Line line;
  private final ConnectionCheck check;
  private final JsonNode welcome;
  private int commands;

  private Viewer(Line line, ConnectionCheck check) {
    this.line = line;
    this.check = check;
    this.welcome = expect("welcome");
  }

  static Viewer connect(URI server, boolean strict, int receiveBuffer) {
    boolean http = server.getScheme().startsWith("http");
    return new Viewer(
        http
            ? HttpLine.open(server, receiveBuffer)
            : WebSocketLine.open(server, SUBPROTOCOL, receiveBuffer),
        strict ? ConnectionCheck.strict() : ConnectionCheck.open());
  }

  JsonNode welcome() {
    return welcome;
  }

  /** Returns the connection, to send messages that are not commands over a WebSocket. */
  WebSocketLine line() {
    return (WebSocketLine) line;
  }

  /** Sends a command and returns its id. */
  String send(String type, ObjectNode data) {
    String id = "c" + ++commands;
    ObjectNode command = Json.object().put("type", type).put("id", id);
    command.set("data", data);
    sendText(command.toString());
    return id;
  }

  void sendText(String text) {
    check.sent(text);
    line.sendText(text);
  }

  /** Joins the conversation after {@code position}; the next frame is the reply. */
  void join(ConversationId conversation, long position) {
    send(
        "join_conversation",
        Json.object()
            .put("conversation_id", conversation.id())
            .put("epoch", conversation.epoch())
            .put("after_seq", position));
    expect("joined");
  }

  /** Returns the next frame; answers pings of the server on the way. */
  JsonNode next() {
    JsonNode frame = nextOrPing();
    while (isPing(frame)) {
      frame = nextOrPing();
    }
    return frame;
  }

  /** Returns the next frame, which may be a ping of the server; that is answered already. */
  JsonNode nextOrPing() {
    String text = line.read();
    if (STACK_TRACE.matcher(text).find()) {
      throw new AssertionError("A stack trace on the wire: " + text);
    }
    JsonNode frame = Json.parse(check.received(text));
    if (isPing(frame)) {
      sendText("{\"type\":\"pong\"}");
    }
    return frame;
  }

  private static boolean isPing(JsonNode frame) {
    return frame.path("type").asText().equals("ping");
  }

  /** Returns the next frame, which must have this type. */
  JsonNode expect(String type) {
    JsonNode frame = next();
    if (!frame.path("type").asText().equals(type)) {
      throw new AssertionError("Expected " + type + ", got " + frame);
    }
    return frame;
  }

  /** Cuts the connection, alternately by a reset and by an end of stream. */
  void cut(boolean reset) {
    if (reset) {
      line.reset();
    } else {
      line.close();
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
