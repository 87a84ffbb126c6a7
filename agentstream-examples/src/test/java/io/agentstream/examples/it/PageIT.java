package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import io.agentstream.examples.demo.CompletionRequest;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.demo.DemoScript;
import io.agentstream.examples.demo.Script;
import io.agentstream.examples.demo.TimedToken;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.test.schema.ConnectionCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser, on the real server with the demo model. */
@Timeout(240)
class PageIT {

  private static final DemoScript DEMO = new DemoScript();
  private static final double PATIENCE_MS = 90_000;
  private static final String TOPIC = "Should a small team adopt microservices?";

  private static Chromium chromium;
  private static ServerProcess server;

  // The same texts, but told faster, for what does not depend on the time.
  private static CompletionServer fastModel;
  private static EmbeddedServer fastServer;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;

  @BeforeAll
  static void start() {
    chromium = Chromium.shared();
    server = ServerProcess.start(Map.of());
    fastModel = CompletionServer.start(PageIT::fast);
    fastServer = EmbeddedServer.start(Map.of("OPENAI_BASE_URL", fastModel.baseUrl()));
  }

  private static List<TimedToken> fast(CompletionRequest request) {
    return DEMO.answer(request).stream()
        .map(token -> new TimedToken(token.text(), token.afterMillis() / 4))
        .toList();
  }

  @AfterAll
  static void stop() {
    if (fastServer != null) {
      server.close();
      fastServer.close();
      fastModel.close();
    }
  }

  @BeforeEach
  void openBrowser() {
    context = chromium.newContext(new Browser.NewContextOptions().setLocale("en-US"));
    context.setDefaultTimeout(PATIENCE_MS);
  }

  @AfterEach
  void closeBrowser() {
    context.close();
  }

  @Test
  void a_conversation_shows_live_from_topic_to_done() {
    Page page = open(context, server.http("/").toString());
    assertThat(page.locator("#demo-banner")).containsText("demo model");
    rememberMia(page);
    begin(page, TOPIC);

    Locator first = page.locator(".message[data-agent=Mia]");
    assertThat(first).isVisible();
    PageScene.screenshot(page, "demo-talking");
    PageScene.awaitRemembered(page, "mia", "streaming typing…");
    PageScene.awaitRemembered(page, "state", "Mia is typing…");
    assertDone(page);
    assertThat(PageScene.remembered(page, "lengths")).hasSizeGreaterThan(3);

    assertThat(page.locator(".message[data-state=done] .done")).hasCount(3);
    assertThat(page.locator(".message-status").first()).containsText("✓ done");
    assertThat(page.locator(".dots")).hasCount(0);
    assertThat(page.locator("#conversation-topic")).hasText(TOPIC);
    assertThat(page.locator("#stop")).isHidden();
    assertShowsAll(page, server.webSocket());
    assertThat(complaints).isEmpty();
  }

  @Test
  void stop_ends_a_conversation_and_keeps_what_was_said() {
    try (CompletionServer halting = CompletionServer.start(new HaltingDemo(0));
        EmbeddedServer server = EmbeddedServer.start(Map.of("OPENAI_BASE_URL", halting.baseUrl()));
        Page page = open(context, server.http("/").toString())) {
      begin(page, TOPIC);
      assertThat(page.locator(".message .message-text").first()).not().isEmpty();
      page.click("#stop");

      assertThat(page.locator("#conversation-state")).hasAttribute("data-state", "ended");
      assertThat(page.locator(".message[data-finish-reason=stopped]")).hasCount(1);
      assertShows(page, said(page, server.webSocket()));
      assertThat(complaints).isEmpty();
    }
  }

  @Test
  void after_a_cut_the_page_rejoins_and_misses_nothing() throws IOException {
    CountDownLatch reconnected = new CountDownLatch(1);
    try (CompletionServer model = CompletionServer.start(waiting(reconnected));
        EmbeddedServer server = EmbeddedServer.start(Map.of("OPENAI_BASE_URL", model.baseUrl()));
        CuttingProxy proxy = CuttingProxy.to(server.port());
        Page page = open(context, proxy.url())) {
      rememberConnectionStates(page);
      begin(page, TOPIC);
      assertThat(page.locator(".message[data-agent=Mia] .message-text")).not().isEmpty();
      proxy.cut();
      page.waitForCondition(() -> connectionStates(page).contains("open"));
      assertThat(connectionStates(page)).containsSubsequence("reconnecting", "open");
      reconnected.countDown();
      assertDone(page);

      assertShowsAll(page, server.webSocket());
      assertThat(page.locator("[data-agent=Mia] .done, [data-agent=Otto] .done")).hasCount(2);
    }
  }

  /** The same fast texts, but the second and the later ones wait for {@code then}. */
  private static Script waiting(CountDownLatch then) {
    AtomicInteger answers = new AtomicInteger();
    return request -> {
      if (answers.incrementAndGet() > 1) {
        awaitUninterrupted(then);
      }
      return fast(request);
    };
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_reload_shows_the_same() {
    Page page = open(context, fastServer.http("/").toString());
    begin(page, TOPIC);
    assertThat(page.locator(".message[data-agent=Mia] .message-text")).not().isEmpty();
    page.reload();
    assertDone(page);
    assertShowsAll(page, fastServer.webSocket());
    assertThat(complaints).isEmpty();
  }

  private Page open(BrowserContext context, String url) {
    Page page = context.newPage();
    page.onWebSocket(PageIT::checkFrames);
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
    page.navigate(url);
    assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
    return page;
  }

  private static void checkFrames(WebSocket socket) {
    ConnectionCheck check = ConnectionCheck.strict();
    socket.onFrameSent(frame -> check.sent(frame.text()));
    socket.onFrameReceived(frame -> check.received(frame.text()));
  }

  /** One round on {@code topic}. */
  private static void begin(Page page, String topic) {
    page.fill("#topic", topic);
    page.fill("#rounds", "1");
    page.click("#start");
  }

  /** Keeps what the page shows while Mia speaks: a look at it may come too late. */
  private static void rememberMia(Page page) {
    String mia = "node.querySelector('.message[data-agent=Mia]')";
    PageScene.remember(page, "state", "#conversation-state", "node => node.textContent");
    PageScene.remember(
        page,
        "mia",
        "#transcript",
        "node => %1$s?.dataset.state + ' ' + %1$s?.querySelector('.message-status')?.textContent"
            .formatted(mia));
    PageScene.remember(
        page,
        "lengths",
        "#transcript",
        "node => String(%s?.querySelector('.message-text')?.textContent.length)".formatted(mia));
  }

  private static void assertDone(Page page) {
    assertThat(page.locator("#conversation-state"))
        .hasAttribute("data-state", "ended", new HasAttributeOptions().setTimeout(PATIENCE_MS));
    assertThat(page.locator(".message[data-state=streaming]")).hasCount(0);
  }

  /** The end may be shown some frames before the last words are. */
  private static void assertShows(Page page, List<String> said) {
    page.waitForCondition(() -> shown(page).equals(said));
  }

  private static void assertShowsAll(Page page, URI server) {
    List<String> said = said(page, server);
    assertThat(said).hasSize(3);
    assertShows(page, said);
  }

  /** Returns the agents' messages as shown by the page. */
  private static List<String> shown(Page page) {
    return page.locator(".message[data-agent] .message-text").allTextContents().stream()
        .map(PageIT::bare)
        .toList();
  }

  /** Without what Markdown turns into elements. */
  private static String bare(String text) {
    return text.replaceAll("[\\s*_`#>-]", "");
  }

  /** Returns the agents' messages as received by a separate viewer. */
  private static List<String> said(Page page, URI server) {
    String id = URI.create(page.url()).getFragment().replace("/c/", "");
    Viewer viewer = Viewer.connect(HttpClient.newHttpClient(), server);
    viewer.send("join_conversation", Map.of("conversation_id", id));
    List<String> said = new ArrayList<>();
    for (JsonNode message : viewer.first("snapshot").join().at("/data/messages")) {
      if (message.get("role").asText().equals("assistant")) {
        said.add(bare(message.get("content").asText()));
      }
    }
    return said;
  }

  private static void rememberConnectionStates(Page page) {
    page.evaluate(
        """
        () => {
          const pill = document.getElementById("connection");
          window.connectionStates = [];
          new MutationObserver(() => window.connectionStates.push(pill.dataset.state))
            .observe(pill, { attributes: true, attributeFilter: ["data-state"] });
        }
        """);
  }

  @SuppressWarnings("unchecked")
  private static List<String> connectionStates(Page page) {
    return (List<String>) page.evaluate("window.connectionStates");
  }
}
