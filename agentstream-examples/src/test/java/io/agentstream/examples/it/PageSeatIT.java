package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A participant is a person: the page tells it from the agents and asks for its words. */
@Timeout(300)
class PageSeatIT {

  private static final String TEAM =
      """
      version: 1
      agents: [{name: Ann, description: Sees the good}, {name: Ben, description: Doubts}]
      people: [{name: Kim, description: Knows what is wanted, prompt: "What do you want, Kim?"}]
      teams:
        - {name: Talk, description: Two voices and yours, participants: [Ann, Kim, Ben], max_rounds: 2}
      """;

  @TempDir private Path folder;

  @Test
  void a_person_has_a_seat_and_anyone_at_a_page_answers_for_it_or_skips_it() throws IOException {
    Path file = Files.writeString(folder.resolve("teams.yaml"), TEAM);
    try (StubModelServer model = StubModelServer.start();
        EmbeddedServer server =
            EmbeddedServer.start(
                Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", file.toString());
        BrowserContext desk = context("en-US", 1280, 900, ColorScheme.LIGHT);
        BrowserContext phone = context("en-US", 390, 844, ColorScheme.DARK);
        BrowserContext chinese = context("zh-CN", 360, 720, ColorScheme.LIGHT)) {
      model.otherwise(PageScene.says("Well, it depends."));
      Page page = desk.newPage();
      page.navigate(server.http("/").toString());
      assertThat(page.locator(".team-card[data-team=Talk] .avatar[data-person]")).hasCount(1);
      page.fill("#topic", "Tea or coffee?");
      page.click("#start");

      assertThat(page.locator("#question-title")).hasText("Kim, it is your turn");
      assertThat(page.locator("#question-prompt")).hasText("What do you want, Kim?");
      assertThat(page.locator("#conversation-state")).hasText("Waiting for Kim");
      assertSeated(page);
      Page other = phone.newPage();
      other.navigate(page.url());
      assertThat(other.locator("#question-title")).hasText("Kim, it is your turn");
      assertSeated(other);
      assertAccessible(page);
      assertAccessible(other);
      PageScene.screenshot(page, "seat-asked");
      PageScene.screenshot(other, "seat-asked-phone");

      skip(chinese.newPage(), page.url());
      assertThat(page.locator(".message[data-agent=Ann][data-state=done]")).hasCount(2);
      assertThat(page.locator("#question-title")).hasText("Kim, it is your turn");
      assertThat(said(page)).hasCount(0);
      page.fill("#answer", "Green tea, <b>please</b>.");
      page.click("#send-answer");
      assertThat(said(page).locator(".message-text")).hasText("Green tea, <b>please</b>.");
      assertThat(said(page).locator(".message-sender")).hasText("Kim (You)");
      assertThat(said(other).locator(".message-sender")).hasText("Kim (Guest)");
      assertThat(said(other)).hasAttribute("data-person", Pattern.compile("\\d"));
      assertThat(other.locator("#question")).isHidden();
      assertThat(participant(other, "Kim")).not().hasAttribute("data-asked", "");
      PageScene.assertEnded(page);
      PageScene.assertEnded(other);
      assertThat(other.locator("#transcript .message[data-agent]")).hasCount(4);
      PageScene.screenshot(page, "seat-said");
      PageScene.screenshot(other, "seat-said-phone");

      page.reload();
      assertThat(participant(page, "Kim")).hasAttribute("data-person", Pattern.compile("\\d"));
      assertThat(said(page).locator(".message-sender")).hasText("Kim (You)");
    }
  }

  /** Lets somebody else take the question back. */
  private static void skip(Page page, String url) throws IOException {
    page.navigate(url);
    assertThat(page.locator("#question-title")).hasText("轮到Kim发言");
    Locator skip = page.locator("#skip-person");
    assertThat(skip).hasText("跳过");
    assertThat(skip).hasAccessibleName("跳过Kim");
    assertAccessible(page);
    assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    PageScene.screenshot(page, "seat-skip-phone");
    skip.click();
  }

  private static void assertSeated(Page page) {
    assertThat(page.locator(".participant-name")).hasText(new String[] {"Ann", "Kim", "Ben"});
    assertThat(page.locator(".participant[data-person]")).hasCount(1);
    assertThat(participant(page, "Kim")).hasAttribute("data-asked", "");
    assertThat(participant(page, "Kim").locator("button")).hasAccessibleName("Kim a person");
    assertThat(participant(page, "Kim").locator(".avatar .icon")).isVisible();
    assertThat(participant(page, "Ann").locator(".avatar")).hasText("A");
  }

  private static BrowserContext context(String locale, int width, int height, ColorScheme colours) {
    return Chromium.shared()
        .newContext(
            new Browser.NewContextOptions()
                .setLocale(locale)
                .setColorScheme(colours)
                // Colours that are on their way would be judged on their way.
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, height));
  }

  private static Locator participant(Page page, String name) {
    return page.locator(".participant[data-agent=" + name + "]");
  }

  private static Locator said(Page page) {
    return page.locator("#transcript .message[data-role=user]");
  }

  private static void assertAccessible(Page page) throws IOException {
    page.evaluate(AccessibilityIT.axe());
    assertThat((List<?>) page.evaluate(AccessibilityIT.RUN)).isEmpty();
  }
}
