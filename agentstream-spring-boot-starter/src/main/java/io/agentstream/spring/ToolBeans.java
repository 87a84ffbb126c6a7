package io.agentstream.spring;

import dev.langchain4j.agent.tool.Tool;
import io.agentstream.chat.Agent;
import io.agentstream.internal.ToolMethod;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ReflectionUtils.MethodFilter;

/**
 * The application's beans with {@code @Tool} methods. Calls go through the beans' proxies, so that
 * transactions, security and other advice apply.
 */
public final class ToolBeans {

  private final ConfigurableListableBeanFactory beans;

  ToolBeans(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /** Returns the names of all beans with {@code @Tool} methods, without creating the beans. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (String name : beans.getBeanDefinitionNames()) {
      if (hasTools(AutoProxyUtils.determineTargetClass(beans, name))) {
        names.add(name);
      }
    }
    return names;
  }

  private static boolean hasTools(@Nullable Class<?> type) {
    return type != null
        && AnnotationUtils.isCandidateClass(type, Tool.class)
        && !MethodIntrospector.selectMethods(type, (MethodFilter) ToolBeans::isTool).isEmpty();
  }

  private static boolean isTool(Method method) {
    return AnnotatedElementUtils.hasAnnotation(method, Tool.class);
  }

  /**
   * Gives an agent the tools of beans.
   *
   * @param names the beans' names; none for all beans with {@code @Tool} methods
   * @throws IllegalArgumentException if a bean has no tools, or a proxy of interfaces hides them
   */
  public Agent.Builder addTo(Agent.Builder agent, String... names) {
    for (String name : names.length > 0 ? List.of(names) : names()) {
      for (ToolMethod tool : methods(name)) {
        agent.tool(tool.specification(), tool.executor());
      }
    }
    return agent;
  }

  List<ToolMethod> methods(String name) {
    Object bean = beans.getBean(name);
    return ToolMethod.of(bean, AopUtils.getTargetClass(bean));
  }
}
