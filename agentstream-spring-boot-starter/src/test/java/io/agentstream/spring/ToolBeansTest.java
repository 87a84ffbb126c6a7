package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.agentstream.internal.ToolMethod;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

class ToolBeansTest {

  private final AtomicInteger advised = new AtomicInteger();
  private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
  private final ToolBeans tools = new ToolBeans(beans);

  @Test
  void a_bean_with_tools_is_found_without_being_created() {
    beans.registerBeanDefinition(
        "clock", BeanDefinitionBuilder.genericBeanDefinition(Clock.class).getBeanDefinition());
    beans.registerSingleton("other", "no tools");

    assertThat(tools.names()).containsExactly("clock");
    assertThat(beans.containsSingleton("clock")).isFalse();
  }

  @Test
  void a_tool_of_a_plain_bean_is_called() {
    beans.registerSingleton("clock", new Clock());
    assertThat(call("clock")).isEqualTo("noon in Oslo");
  }

  @Test
  void a_tool_is_called_through_the_proxy_of_its_class() {
    beans.registerSingleton("clock", proxy(new Clock(), true));

    assertThat(call("clock")).isEqualTo("noon in Oslo");
    assertThat(advised).hasValue(1);
  }

  @Test
  void a_tool_is_called_through_a_proxy_of_interfaces() {
    beans.registerSingleton("clock", proxy(new Clock(), false));

    assertThat(call("clock")).isEqualTo("noon in Oslo");
    assertThat(advised).hasValue(1);
  }

  @Test
  void a_tool_that_a_proxy_hides_is_an_error_that_names_the_remedy() {
    beans.registerSingleton("hidden", proxy(new Hidden(), false));

    assertThatThrownBy(() -> tools.methods("hidden"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Hidden.now")
        .hasMessageContaining("interface");
  }

  private String call(String bean) {
    ToolMethod tool = tools.methods(bean).get(0);
    return tool.executor()
        .execute(
            ToolExecutionRequest.builder()
                .name(tool.specification().name())
                .arguments("{\"town\": \"Oslo\"}")
                .build(),
            "memory");
  }

  private Object proxy(Object target, boolean ofClass) {
    ProxyFactory factory = new ProxyFactory(target);
    factory.setProxyTargetClass(ofClass);
    factory.addAdvice(
        (MethodInterceptor)
            call -> {
              advised.incrementAndGet();
              return call.proceed();
            });
    return factory.getProxy();
  }

  /** An interface that knows no tools. */
  public interface Telling {
    String now(String town);
  }

  /** A tool behind an interface. */
  public static class Clock implements Telling {
    @Tool("The time in a town")
    @Override
    public String now(String town) {
      return "noon in " + town;
    }
  }

  /** A tool that its interface does not declare. */
  public static class Hidden implements Runnable {
    @Tool("The time in a town")
    public String now(String town) {
      return "noon in " + town;
    }

    @Override
    public void run() {}
  }
}
