package io.agentstream.teams.internal.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;

/** Calls the tools of one user, each call on the connection that the user has at that time. */
record UserCalls(UserServers servers, String userId) implements ToolExecutor {

  @Override
  public String execute(ToolExecutionRequest request, Object memoryId) {
    InvocationContext context = InvocationContext.builder().chatMemoryId(memoryId).build();
    return executeWithContext(request, context).resultText();
  }

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, InvocationContext context) {
    try {
      return servers.call(userId, request, context);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CallResults.failed("The call was cancelled.");
    }
  }
}
