package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.socket.SocketViewer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

/** The sample application, compiled and run as it stands. */
class SampleTest {

  private static final Path ROOT = root();
  private static final Path SAMPLE = ROOT.resolve("agentstream-examples/spring-boot");

  @TempDir Path classes;

  /** The module of Boot 4 lies one folder deeper. */
  private static Path root() {
    Path above = Path.of("..");
    return Files.isDirectory(above.resolve("agentstream-bom")) ? above : above.resolve("..");
  }

  @Test
  void it_has_at_most_ten_files() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> !isBuilt(file)))
          .hasSizeLessThanOrEqualTo(10);
    }
  }

  private static boolean isBuilt(Path file) {
    return file.toString().contains("target");
  }

  @Test
  void it_has_the_versions_of_this_build() throws IOException {
    String root = Files.readString(ROOT.resolve("pom.xml"));
    String version = between(root, "<artifactId>agentstream-parent</artifactId>\n  <version>");
    String boot = between(root, "<spring-boot-4.version>");
    assertThat(Files.readString(SAMPLE.resolve("pom.xml")))
        .contains("<version>" + version + "</version>")
        .contains("<version>" + boot + "</version>");
  }

  private static String between(String text, String start) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf('<', from));
  }

  @Test
  void its_page_and_its_agents_are_served() throws Exception {
    compile();
    URL[] path = {classes.toUri().toURL(), SAMPLE.resolve("src/main/resources").toUri().toURL()};
    try (StubModelServer models = StubModelServer.start();
        URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      models.otherwise(StubAnswer.stream().tokens("It ", "is.").finish("stop").done());
      SpringApplication sample =
          new SpringApplication(
              new DefaultResourceLoader(loader),
              loader.loadClass("com.example.debate.DebateApplication"));
      ClassLoader before = Thread.currentThread().getContextClassLoader();
      Thread.currentThread().setContextClassLoader(loader);
      try (ConfigurableApplicationContext running =
          sample.run("--server.port=0", "--agentstream.model.base-url=" + models.baseUrl())) {
        watch(new Browser(running.getEnvironment().getProperty("local.server.port", int.class)));
      } finally {
        Thread.currentThread().setContextClassLoader(before);
      }
    }
  }

  private static void watch(Browser browser) throws Exception {
    assertThat(browser.get("/").body()).contains("page.js");
    assertThat(browser.get("/page.js").body()).contains("/agentstream/index.js");
    assertThat(browser.get("/agentstream/index.js").statusCode()).isEqualTo(200);
    SocketViewer viewer = browser.open("/ws");
    viewer.await("welcome");
    viewer.start("{\"topic\": \"tea\", \"max_rounds\": 1}");
    assertThat(viewer.await("speaker_change").at("/data/agent_name").asText())
        .isEqualTo("Optimist");
    viewer.await("conversation_ended");
  }

  private void compile() {
    List<String> arguments =
        List.of(
            "-parameters",
            "-proc:none",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            SAMPLE.resolve("src/main/java/com/example/debate/DebateApplication.java").toString());
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertThat(failed).isZero();
  }
}
