package io.agentstream.examples.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * An MCP server behind a URL with the tools {@code note}, {@code burn} and {@code ring}. It keeps
 * the calls that reach it.
 */
final class NotesMcp implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  NotesMcp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/mcp", this::serve);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
  }

  /** Returns each call as the tool's name and the arguments. */
  List<String> calls() {
    return calls;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("POST")) {
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      JsonNode message = JSON.readTree(exchange.getRequestBody());
      if (!message.has("id")) {
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      byte[] answer =
          JSON.writeValueAsBytes(
              Map.of("jsonrpc", "2.0", "id", message.get("id"), "result", result(message)));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private Map<String, ?> result(JsonNode message) {
    return switch (message.path("method").asText()) {
      case "initialize" ->
          Map.of(
              "protocolVersion",
              "2025-06-18",
              "capabilities",
              Map.of("tools", Map.of()),
              "serverInfo",
              Map.of("name", "notes", "version", "1"));
      case "tools/list" -> Map.of("tools", tools());
      case "tools/call" -> call(message.path("params"));
      default -> Map.of();
    };
  }

  private static List<Map<String, ?>> tools() {
    Map<String, ?> text = Map.of("text", Map.of("type", "string"));
    return Stream.of("note", "burn", "ring")
        .<Map<String, ?>>map(
            name ->
                Map.of("name", name, "inputSchema", Map.of("type", "object", "properties", text)))
        .toList();
  }

  private Map<String, ?> call(JsonNode params) {
    String call = params.path("name").asText() + " " + params.path("arguments");
    calls.add(call);
    return Map.of("content", List.of(Map.of("type", "text", "text", "Done: " + call)));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
