package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The page in a real browser on a real server, whose model says what a test wants, when the test
 * wants it. A class has one server, a test a browser context of its own.
 */
@Timeout(300)
abstract class PageScene {

  /** Sends an element the Escape with which an input method ends a composition. */
  static final String ESCAPE_OF_A_COMPOSITION =
      """
      (selector) => document.querySelector(selector).dispatchEvent(
          new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true }))
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Chromium chromium;
  static StubModelServer model;
  static EmbeddedServer server;

  private final List<String> complaints = new ArrayList<>();
  final List<String> received = new CopyOnWriteArrayList<>();

  /** Ends the answers that stall until a test lets them go, such as {@link #startsToSay}. */
  final CountDownLatch rest = new CountDownLatch(1);

  BrowserContext context;

  @BeforeAll
  static void start() {
    chromium = Chromium.shared();
    model = StubModelServer.start();
    server = EmbeddedServer.start(Map.of("OPENAI_BASE_URL", model.baseUrl()));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      model.close();
    }
  }

  @BeforeEach
  void openBrowser() {
    model.otherwise(says("Fine."));
    use(new Browser.NewContextOptions());
  }

  @AfterEach
  void closeBrowser() {
    context.close();
    try {
      server.endConversations();
    } finally {
      // Not before: the next speaker would take an answer that is meant for the next test.
      rest.countDown();
    }
  }

  /** Begins with another browser context. English, unless told otherwise. */
  final void use(Browser.NewContextOptions options) {
    if (context != null) {
      context.close();
    }
    if (options.locale == null) {
      options.setLocale("en-US");
    }
    context = chromium.newContext(options);
  }

  static StubAnswer says(String... tokens) {
    return StubAnswer.stream().tokens(tokens).finish("stop").usage(3, 8).done();
  }

  final StubAnswer startsToSay(String token) {
    return startsToSay(token, " And more.");
  }

  /** An answer that stalls after its first token until {@link #rest} lets it go. */
  final StubAnswer startsToSay(String token, String more) {
    return StubAnswer.stream()
        .tokens(token)
        .stallUntil(rest)
        .tokens(more)
        .finish("stop")
        .usage(3, 4)
        .done();
  }

  static StubAnswer asksTheReader(String question) {
    return StubAnswer.stream()
        .tokens(question)
        .toolCall(0, "c1", "transfer_to_user", "{}")
        .finish("tool_calls")
        .usage(3, 4)
        .done();
  }

  final Page open() {
    return open(server.http("/").toString());
  }

  final Page open(String url) {
    Page page = context.newPage();
    watch(page);
    page.navigate(url);
    assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(3);
    return page;
  }

  /** Lets a test have its way with the frames from the server. */
  final void between(BiConsumer<String, Consumer<String>> onFrame) {
    context.routeWebSocket(
        "**/ws",
        page -> {
          WebSocketRoute line = page.connectToServer();
          page.onMessage(frame -> line.send(frame.text()));
          line.onMessage(frame -> onFrame.accept(frame.text(), page::send));
        });
  }

  /** Keeps all frames from the server in {@link #received}. */
  final void keepWhatIsReceived() {
    between(
        (frame, toPage) -> {
          toPage.accept(frame);
          received.add(frame);
        });
  }

  /** Waits until the page has a frame of this type with this text in it. */
  final void awaitReceived(Page page, String type, String text) {
    page.waitForCondition(
        () -> received.stream().anyMatch(f -> typeOf(f).equals(type) && f.contains(text)));
  }

  static String typeOf(String frame) {
    return json(frame).get("type").asText();
  }

  static JsonNode json(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new AssertionError(frame, e);
    }
  }

  /** Keeps what the browser or the page complains about. */
  final void watch(Page page) {
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            complaints.add(message.text());
          }
        });
  }

  /** One round of these agents, in turn. */
  static void begin(Page page, String topic, String... agents) {
    begin(page, "round_robin", 1, topic, agents);
  }

  static void begin(Page page, String selection, int rounds, String topic, String... agents) {
    for (String name : List.of("Mia", "Otto", "Lin")) {
      page.locator(".agent-check[value=" + name + "]").setChecked(List.of(agents).contains(name));
    }
    page.locator("[data-selection=" + selection + "]").click();
    page.fill("#rounds", Integer.toString(rounds));
    page.fill("#topic", topic);
    page.click("#start");
    assertThat(page.locator("#conversation-topic")).hasText(topic);
  }

  /** The newest conversation of this topic in the list. */
  static Locator listed(Page page, String topic) {
    return page.locator("#conversations a", new Page.LocatorOptions().setHasText(topic)).first();
  }

  static Locator message(Page page, String agent) {
    return page.locator(".message[data-agent=" + agent + "]");
  }

  static Locator text(Page page, String agent) {
    return message(page, agent).locator(".message-text");
  }

  static Locator state(Page page) {
    return page.locator("#conversation-state");
  }

  static void assertEnded(Page page) {
    assertThat(state(page)).hasAttribute("data-state", "ended");
  }

  /** Neither the browser nor the page had anything to complain about. */
  final void assertQuiet() {
    assertThat(complaints).isEmpty();
  }

  /** Records the page's announcements to screen readers in {@code window.announced}. */
  static void listen(Page page) {
    remember(page, "announced", "#announcer", "node => node.lastElementChild?.textContent ?? ''");
  }

  /** Keeps what {@code read} makes of an element each time that it changes. */
  static void remember(Page page, String name, String selector, String read) {
    page.evaluate(
        """
        ([name, selector, read]) => {
          const node = document.querySelector(selector);
          const seen = (window[name] = []);
          const look = READ;
          new MutationObserver(() => {
            if (seen.at(-1) !== look(node)) seen.push(look(node));
          }).observe(node, { attributes: true, childList: true, characterData: true, subtree: true });
        }
        """
            .replace("READ", read),
        List.of(name, selector, read));
  }

  /** Waits for what the page may show so briefly that a look at it comes too late. */
  static void awaitRemembered(Page page, String name, String text) {
    page.waitForCondition(() -> remembered(page, name).stream().anyMatch(r -> r.contains(text)));
  }

  @SuppressWarnings("unchecked")
  static List<String> remembered(Page page, String name) {
    return (List<String>) page.evaluate("name => window[name]", name);
  }

  /** Nothing checks the pictures, so that only the profile {@code slow} spends time on them. */
  static void screenshot(Page page, String name) {
    if (Boolean.getBoolean("agentstream.slow")) {
      page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
    }
  }
}
