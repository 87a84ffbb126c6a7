package io.agentstream.teams;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Gives the headers with which a user reaches an MCP server. A team file names it as {@code
 * mcp.credentials}. Thread-safe.
 */
@FunctionalInterface
public interface McpCredentials {

  /**
   * Returns headers for a connection that serves this user alone. They are sent only to the URL in
   * the team file, in addition to its headers and in place of those with the same name.
   *
   * <p>Called on a thread of its own when the user's connection opens: before the first turn that
   * needs it, after ten minutes without use, and after the server could not be reached or has
   * refused the headers. It may block, and has ten seconds. A turn fails if this method throws, if
   * the stage fails, or if it takes longer; only the class of an exception is logged.
   *
   * @param tools the name of the tools in the team file
   * @param userId the user to whom the conversation belongs
   * @return the headers; empty if the user has no credentials, and so none of the tools
   */
  CompletionStage<Map<String, String>> headers(String tools, String userId);
}
