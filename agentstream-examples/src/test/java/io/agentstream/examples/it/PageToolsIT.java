package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.agentstream.examples.it.GuardedScene.ANN;
import static io.agentstream.examples.it.GuardedScene.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader gives an agent of their own the tools of an MCP server, and decides about its calls. */
@Timeout(300)
class PageToolsIT {

  private static final String MILK = "{\"text\":\"Milk & <b>eggs</b>\"}";
  private static final String PAGE = "{\"text\":\"Page 7\"}";

  @TempDir private Path folder;

  @Test
  void calls_of_a_tool_that_an_agent_was_given_wait_for_the_reader_also_over_reloads()
      throws Exception {
    try (NotesMcp notes = new NotesMcp();
        StubModelServer model = StubModelServer.start();
        EmbeddedServer server = start(notes, model);
        BrowserContext context = Chromium.shared().newContext(quiet())) {
      model.enqueue(
          calls("c1", "note", MILK), calls("c2", "burn", PAGE), PageScene.says("It is noted."));
      Page page = context.newPage();
      page.navigate(server.http("/").toString());
      makeAgentWithNotes(page);
      page.reload();
      assertNotesAreTicked(page);

      page.locator(".agent-check[value=Ann]").setChecked(false);
      page.locator(".agent-check[value=Nora]").setChecked(true);
      page.fill("#rounds", "1");
      page.fill("#topic", "Buy milk");
      page.click("#start");
      assertAsked(page, "note", MILK);
      page.reload();
      assertAsked(page, "note", MILK);
      assertAskedInChinese(page.url());
      assertAccessible(page);
      PageScene.screenshot(page, "tools-approval");
      assertFitsAPhone(page);
      assertThat(notes.calls()).isEmpty();
      page.locator("[data-choice=approve]").click();

      assertAsked(page, "burn", PAGE);
      assertThat(result(page, "note")).hasText("Done: note " + MILK);
      page.reload();
      assertAsked(page, "burn", PAGE);
      page.locator("[data-choice=deny]").click();
      assertThat(page.locator(".message[data-agent=Nora] .message-text")).hasText("It is noted.");
      assertDecided(page);
      PageScene.screenshot(page, "tools-decided");
      page.reload();
      assertDecided(page);
      assertThat(notes.calls()).containsExactly("note " + MILK);
      assertThat(model.awaitRequest().body())
          .contains("\"note\"", "\"burn\"")
          .doesNotContain("\"ring\"");
      assertThat(model.awaitRequest().body()).contains("Done: note ");
      assertThat(model.awaitRequest().body()).contains("The call was not approved.");
    }
  }

  @Test
  void a_store_keeps_what_a_reader_makes_for_all_browsers_of_that_reader_alone() throws Exception {
    try (NotesMcp notes = new NotesMcp();
        EmbeddedServer server =
            EmbeddedServer.start(
                Map.of("AGENTSTREAM_TOKENS", "ann:" + ANN + ",ben:" + BEN),
                "--config",
                team(notes),
                "--data",
                folder.resolve("data").toString());
        BrowserContext desk = Chromium.shared().newContext(quiet());
        BrowserContext phone = Chromium.shared().newContext(quiet());
        BrowserContext other = Chromium.shared().newContext(quiet())) {
      makeAgentWithNotes(signedIn(desk, server, ANN));
      assertNotesAreTicked(signedIn(phone, server, ANN));
      Page stranger = signedIn(other, server, BEN);
      assertThat(stranger.locator(".agent-card[data-agent=Ann]")).isVisible();
      assertThat(stranger.locator(".agent-card[data-agent=Nora]")).hasCount(0);
    }
  }

  private static Page signedIn(BrowserContext context, EmbeddedServer server, String token) {
    Page page = context.newPage();
    page.navigate(server.http("/").toString());
    page.fill("#token", token);
    page.keyboard().press("Enter");
    assertThat(page.locator("#new-agent")).isVisible();
    return page;
  }

  private String team(NotesMcp notes) throws IOException {
    String team =
        """
        version: 1
        tools:
          notes: {description: Keeps notes, mcp: {url: '%1$s'}, allow: [note, burn], approval: always}
          bell: {mcp: {url: '%1$s'}, allow: [ring]}
        agents: [{name: Ann, description: Sees the good}]
        """
            .formatted(notes.url());
    return Files.writeString(folder.resolve("team.yaml"), team).toString();
  }

  private EmbeddedServer start(NotesMcp notes, StubModelServer model) throws IOException {
    return EmbeddedServer.start(
        Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", team(notes));
  }

  private static Browser.NewContextOptions quiet() {
    return new Browser.NewContextOptions()
        .setLocale("en-US")
        .setReducedMotion(ReducedMotion.REDUCE);
  }

  private static StubAnswer calls(String id, String tool, String arguments) {
    return StubAnswer.stream()
        .toolCall(0, id, tool, arguments)
        .finish("tool_calls")
        .usage(3, 4)
        .done();
  }

  private static Locator box(Page page, String label) {
    return page.locator("dialog.editor")
        .getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName(label).setExact(true));
  }

  private static void makeAgentWithNotes(Page page) {
    page.click("#new-agent");
    page.locator("dialog.editor").getByLabel("Name").fill("Nora");
    assertThat(box(page, "bell")).not().isChecked();
    box(page, "notes – Keeps notes").check();
    PageScene.screenshot(page, "tools-editor");
    page.locator("dialog.editor").getByText("Save").click();
    assertThat(page.locator("dialog.editor")).hasCount(0);
  }

  private static void assertNotesAreTicked(Page page) {
    page.getByLabel("Edit Nora").click();
    assertThat(box(page, "notes – Keeps notes")).isChecked();
    assertThat(box(page, "bell")).not().isChecked();
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog.editor")).hasCount(0);
  }

  private static Locator card(Page page, String tool) {
    return page.locator(".message[data-agent=Nora] .tool[data-tool=" + tool + "]");
  }

  private static Locator result(Page page, String tool) {
    return card(page, tool).locator(".tool-outcome");
  }

  /** The reader is asked about a call, whose arguments the page shows. */
  private static void assertAsked(Page page, String tool, String arguments) throws IOException {
    assertThat(page.locator("#question-prompt")).hasText("May Nora call " + tool + "?");
    assertThat(page.locator("#question-title")).hasText("Nora needs your approval");
    assertThat(page.locator("#question-choices button")).hasText(new String[] {"Approve", "Deny"});
    assertThat(card(page, tool)).hasAttribute("data-state", "waiting");
    assertThat(card(page, tool).locator(".tool-state")).hasText("waits for approval");
    assertThat(status(page)).hasText("needs approval");
    Locator shown = card(page, tool).locator(".tool-arguments");
    assertThat(shown).isVisible();
    assertThat(PageScene.json(shown.textContent())).isEqualTo(PageScene.json(arguments));
  }

  /** The words of the server are in the reader's language, in a page that opens late. */
  private static void assertAskedInChinese(String url) {
    Browser.NewContextOptions chinese =
        quiet().setLocale("zh-CN").setColorScheme(ColorScheme.DARK).setViewportSize(360, 720);
    try (BrowserContext context = Chromium.shared().newContext(chinese)) {
      Page page = context.newPage();
      page.navigate(url);
      assertThat(page.locator("#question-title")).hasText("Nora需要你批准");
      assertThat(page.locator("#question-prompt")).hasText("允许Nora调用 note 吗？");
      assertThat(card(page, "note").locator(".tool-state")).hasText("等待批准");
      assertThat(status(page)).hasText("等待批准");
      PageScene.screenshot(page, "tools-approval-chinese-dark-phone");
    }
  }

  private static Locator status(Page page) {
    return page.locator(".message[data-agent=Nora] .message-status");
  }

  private static void assertDecided(Page page) {
    PageScene.assertEnded(page);
    assertThat(page.locator("#question")).isHidden();
    assertThat(card(page, "note")).hasAttribute("data-state", "done");
    assertThat(result(page, "note")).hasText("Done: note " + MILK);
    assertThat(card(page, "burn")).hasAttribute("data-state", "failed");
    assertThat(result(page, "burn")).hasText("The call was not approved.");
  }

  private static void assertAccessible(Page page) throws IOException {
    page.evaluate(AccessibilityIT.axe());
    assertThat((List<?>) page.evaluate(AccessibilityIT.RUN)).isEmpty();
  }

  private static void assertFitsAPhone(Page page) {
    page.setViewportSize(360, 720);
    // The new size reaches the page a little after the call.
    page.waitForFunction("() => innerWidth === 360");
    assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    PageScene.screenshot(page, "tools-approval-phone");
    page.setViewportSize(1280, 720);
  }
}
