package io.agentstream.teams.internal.mcp;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an MCP server is reached. The values of {@code env} and {@code headers} may be secrets.
 *
 * @param name its name in the team file
 * @param command the program and its arguments; empty for a URL
 * @param env environment variables of the program
 * @param url the streamable HTTP endpoint; null for a command
 * @param headers headers for each request
 * @param timeout how long a call may take
 * @param idempotent true if a call is repeated once when the server died meanwhile
 */
public record McpSettings(
    String name,
    List<String> command,
    Map<String, String> env,
    @Nullable String url,
    Map<String, String> headers,
    Duration timeout,
    boolean idempotent) {

  /** How long a server may take to start, and to list its tools. */
  static final Duration START = Duration.ofSeconds(30);

  /** How much longer than the client other code waits for the end of a call. */
  static final Duration GRACE = Duration.ofSeconds(2);

  /** Returns the same settings with other headers. */
  McpSettings withHeaders(Map<String, String> others) {
    return new McpSettings(name, command, env, url, others, timeout, idempotent);
  }

  /** Returns a text without the command, the environment and the headers. */
  @Override
  public String toString() {
    return "McpSettings[" + name + "]";
  }
}
