package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** axe-core finds no serious fault in any view of the page. */
@Timeout(240)
class AccessibilityIT {

  private static final String TALK =
      """
      ## A plan

      Some **bold**, *soft* and `code` with a [link](https://example.org).

      1. first
      2. second

      ```java
      int answer = 42;
      ```

      | name | size |
      |------|------|
      | a    | 1    |

      > quoted

      The \\(n\\) in [1]:

      $$
      \\frac{1}{n}
      $$

      مرحبا

      [1]: https://example.org/n
      """;

  static final String RUN =
      """
      async () => {
        const { violations } = await axe.run(document, { resultTypes: ["violations"] });
        return violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .flatMap(({ id, nodes }) => nodes.map(({ target, any }) =>
            `${id} at ${target}: ${any.map(({ message }) => message)}`));
      }
      """;

  private static final boolean SLOW = Boolean.getBoolean("agentstream.slow");
  private static final int DESK = 1280;
  private static final int PHONE = 360;

  /** Colours that are on their way from light to dark would be judged on their way. */
  private static final NewContextOptions SETTING =
      new NewContextOptions().setLocale("en-US").setReducedMotion(ReducedMotion.REDUCE);

  private static Chromium chromium;
  private static StubModelServer model;
  private static EmbeddedServer server;

  private BrowserContext context;
  private Page page;

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
  void open() throws IOException {
    context = chromium.newContext(SETTING);
    page = context.newPage();
    page.navigate(server.http("/").toString());
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(3);
    // By the debugger's door, which the page's own policy does not close.
    page.evaluate(axe());
  }

  @AfterEach
  void close() {
    context.close();
    server.endConversations();
  }

  @Test
  void where_an_agent_and_a_team_are_made() {
    page.click("#new-agent");
    assertAccessible();
    page.keyboard().press("Escape");
    page.click("#new-team");
    page.click("text=Add an end");
    page.locator(".dialog.editor").getByText("Add", exactly()).click();
    assertAccessible();
  }

  private static Locator.GetByTextOptions exactly() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  @Test
  void where_a_conversation_is_put_together() {
    assertAccessible();
    page.fill("#topic", "Tea or coffee?");
    assertAccessible();
  }

  @Test
  void while_it_runs_and_once_it_has_ended() {
    CountDownLatch seen = new CountDownLatch(1);
    model.enqueue(
        said(TALK),
        StubAnswer.stream()
            .toolCall(0, "c1", "look_up", "{\"word\":", "\"tea\"}")
            .finish("tool_calls")
            .done(),
        StubAnswer.stream().tokens("And ", "so").stallUntil(seen).finish("stop").done(),
        said("The end."));
    begin("round_robin");
    assertThat(page.locator(".message[data-state=streaming] .message-text")).hasText("And so");
    assertAccessible();
    page.fill("#say", "Wait a moment");
    page.locator("[data-state=streaming] .tool summary").click();
    assertAccessible();
    seen.countDown();
    assertThat(page.locator(".ended-line")).isVisible();
    assertAccessible();
  }

  @Test
  void while_a_message_waits_a_name_is_completed_and_the_roster_is_changed() {
    CountDownLatch seen = new CountDownLatch(1);
    model.enqueue(StubAnswer.stream().tokens("And ", "so").stallUntil(seen).finish("stop").done());
    begin("round_robin");
    assertThat(page.locator(".message[data-state=streaming] .message-text")).hasText("And so");
    page.fill("#say", "Wait a moment");
    page.press("#say", "Enter");
    assertThat(page.locator("#waiting [data-queue-id]")).hasCount(1);
    page.fill("#say", "@");
    assertThat(page.locator("#mentions [role=option]")).hasCount(3);
    assertAccessible();
    page.fill("#say", "");
    page.locator(".participant button").first().click();
    page.locator("#roster-actions button").nth(1).click();
    assertThat(page.locator(".participant-muted")).isVisible();
    page.locator(".participant button").first().click();
    assertAccessible();
    seen.countDown();
  }

  @Test
  void where_the_reader_signs_in() throws IOException {
    new ExpiringServer("none").behind(context);
    page.reload();
    page.evaluate(axe());
    assertThat(page.locator("#token")).isFocused();
    assertAccessible();
    page.click("#sign-in");
    assertThat(page.locator("#sign-in-error")).isVisible();
    assertAccessible();
  }

  @Test
  void with_the_list_open() {
    begin("manual");
    assertThat(page.locator("#conversations li")).not().hasCount(0);
    page.setViewportSize(360, 780);
    page.click("#menu");
    assertThat(page.locator("#sidebar")).hasAttribute("data-open", "");
    assertAccessible(PHONE, PHONE);
  }

  @Test
  void while_it_asks() {
    begin("manual");
    assertThat(page.locator("#question")).isVisible();
    assertAccessible();
  }

  @Test
  void when_the_model_fails() {
    model.enqueue(StubAnswer.status(401).body("no"));
    begin("round_robin");
    assertThat(page.locator(".ended-line")).isVisible();
    assertAccessible();
  }

  private void begin(String selection) {
    page.fill("#topic", "Tea or coffee?");
    page.fill("#rounds", "1");
    page.click("[data-selection=" + selection + "]");
    page.click("#start");
  }

  private static StubAnswer said(String text) {
    return StubAnswer.stream().tokens(text).finish("stop").done();
  }

  /** In light at a desk and in dark on a small phone; in the profile slow the other way as well. */
  private void assertAccessible() {
    assertAccessible(DESK, PHONE);
  }

  private void assertAccessible(int inLight, int inDark) {
    List<String> faults = new ArrayList<>();
    assertAccessible(ColorScheme.LIGHT, inLight, faults);
    assertAccessible(ColorScheme.DARK, inDark, faults);
    if (SLOW && inLight != inDark) {
      assertAccessible(ColorScheme.LIGHT, inDark, faults);
      assertAccessible(ColorScheme.DARK, inLight, faults);
    }
    assertThat(faults).isEmpty();
  }

  private void assertAccessible(ColorScheme colours, int width, List<String> faults) {
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(colours));
    page.setViewportSize(width, 780);
    // Both reach the page a little after the call.
    page.waitForFunction(
        "([theme, width]) => document.documentElement.dataset.theme === theme && innerWidth === width",
        List.of(colours.name().toLowerCase(Locale.ROOT), width));
    for (Object fault : (List<?>) page.evaluate(RUN)) {
      faults.add(colours + " " + width + ": " + fault);
    }
  }

  static String axe() throws IOException {
    try (InputStream script = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), UTF_8);
    }
  }
}
