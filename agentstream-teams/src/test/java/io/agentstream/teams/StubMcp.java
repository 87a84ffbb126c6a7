package io.agentstream.teams;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The answers of an MCP server that a test steers. It knows no library, so that a program can use
 * it.
 */
class StubMcp {

  static final String CHANGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

  private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([a-z/_]+)\"");
  private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

  /** How often the tools were listed, in pages. */
  final AtomicInteger listed = new AtomicInteger();

  private volatile List<String> tools = List.of(tool("a", "{}"));
  private volatile boolean endless;

  static String tool(String name, String properties) {
    return "{\"name\":\""
        + name
        + "\",\"description\":\"d\",\"inputSchema\":{\"type\":\"object\",\"properties\":"
        + properties
        + "}}";
  }

  static List<String> tools(String... names) {
    return List.of(names).stream().map(name -> tool(name, "{}")).toList();
  }

  void list(List<String> descriptions) {
    tools = descriptions;
  }

  /** Gives each page of the list another one. */
  void listWithoutEnd() {
    endless = true;
  }

  /** Returns the answer to a message; null for none. */
  @Nullable String answer(String message) {
    String method = first(METHOD, message);
    String id = first(ID, message);
    if (method == null || id == null) {
      return null;
    }
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + "," + result(method, message) + "}";
  }

  private String result(String method, String message) {
    return switch (method) {
      case "initialize" ->
          "\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":"
              + "{\"tools\":{\"listChanged\":true}},"
              + "\"serverInfo\":{\"name\":\"stub\",\"version\":\"1\"}}";
      case "tools/list" -> list();
      case "tools/call" -> call(String.valueOf(first(NAME, message)));
      default -> "\"result\":{}";
    };
  }

  private String list() {
    listed.incrementAndGet();
    return "\"result\":{\"tools\":["
        + tools.stream().collect(Collectors.joining(","))
        + "]"
        + (endless ? ",\"nextCursor\":\"more\"" : "")
        + "}";
  }

  private String call(String name) {
    boolean known = tools.stream().anyMatch(tool -> tool.startsWith("{\"name\":\"" + name + "\""));
    return known
        ? "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"" + name + " done\"}]}"
        : "\"error\":{\"code\":-32602,\"message\":\"Unknown tool\"}";
  }

  private static @Nullable String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : null;
  }
}
