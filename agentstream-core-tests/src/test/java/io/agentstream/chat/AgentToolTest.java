package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolMemoryId;
import io.agentstream.event.ToolResult;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools that are methods of objects, wherever in the object the annotation stands. */
class AgentToolTest extends ChatFixture {

  @TempDir Path folder;

  @Test
  void tools_are_inherited() {
    assertThat(agent("Ann").tools(new Extended()).build().tools().fixed())
        .containsOnlyKeys("inherited", "own", "promised", "given");
    assertThat(call(new Extended(), "inherited")).isEqualTo("extended tea");
  }

  @Test
  void a_proxy_that_extends_the_class_is_called_and_bears_its_tools() {
    Intercepted proxy = new Intercepted();

    assertThat(call(proxy, "inherited")).isEqualTo("base tea");

    assertThat(proxy.calls).containsExactly("inherited");
  }

  @Test
  void a_proxy_of_an_interface_is_called_and_bears_the_interfaces_tools() {
    List<String> calls = new ArrayList<>();
    Object proxy =
        Proxy.newProxyInstance(
            Promise.class.getClassLoader(),
            new Class<?>[] {Promise.class},
            (self, method, args) -> {
              calls.add(method.getName());
              return "kept " + args[0];
            });

    assertThat(call(proxy, "promised")).isEqualTo("kept tea");
    assertThat(calls).containsExactly("promised");
  }

  @Test
  void a_proxy_whose_interfaces_bear_no_tool_is_refused_with_the_remedy() {
    Object proxy =
        Proxy.newProxyInstance(
            Runnable.class.getClassLoader(),
            new Class<?>[] {Runnable.class},
            (self, method, args) -> null);

    assertThatThrownBy(() -> agent("Ann").tools(proxy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("annotate the methods of an interface");
  }

  @Test
  void parameters_without_names_are_refused_at_build_with_the_remedy() throws Exception {
    Object tools = compiledWithoutParameterNames("@Tool public String look(String city)");

    assertThatThrownBy(() -> agent("Ann").tools(tools))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Compiled.look")
        .hasMessageContaining("-parameters")
        .hasMessageContaining("@P(name");
  }

  @Test
  void a_name_by_annotation_is_enough() throws Exception {
    Object tools =
        compiledWithoutParameterNames(
            "@Tool public String look(@P(name = \"what\") String city, @ToolMemoryId String id)");

    assertThat(call(tools, "look")).isEqualTo("null");
  }

  private String call(Object tools, String name) {
    start(chat(1, agent("Ann").tools(tools).build()));
    model.next().toolCall(name, "{\"what\":\"tea\"}").complete();
    model.next().tokens("a").complete();
    ToolResult result = events.of(ToolResult.class).get(0);
    assertThat(result.isError()).isFalse();
    return result.result();
  }

  private Object compiledWithoutParameterNames(String method) throws Exception {
    Path source = folder.resolve("Compiled.java");
    Files.writeString(
        source,
        "import dev.langchain4j.agent.tool.*;\npublic class Compiled { "
            + method
            + " { return \"\" + null; } }");
    int outcome =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(outcome).isZero();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      return loader.loadClass("Compiled").getConstructor().newInstance();
    }
  }

  interface Promise {
    @Tool
    String promised(@P("a thing") String what);

    @Tool
    default String given(String what) {
      return "given " + what;
    }
  }

  static class Base {
    @Tool
    public String inherited(String what) {
      return "base " + what;
    }
  }

  static final class Extended extends Base implements Promise {
    @Override
    public String inherited(String what) {
      return "extended " + what;
    }

    @Tool
    String own(String what, @ToolMemoryId String id) {
      return what;
    }

    @Override
    public String promised(String what) {
      return what;
    }
  }

  /** As class proxies are: a subclass that overrides everything and knows no annotation. */
  static final class Intercepted extends Base {
    final List<String> calls = new ArrayList<>();

    @Override
    public String inherited(String arg0) {
      calls.add("inherited");
      return super.inherited(arg0);
    }
  }
}
