package io.agentstream.examples.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A model server that fails in the way that the name of the model says, and quotes all that it was
 * sent: headers, keys and prompts. The model {@code call-NAME} calls that tool first.
 */
final class QuotingModelServer implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CHUNK =
      "data: {\"choices\": [{\"delta\": {\"content\": \"Hi\"}, \"finish_reason\": %s}]}\n\n";
  private final HttpServer server;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private QuotingModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  static QuotingModelServer start() throws IOException {
    return new QuotingModelServer();
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Returns the headers and bodies that it was sent. */
  Set<String> seen() {
    return seen;
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    String sent = exchange.getRequestHeaders().values() + " " + request;
    seen.add(sent);
    String error =
        "{\"error\": {\"message\": " + JSON.writeValueAsString("canary-exception " + sent) + "}}";
    String model = request.get("model").asText();
    try (exchange) {
      if (model.startsWith("status-")) {
        send(exchange, Integer.parseInt(model.substring("status-".length())), error);
      } else {
        send(exchange, 200, stream(model, request, error));
      }
    }
  }

  private static String stream(String model, JsonNode request, String error) {
    return switch (model) {
      case "error-in-200" -> CHUNK.formatted("null") + "data: " + error + "\n\n";
      case "error-event" -> "event: error\ndata: " + error + "\n\n";
      case "malformed" -> CHUNK.formatted("null") + "data: {canary" + error + "\n\n";
      case "cut" -> CHUNK.formatted("null") + "data: " + error.substring(0, 20);
      default -> {
        boolean calls = model.startsWith("call-") && !request.toString().contains("tool_call_id");
        yield calls
            ? """
              data: {"choices": [{"delta": {"tool_calls": [{"index": 0, "id": "c1", "type": "function", \
              "function": {"name": "%s", "arguments": "{}"}}]}, "finish_reason": "tool_calls"}]}

              data: [DONE]

              """
                .formatted(model.substring("call-".length()))
            : CHUNK.formatted("\"stop\"") + "data: [DONE]\n\n";
      }
    };
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange
        .getResponseHeaders()
        .set("Content-Type", status == 200 ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
