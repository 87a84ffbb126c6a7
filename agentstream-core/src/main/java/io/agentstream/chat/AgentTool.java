package io.agentstream.chat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.agentstream.internal.ToolMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tool that an agent may call.
 *
 * @param specification the tool's description for the model
 * @param executor the tool's code
 * @param needsApproval true if a person must approve each call, whatever the agent says
 * @param interruptedCalls the fate of a call whose process ended; null for the agent's rule
 * @param ownerDecides true if the conversation's owner alone answers questions about its calls
 */
record AgentTool(
    ToolSpecification specification,
    ToolExecutor executor,
    boolean needsApproval,
    @Nullable InterruptedCallPolicy interruptedCalls,
    boolean ownerDecides) {

  /** Creates a tool for which the agent's rules hold. */
  AgentTool(ToolSpecification specification, ToolExecutor executor) {
    this(specification, executor, false, null, false);
  }

  static AgentTool from(ToolSource.Tool tool) {
    return new AgentTool(
        tool.specification(),
        tool.executor(),
        tool.needsApproval(),
        tool.interruptedCalls(),
        tool.ownerDecides());
  }

  /**
   * Returns a tool for each method of {@code object} with {@link Tool}; see {@link
   * ToolMethod#of(Object)}.
   *
   * @throws IllegalArgumentException if there is none, or one whose parameters have no names
   */
  static List<AgentTool> of(Object object) {
    return ToolMethod.of(object).stream()
        .map(method -> new AgentTool(method.specification(), method.executor()))
        .toList();
  }

  String name() {
    return specification.name();
  }

  /** The outcome of a call. */
  record Result(String text, boolean isError) {}

  /**
   * Calls the tool on the calling thread. Everything that the tool throws is thrown.
   *
   * @param idempotencyKey stays the same if the call is made again
   */
  Result execute(ToolExecutionRequest request, String conversationId, String idempotencyKey) {
    if (!takesContext()) {
      // An executor of this kind may return null, which langchain4j's default refuses.
      String text = executor.execute(request, conversationId);
      return new Result(text == null ? "" : text, false);
    }
    InvocationContext context =
        InvocationContext.builder()
            .chatMemoryId(conversationId)
            .invocationParameters(InvocationParameters.from(Agent.IDEMPOTENCY_KEY, idempotencyKey))
            .build();
    ToolExecutionResult result = executor.executeWithContext(request, context);
    return new Result(Objects.requireNonNullElse(result.resultText(), ""), result.isError());
  }

  private boolean takesContext() {
    return Arrays.stream(executor.getClass().getMethods())
        .anyMatch(
            method ->
                method.getName().equals("executeWithContext")
                    && method.getDeclaringClass() != ToolExecutor.class);
  }
}
