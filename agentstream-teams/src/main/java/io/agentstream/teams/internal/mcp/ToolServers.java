package io.agentstream.teams.internal.mcp;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.ToolExecutor;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The MCP server of everybody, or one for each user. Thread-safe. */
public interface ToolServers {

  /**
   * Returns the newest list of tools for the conversations of a user; empty if the user has none.
   * Does not block.
   *
   * @param ownerId null for nobody
   * @param ended completes when the turn that uses the tools has ended; until then the user's
   *     connection stays open
   */
  CompletionStage<List<ToolSpecification>> newestTools(
      @Nullable String ownerId, CompletionStage<?> ended);

  /** Returns what calls the tools of a user, also if the connection was replaced meanwhile. */
  ToolExecutor executor(@Nullable String ownerId);
}
