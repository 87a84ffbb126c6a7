package io.agentstream.chat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A tool that an agent may call.
 *
 * @param specification the tool's description for the model
 * @param executor the tool's code
 */
record AgentTool(ToolSpecification specification, ToolExecutor executor) {

  /**
   * Returns a tool for each method of {@code object} with {@link Tool}, in its class or a
   * supertype; a proxy's own methods have no annotations.
   *
   * @throws IllegalArgumentException if there is none, or one whose parameters have no names
   */
  static List<AgentTool> of(Object object) {
    Set<String> seen = new HashSet<>();
    List<Method> methods = new ArrayList<>();
    for (Class<?> type : lineage(object.getClass())) {
      for (Method method : type.getDeclaredMethods()) {
        boolean first = method.isAnnotationPresent(Tool.class) && seen.add(signature(method));
        // A bridge method represents a method that is also in this list, and would hide the
        // overridden one.
        if (first && !method.isBridge()) {
          methods.add(method);
        }
      }
    }
    if (methods.isEmpty()) {
      throw new IllegalArgumentException(
          object.getClass().getName() + " has no method annotated with @Tool" + hint(object));
    }
    return methods.stream().map(method -> of(object, method)).toList();
  }

  private static String hint(Object object) {
    return Proxy.isProxyClass(object.getClass())
        ? ": it is a proxy of interfaces, so annotate the methods of an interface, or pass the"
            + " object behind it"
        : "";
  }

  /** Returns the class, its superclasses, and all their interfaces, the most specific first. */
  private static Set<Class<?>> lineage(Class<?> type) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      classes.add(c);
    }
    List<Class<?>> open = new ArrayList<>(classes);
    for (int i = 0; i < open.size(); i++) {
      for (Class<?> inherited : open.get(i).getInterfaces()) {
        if (classes.add(inherited)) {
          open.add(inherited);
        }
      }
    }
    return classes;
  }

  /** Treats methods of the same signature as one, unless they cannot override each other. */
  private static String signature(Method method) {
    String owner =
        Modifier.isPrivate(method.getModifiers()) ? method.getDeclaringClass().getName() : "";
    return owner + "#" + method.getName() + Arrays.toString(method.getParameterTypes());
  }

  private static AgentTool of(Object object, Method method) {
    checkParameterNames(method);
    // By default the executor would return an exception's text as a result.
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

  private static void checkParameterNames(Method method) {
    for (Parameter parameter : method.getParameters()) {
      if (isForTheModel(parameter) && !parameter.isNamePresent() && !isNamed(parameter)) {
        throw new IllegalArgumentException(
            "The model cannot be told what the parameters of the tool "
                + method.getDeclaringClass().getName()
                + "."
                + method.getName()
                + " are called: compile the class with -parameters (javac), or name each of them"
                + " with @P(name = \"…\")");
      }
    }
  }

  /** Leaves out parameters that langchain4j itself fills in. */
  private static boolean isForTheModel(Parameter parameter) {
    Class<?> type = parameter.getType();
    return !parameter.isAnnotationPresent(ToolMemoryId.class)
        && !InvocationParameters.class.isAssignableFrom(type)
        && !InvocationContext.class.isAssignableFrom(type)
        && !LangChain4jManaged.class.isAssignableFrom(type);
  }

  private static boolean isNamed(Parameter parameter) {
    P described = parameter.getAnnotation(P.class);
    return described != null && !described.name().isBlank();
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
