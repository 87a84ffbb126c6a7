package io.agentstream.chat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/**
 * A tool an agent may call.
 *
 * @param specification what the model is told of it
 * @param executor what is called
 */
record AgentTool(ToolSpecification specification, ToolExecutor executor) {

  /** One for each method of {@code object} that is annotated with {@link Tool}. */
  static List<AgentTool> of(Object object) {
    List<AgentTool> tools =
        Arrays.stream(object.getClass().getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Tool.class))
            .map(method -> of(object, method))
            .toList();
    if (tools.isEmpty()) {
      throw new IllegalArgumentException(
          object.getClass().getName() + " has no method annotated with @Tool");
    }
    return tools;
  }

  private static AgentTool of(Object object, Method method) {
    // Left to itself the executor returns an exception's text as if it were a result.
    return new AgentTool(
        ToolSpecifications.toolSpecificationFrom(method),
        DefaultToolExecutor.builder()
            .object(object)
            .originalMethod(method)
            .methodToInvoke(method)
            .wrapToolArgumentsExceptions(true)
            .propagateToolExecutionExceptions(true)
            .build());
  }

  String name() {
    return specification.name();
  }
}
