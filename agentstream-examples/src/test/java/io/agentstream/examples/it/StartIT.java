package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.agentstream.examples.docs.StagedRepository;
import io.agentstream.examples.docs.StartPage;
import io.agentstream.examples.docs.ThisBuild;
import io.agentstream.redis.FreePort;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way to begin in docs/start.md, from an empty folder to a browser that shows tokens. */
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true")
@Timeout(600)
class StartIT {

  private static final String WHERE = System.getProperty("agentstream.start", "auto");
  private static final String NPM = System.getProperty("agentstream.npm", "auto");
  private static final Path CLIENT =
      Path.of("../agentstream-jakarta/src/main/resources/META-INF/resources/agentstream");
  private static final List<String> MODULES =
      List.of(
          "agentstream-core",
          "agentstream-jakarta",
          "agentstream-micrometer",
          "agentstream-spring-boot-starter");

  private static StagedRepository repository;

  @TempDir private Path folder;
  private final StubModelServer model = StubModelServer.start();
  private Process commands;

  @BeforeAll
  static void stage() throws IOException {
    assumeTrue(!WHERE.equals("auto"), "-Dagentstream.start names a folder for a Maven repository");
    repository = new StagedRepository(Path.of(WHERE));
    repository.stage(ThisBuild.version(), MODULES);
  }

  @AfterEach
  void stop() throws InterruptedException {
    model.close();
    if (commands != null) {
      commands.descendants().forEach(ProcessHandle::destroyForcibly);
      commands.destroyForcibly().waitFor();
    }
  }

  @ParameterizedTest
  @CsvSource({"Plain Java, /", "Spring Boot, /", "A WAR, /debate/", "React, /"})
  void it_works_as_the_page_says(String heading, String path) throws Exception {
    assumeTrue(!heading.equals("React") || !NPM.equals("auto"), "-Dagentstream.npm has React");
    StartPage start = StartPage.section(heading);
    assertThat(start.row())
        .contains("| " + start.files().size() + " | " + start.commands().size() + " |");
    model.otherwise(StubAnswer.stream().tokens("Tea, ", "always.").finish("stop").done());
    start.writeTo(folder);
    int port = FreePort.next();
    onPort(port);

    long began = System.nanoTime();
    run(start.commands(), port);
    await(port);
    try (BrowserContext browser = Chromium.shared().newContext()) {
      Page page = browser.newPage();
      page.navigate("http://127.0.0.1:" + port + path);
      page.locator("#start").click();
      assertThat(page.getByText("Optimist: Tea, always.").first()).isVisible();
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    System.out.println(heading + ": " + seconds + " s");
  }

  private void run(List<String> lines, int port) throws IOException {
    List<String> script =
        lines.stream().map(line -> line.startsWith("npm install") ? installed() : line).toList();
    String configured =
        String.join("\n", script)
            .replace(" && sh ", " && sed -i s/8080/" + port + "/ */conf/server.xml && sh ");
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-e", "-c", configured)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said().toFile());
    shell.environment().put("AGENTSTREAM_MVN", maven());
    shell.environment().merge("PATH", "", (path, none) -> repository.bin() + ":" + path);
    shell.environment().put("JAVA_HOME", System.getProperty("java.home"));
    shell.environment().put("OPENAI_BASE_URL", model.baseUrl());
    shell.environment().put("OPENAI_API_KEY", "test");
    shell.environment().put("SERVER_PORT", Integer.toString(port));
    commands = shell.start();
  }

  /** Puts the packages there as npm would, which needs the network. */
  private String installed() {
    return ("mkdir -p node_modules && ln -s"
            + " %1$s/node_modules/{react,react-dom,scheduler,esbuild,@esbuild,.bin}"
            + " node_modules/ && cp -r %2$s node_modules/agentstream-client")
        .formatted(NPM, CLIENT.toAbsolutePath().normalize());
  }

  private static String maven() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(each -> Path.of(each, "mvn"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow()
        .toString();
  }

  private void onPort(int port) throws IOException {
    Path main = folder.resolve("src/main/java/Main.java");
    if (Files.exists(main)) {
      Files.writeString(main, Files.readString(main).replace("8080", Integer.toString(port)));
    }
  }

  /** Waits until the server listens, or its commands have ended. */
  private void await(int port) throws Exception {
    while (true) {
      try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(connected.isConnected()).isTrue();
        return;
      } catch (IOException e) {
        if (commands.waitFor(100, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(Files.readString(said()), e);
        }
      }
    }
  }

  private Path said() {
    return folder.resolve("said.txt");
  }
}
