package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import io.agentstream.examples.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hostile strings in every place where the page shows what is not its own: it shows them, loads
 * nothing and runs nothing. {@link MarkdownIT} looks closer at what becomes of Markdown.
 */
@Timeout(300)
class XssIT {

  private static final List<String> STRINGS = HostileStrings.ALL;

  private static final List<String> KINDS =
      List.of("text", "speaker", "approval", "interrupted_call", "constructor");

  /** The page's own elements, and those that it creates from Markdown. */
  private static final Set<String> ELEMENTS =
      Set.of(
          """
          a article aside blockquote br button code dd del details dialog div dl dt em fieldset \
          footer form h1 h2 h3 h4 h5 h6 header hr input kbd label legend li main nav ol option p pre \
          section select span strong summary table tbody td textarea th thead time tr ul \
          annotation math menclose mfrac mi mn mo mover mpadded mrow mspace msqrt mstyle msub \
          msubsup msup mtable mtd mtext mtr munder munderover semantics"""
              .split(" "));

  private static Chromium chromium;
  private static EmbeddedServer server;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private HostileServer hostile;

  @BeforeAll
  static void start() {
    chromium = Chromium.shared();
    server = EmbeddedServer.start(Map.of());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** Tokens of one character cut each string in every place, long ones nowhere, others in some. */
  static IntStream tokenLengths() {
    return Boolean.getBoolean("agentstream.slow")
        ? IntStream.of(1, 4, 1000)
        : IntStream.of(1, 1000);
  }

  @ParameterizedTest(name = "in tokens of {0} characters")
  @MethodSource("tokenLengths")
  void whatever_others_say_is_shown_and_never_more_than_shown(int tokenLength) {
    Browser.NewContextOptions narrow = new Browser.NewContextOptions().setViewportSize(360, 780);
    try (BrowserContext context = chromium.newContext(narrow.setLocale("en-US"))) {
      Page page = open(context);
      assertTexts(page, ".agent-description", STRINGS);
      assertTexts(page, "#agents .agent-name", STRINGS);
      assertThat(page.locator(".conversation-name")).hasCount(STRINGS.size());
      assertTexts(page, ".conversation-name", STRINGS);
      page.click("#menu");
      assertHarmless(page);
      assertFits(page);
      page.click("#close-sidebar");
      page.fill("#topic", STRINGS.get(0));
      page.click("#start");
      assertThat(page.locator("#conversation-topic")).isVisible();

      STRINGS.forEach(string -> hostile.speak(string, tokenLength));
      awaitErrorLines(page);
      assertShownAsItIs(page);
      assertHarmless(page);
      assertTakenAwayAsItIs(page);
      askAll(page);
      hostile.end("constructor");
      assertThat(page.locator(".ended-line")).isVisible();
      assertHarmless(page);
      assertFits(page);
    }
  }

  /** One after the other: there is no time in which a busy machine has drawn all of them. */
  private static void awaitErrorLines(Page page) {
    Locator lines = page.locator(".error-line");
    for (int i = 0; i < STRINGS.size(); i++) {
      assertThat(lines.nth(i)).isAttached();
    }
    assertThat(lines).hasCount(STRINGS.size());
  }

  private Page open(BrowserContext context) {
    Page page = context.newPage();
    page.onDialog(this::complain);
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.addInitScript(
        """
        window.ran = 0;
        window.canary = () => window.ran++;
        document.addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) =>
          console.error("CSP: " + violatedDirective + " " + sample));
        """);
    HostileServer.behind(page, STRINGS, connected -> hostile = connected);
    page.navigate(server.http("/").toString());
    assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(STRINGS.size());
    page.route("**/*", this::refuse);
    context.onPage(popup -> complaints.add("a window was opened: " + popup.url()));
    return page;
  }

  private void complain(Dialog dialog) {
    complaints.add(dialog.message());
    dialog.dismiss();
  }

  /**
   * The icon is the browser's own wish, on each change of the address; the page fetches what draws
   * formulas once there is one.
   */
  private void refuse(Route route) {
    String url = route.request().url();
    if (url.startsWith(server.http("/").toString())
        && (url.endsWith("/icon.svg") || url.endsWith("/katex.min.js"))) {
      route.resume();
    } else {
      requests.add(route.request().url());
      route.abort();
    }
  }

  private void askAll(Page page) {
    String all = String.join("\n", STRINGS);
    for (String kind : KINDS) {
      hostile.ask(kind, all);
      assertThat(page.locator("#question[data-kind='" + kind + "']")).isVisible();
      assertTexts(page, "#question-prompt", List.of(all));
      assertHarmless(page);
      assertFits(page);
      hostile.resolve(all);
      assertThat(page.locator("#question")).isHidden();
    }
  }

  private void assertTakenAwayAsItIs(Page page) {
    Download json = page.waitForDownload(() -> page.click("#export-json"));
    assertThat(json.suggestedFilename()).matches("[\\p{L}\\p{N}-]+\\.json");
    assertThat(parse(json).findValuesAsText("sender")).containsAll(STRINGS);
    Download markdown = page.waitForDownload(() -> page.click("#export-markdown"));
    assertThat(markdown.suggestedFilename()).matches("[\\p{L}\\p{N}-]+\\.md");
    assertHarmless(page);
  }

  private static JsonNode parse(Download file) {
    try {
      return new JsonMapper().readTree(file.path().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertShownAsItIs(Page page) {
    for (String selector :
        List.of(
            ".participant-name",
            ".thinking-text",
            ".message[data-role=user] .message-text",
            ".tool:first-child .tool-name",
            ".tool:first-child .tool-preview",
            ".tool:first-child .tool-outcome")) {
      assertTexts(page, selector, STRINGS);
    }
    assertTexts(page, "#conversation-topic", List.of(String.join("\n", STRINGS)));
  }

  /** The page draws so much in a frame; a slow machine needs more frames for the rest. */
  private static void assertTexts(Page page, String selector, List<String> expected) {
    Locator texts = page.locator(selector);
    try {
      page.waitForCondition(() -> texts.allTextContents().equals(expected));
    } catch (TimeoutError e) {
      assertThat(texts.allTextContents()).as(selector).isEqualTo(expected);
    }
  }

  private static void assertFits(Page page) {
    assertThat((List<?>) page.evaluate(STICKING_OUT)).as("what sticks out at the side").isEmpty();
  }

  @SuppressWarnings("unchecked")
  private void assertHarmless(Page page) {
    List<String> elements = (List<String>) page.evaluate(NAMES);
    assertThat(ELEMENTS).containsAll(elements);
    List<String> attributes = (List<String>) page.evaluate(SUSPICIOUS_ATTRIBUTES);
    assertThat(attributes).as("attributes that do something").isEmpty();
    assertThat(page.evaluate("ran")).as("scripts run").isEqualTo(0);
    assertThat(page.evaluate("Object.keys(Object.prototype).length")).isEqualTo(0);
    assertThat(page.evaluate("document.getElementById('transcript').localName")).isEqualTo("div");
    assertThat(requests).as("requests once the page was there").isEmpty();
    assertThat(complaints).as("dialogs, windows, errors, violations of the policy").isEmpty();
  }

  /** Only asked where the page can be scrolled sideways. */
  private static final String STICKING_OUT =
      """
      document.documentElement.scrollWidth <= innerWidth ? [] :
        Array.from(document.querySelectorAll("body *"))
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
          .map(({ localName, className, textContent }) => `${localName}.${className}: ${textContent.slice(0, 20)}`)
      """;

  /** The names of all elements but the icons that the sidebar draws itself. */
  private static final String NAMES =
      """
      [...new Set(Array.from(document.querySelectorAll("main *, #sidebar *, dialog *"))
        .filter((e) => !e.matches(":is(.conversation-action, .sidebar-search, .sidebar-head > button) > svg.icon"))
        .filter((e) => !e.matches(":is(.conversation-action, .sidebar-search, .sidebar-head > button) > svg.icon > path"))
        .map((e) => e.localName))]
      """;

  private static final String SUSPICIOUS_ATTRIBUTES =
      """
      Array.from(document.querySelectorAll("main *, #sidebar *, dialog *"))
        .flatMap((element) => Array.from(element.attributes))
        .filter(({ name, value }) =>
          /^on|^src|^srcset$|^xlink|^action$|^formaction$|^background$|^poster$|^data$/.test(name) ||
          (name === "href" && !/^(https?:|mailto:|#)/.test(value)) ||
          (name === "style" && /url/.test(value)))
        .map(({ name, value }) => `${name}=${value}`)
      """;
}
