package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code web/copilotkit}, on another origin than the server, in a real browser. */
@Timeout(300)
class CopilotKitIT {

  private static final String PACKAGES = System.getProperty("agentstream.copilotkit", "auto");
  private static final String TEAMS =
      """
      version: 1
      agents: [{name: Ann, description: Knows tea}, {name: Ben, description: Knows milk}]
      teams:
        - name: Tea
          participants: [Ann, Ben]
          speaker_selection: {kind: handoff, to_user: true}
          max_rounds: 4
      """;

  @TempDir private static Path folder;

  private static FileServer files;
  private static StubModelServer model;
  private static EmbeddedServer server;

  private final CountDownLatch rest = new CountDownLatch(1);
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private BrowserContext context;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        !PACKAGES.equals("auto"), "-Dagentstream.copilotkit names the folder of the packages");
    Chromium.shared();
    model = StubModelServer.start();
    files = FileServer.start(Files.createDirectory(folder.resolve("page")));
    Files.writeString(folder.resolve("teams.yaml"), TEAMS);
    Path config =
        Files.writeString(
            folder.resolve("server.json"),
            "{\"team_file\": \"teams.yaml\", \"allowed_origins\": [\"%s\"]}"
                .formatted(files.origin()));
    server =
        EmbeddedServer.start(
            Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", config.toString());
    bundle(files.folder());
  }

  /** Builds the page as its users do, for this server. */
  private static void bundle(Path target) throws IOException, InterruptedException {
    Path source = Path.of("web", "copilotkit");
    for (String file : List.of("package.json", "page.jsx")) {
      Files.copy(source.resolve(file), target.resolve(file));
    }
    String html = Files.readString(source.resolve("index.html"));
    assertThat(html).contains("http://localhost:8080/agui/Debate");
    Files.writeString(
        target.resolve("index.html"),
        html.replace("http://localhost:8080/agui/Debate", server.http("/agui/Tea").toString()));
    Path log = target.resolve("build.log");
    ProcessBuilder builder =
        new ProcessBuilder("npm", "run", "build")
            .directory(target.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Path packages = Path.of(PACKAGES, "node_modules").toAbsolutePath();
    builder.environment().put("NODE_PATH", packages.toString());
    builder.environment().merge("PATH", packages + "/.bin", (path, bin) -> bin + ":" + path);
    Process build = builder.start();
    boolean ended = build.waitFor(2, TimeUnit.MINUTES);
    build.destroyForcibly();
    assertThat(ended && build.exitValue() == 0).as(Files.readString(log)).isTrue();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      files.close();
      model.close();
    }
  }

  @BeforeEach
  void openBrowser() {
    context = Chromium.shared().newContext();
    context.route("**/*", this::refuseForeign);
  }

  @AfterEach
  void closeBrowser() {
    rest.countDown();
    context.close();
  }

  /** Nothing of a test leaves this machine. */
  private void refuseForeign(Route route) {
    String url = route.request().url();
    if (url.startsWith(server.http("/").toString()) || url.startsWith(files.origin())) {
      route.resume();
    } else {
      complaints.add(url);
      route.abort();
    }
  }

  private static Locator said(Page page, String speaker) {
    return page.locator("[data-speaker=" + speaker + "]");
  }

  private static Locator question(Page page) {
    return page.locator("form.question");
  }

  private static Locator topic(Page page) {
    return page.getByText("Tea?", new Page.GetByTextOptions().setExact(true));
  }

  private static void answer(Page page, String answer) {
    Locator input = question(page).locator("input");
    input.fill(answer);
    input.press("Enter");
  }

  private Page ask(String topic) {
    Page page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(files.origin() + "/");
    page.getByTestId("copilot-chat-textarea").fill(topic);
    page.getByTestId("copilot-send-button").click();
    return page;
  }

  @Test
  void a_reload_in_mid_answer_joins_again_and_the_question_is_answered_once() {
    model.enqueue(
        StubAnswer.stream()
            .tokens("Well.")
            .stallUntil(rest)
            .tokens(" Ask Ben.")
            .toolCall(0, "c1", "transfer_to_ben", "{}")
            .finish("tool_calls")
            .usage(3, 4)
            .done(),
        PageScene.asksTheReader("With milk?"),
        PageScene.says("With milk, then."));
    Page page = ask("Tea?");
    assertThat(said(page, "Ann")).containsText("Well.");

    page.reload();
    assertThat(said(page, "Ann")).containsText("Well.");
    assertThat(topic(page)).hasCount(1);
    rest.countDown();
    assertThat(said(page, "Ann")).containsText("Well. Ask Ben.");
    assertThat(said(page, "Ben")).containsText("With milk?");
    assertThat(question(page)).hasCount(1);

    Page other = context.newPage();
    other.navigate(page.url());
    assertThat(question(other)).hasCount(1);
    answer(page, "Yes");
    assertThat(said(page, "Ben").last()).containsText("With milk, then.");
    assertThat(question(page)).hasCount(0);
    answer(other, "No");
    assertThat(said(other, "Ben").last()).containsText("With milk, then.");
    assertThat(question(other)).hasCount(0);

    page.reload();
    assertThat(said(page, "Ben").last()).containsText("With milk, then.");
    assertThat(said(page, "Ann")).hasCount(1);
    assertThat(said(page, "Ben")).hasCount(2);
    assertThat(topic(page)).hasCount(1);
    assertThat(question(page)).hasCount(0);
    assertThat(complaints).isEmpty();
  }
}
