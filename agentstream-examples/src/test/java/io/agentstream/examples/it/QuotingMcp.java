package io.agentstream.examples.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An MCP server, as a program and behind a URL, that quotes what it was given wherever it can. A
 * call of {@code refuse} is answered with an error, and {@code die} ends the program or fails with
 * status 500. It knows no library, so that it starts as a program at once.
 */
final class QuotingMcp implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\\s*(\\d+)");
  private static final String TOOL =
      "{\"name\":\"%s\",\"description\":\"d\",\"inputSchema\":{\"type\":\"object\",\"properties\":{}}}";

  private final HttpServer server;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private QuotingMcp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/mcp", this::serve);
    server.start();
  }

  static QuotingMcp start() throws IOException {
    return new QuotingMcp();
  }

  /**
   * Returns the command of the program, for a team file.
   *
   * @param seen the file into which it writes the values that it was given
   */
  static String command(Path seen) {
    return "['%s', -cp, '%s', %s, '%s']"
        .formatted(
            ServerProcess.tool("java"),
            Path.of("target", "test-classes").toAbsolutePath(),
            QuotingMcp.class.getName(),
            seen);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/mcp";
  }

  /** Returns the headers that it was sent. */
  Set<String> seen() {
    return seen;
  }

  public static void main(String[] args) throws IOException {
    String given =
        System.getenv().values().stream()
            .filter(value -> value.contains("canary"))
            .sorted()
            .collect(Collectors.joining(" "));
    Files.writeString(Path.of(List.of(args).get(0)), given);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.err.println(given);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println("no JSON: " + given);
      out.println(notice(given));
      if (isDeath(line)) {
        System.err.println(given);
        Runtime.getRuntime().halt(1);
      }
      String answer = answer(line, given);
      if (!answer.isEmpty()) {
        out.println(answer);
      }
    }
  }

  private void serve(HttpExchange call) throws IOException {
    try (call) {
      String given = quoted(call.getRequestHeaders().values().toString());
      seen.add(given);
      String message = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String answer = answer(message, given);
      call.getResponseHeaders().set("Mcp-Session-Id", "s1");
      if (call.getRequestMethod().equals("GET")) {
        send(call, 405, given);
      } else if (isDeath(message)) {
        send(call, 500, given);
      } else if (answer.isEmpty()) {
        call.sendResponseHeaders(202, -1);
      } else {
        send(call, 200, answer);
      }
    }
  }

  private static void send(HttpExchange call, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
  }

  private static boolean isDeath(String message) {
    return message.contains("tools/call") && message.contains("\"die\"");
  }

  /** Returns the answer to a message; empty for none. */
  private static String answer(String message, String given) {
    Matcher id = ID.matcher(message);
    return id.find()
        ? "{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + "," + result(message, given) + "}"
        : "";
  }

  private static String result(String message, String given) {
    if (message.contains("\"initialize\"")) {
      return "\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
          + "\"serverInfo\":{\"name\":\""
          + given
          + "\",\"version\":\"1\"}}";
    }
    if (message.contains("tools/list")) {
      return "\"result\":{\"tools\":["
          + TOOL.formatted("refuse")
          + ","
          + TOOL.formatted("die")
          + "]}";
    }
    return message.contains("tools/call")
        ? "\"error\":{\"code\":-32603,\"message\":\"" + given + "\",\"data\":\"" + given + "\"}"
        : "\"result\":{}";
  }

  private static String notice(String given) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"error\",\"data\":\""
        + given
        + "\"}}";
  }

  private static String quoted(String text) {
    return text.replaceAll("[\"\\\\\\p{Cc}]", "'");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
