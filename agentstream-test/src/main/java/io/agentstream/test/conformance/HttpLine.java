package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.test.EventLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events and commands over HTTP in place of a WebSocket: the same frames. It views one
 * conversation at a time.
 */
final class HttpLine implements Line {

  private final URI server;
  private final int receiveBuffer;
  private final Queue<String> replies = new ArrayDeque<>();
  private @Nullable EventLine events;
  private @Nullable String joining;

  private HttpLine(URI server, int receiveBuffer) {
    this.server = server;
    this.receiveBuffer = receiveBuffer;
  }

  /**
   * Connects.
   *
   * @param server the address of the API, for example {@code http://127.0.0.1:8080/api}
   * @param receiveBuffer the size of the socket's receive buffer in bytes; 0 for the default
   */
  static HttpLine open(URI server, int receiveBuffer) {
    HttpLine line = new HttpLine(server, receiveBuffer);
    line.replies.add(line.exchange("GET", "/welcome", ""));
    return line;
  }

  @Override
  public void sendText(String text) {
    JsonNode command = Json.parse(text);
    JsonNode data = command.path("data");
    switch (command.path("type").asText()) {
      case "join_conversation" -> join(command, data);
      case "start_conversation" -> start(text);
      case "leave_conversation" -> leave(command, data);
      case "pong" -> {}
      default -> replies.add(exchange("POST", "/commands", text));
    }
  }

  private void start(String text) {
    String reply = exchange("POST", "/commands", text);
    replies.add(reply);
    JsonNode accepted = Json.parse(reply).get("data");
    if (accepted.has("epoch")) {
      String id = accepted.get("conversation_id").asText();
      view(id, "?after=" + accepted.get("epoch") + "-0");
      // A start has no such reply.
      read(events());
    }
  }

  private void join(JsonNode command, JsonNode data) {
    String position =
        data.has("after_seq") ? "?after=" + data.get("epoch") + "-" + data.get("after_seq") : "";
    String id = command.path("id").asText();
    if (view(data.get("conversation_id").asText(), position)) {
      joining = id;
    } else {
      ObjectNode error = reply("error", id);
      error.set("data", problem(events()));
      replies.add(error.toString());
    }
  }

  private static ObjectNode reply(String type, String id) {
    return Json.object()
        .put("type", type)
        .put("timestamp", "2026-01-01T00:00:00.000Z")
        .put("in_reply_to", id);
  }

  private static JsonNode problem(EventLine refused) {
    try {
      JsonNode problem = Json.parse(refused.rest());
      return Json.object()
          .put("code", problem.path("code").asText())
          .put("message", problem.path("detail").asText())
          .put("retryable", false)
          .put("fatal", false);
    } catch (IOException e) {
      throw closed(e);
    }
  }

  private void leave(JsonNode command, JsonNode data) {
    close();
    events = null;
    ObjectNode left = reply("left", command.path("id").asText());
    left.set("data", data);
    replies.add(left.toString());
  }

  private boolean view(String conversationId, String query) {
    close();
    try {
      events =
          EventLine.open(
              socket(),
              server,
              server.getPath() + "/conversations/" + conversationId + "/events" + query,
              "Connection: close");
      return events.status() == 200;
    } catch (IOException e) {
      throw closed(e);
    }
  }

  private String exchange(String method, String path, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    try (EventLine answer =
        EventLine.exchange(
            socket(),
            server,
            method + " " + server.getPath() + path,
            body,
            "Connection: close",
            "Content-Type: application/json",
            "Content-Length: " + length)) {
      return answer.rest();
    } catch (IOException e) {
      throw closed(e);
    }
  }

  private Socket socket() throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    return socket;
  }

  @Override
  public String read() {
    String reply = replies.poll();
    if (reply != null) {
      return reply;
    }
    String text = read(events());
    String id = joining;
    if (id == null) {
      return text;
    }
    joining = null;
    return ((ObjectNode) Json.parse(text)).put("in_reply_to", id).toString();
  }

  private EventLine events() {
    EventLine open = events;
    if (open == null) {
      throw new AssertionError("Nothing can come: no conversation is viewed");
    }
    return open;
  }

  private static String read(EventLine events) {
    EventLine.Event event;
    try {
      event = events.next();
    } catch (SocketTimeoutException e) {
      throw new AssertionError("Nothing came in time", e);
    } catch (IOException e) {
      throw closed(e);
    }
    if (event == null) {
      throw new LineClosedException(LineClosedException.NO_CLOSE_FRAME, "");
    }
    if (event.type().equals("close")) {
      throw new LineClosedException(event.frame().get("code").asInt(), event.data());
    }
    return event.data();
  }

  private static LineClosedException closed(IOException cause) {
    return new LineClosedException(
        LineClosedException.NO_CLOSE_FRAME, cause.getClass().getSimpleName());
  }

  @Override
  public void reset() {
    try {
      if (events != null) {
        events.reset();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (events != null) {
        events.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
