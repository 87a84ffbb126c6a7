package io.agentstream.internal;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolMemoryId;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.invocation.LangChain4jManaged;
import dev.langchain4j.service.tool.DefaultToolExecutor;
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
import java.util.Set;

/**
 * A method of an object that a model may call.
 *
 * @param specification its description for the model
 * @param executor calls it
 */
public record ToolMethod(ToolSpecification specification, ToolExecutor executor) {

  /**
   * Returns the tools of {@code object}: a method with {@link Tool} in its class or a supertype,
   * because a proxy's own methods have no annotations.
   *
   * @throws IllegalArgumentException if there is none, or one whose parameters have no names
   */
  public static List<ToolMethod> of(Object object) {
    return of(object, object.getClass());
  }

  /**
   * Returns the tools that a class declares, called on {@code object}, which may be a proxy of the
   * class's interfaces.
   *
   * @throws IllegalArgumentException if there is none, one whose parameters have no names, or one
   *     that {@code object} does not have
   */
  public static List<ToolMethod> of(Object object, Class<?> annotated) {
    Set<String> seen = new HashSet<>();
    List<Method> methods = new ArrayList<>();
    for (Class<?> type : lineage(annotated)) {
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
          annotated.getName() + " has no method annotated with @Tool" + hint(object));
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

  private static ToolMethod of(Object object, Method method) {
    checkParameterNames(method);
    // By default the executor would return an exception's text as a result.
    return new ToolMethod(
        ToolSpecifications.toolSpecificationFrom(method),
        DefaultToolExecutor.builder()
            .object(object)
            .originalMethod(method)
            .methodToInvoke(callable(method, object))
            .wrapToolArgumentsExceptions(true)
            .propagateToolExecutionExceptions(true)
            .build());
  }

  /** Returns the method of the object that stands for an annotated one. */
  private static Method callable(Method method, Object object) {
    if (method.getDeclaringClass().isInstance(object)) {
      return method;
    }
    for (Class<?> type : lineage(object.getClass())) {
      for (Method own : type.getDeclaredMethods()) {
        if (signature(own).equals(signature(method)) && !Proxy.isProxyClass(type)) {
          return own;
        }
      }
    }
    throw new IllegalArgumentException(
        "The tool "
            + method.getDeclaringClass().getName()
            + "."
            + method.getName()
            + " cannot be called on a proxy of interfaces, none of which declares it: add it to an"
            + " interface, or let the proxy extend the class");
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
}
