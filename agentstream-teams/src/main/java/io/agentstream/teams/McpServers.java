package io.agentstream.teams;

import io.agentstream.teams.internal.mcp.McpSettings;
import java.time.Duration;
import java.util.Objects;

/** Takes the settings of MCP servers from a file and the environment. */
final class McpServers {

  private McpServers() {}

  /**
   * Returns how a server is reached.
   *
   * @throws IllegalArgumentException if a variable is not set or blank
   */
  static McpSettings settings(String name, ToolSpec spec, TeamSetup setup) {
    ToolSpec.Mcp mcp = Objects.requireNonNull(spec.mcp());
    return new McpSettings(
        name,
        mcp.command(),
        Environment.resolve("mcp.env", mcp.env(), setup.environment()),
        mcp.url(),
        Environment.resolve("mcp.headers", mcp.headers(), setup.environment()),
        spec.timeoutSeconds() == null
            ? setup.timeouts().toolCall()
            : Duration.ofSeconds(spec.timeoutSeconds()),
        Boolean.TRUE.equals(spec.idempotent()));
  }
}
