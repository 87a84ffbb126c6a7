package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.agentstream.test.StubAnswer;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A person watches a conversation. */
class PageWatchIT extends PageScene {

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "elsewhere not bundled")
  void the_page_comes_with_one_script_and_one_style_sheet_of_its_modules() {
    Page page = open();
    assertThat(page.evaluate(LOADED))
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .containsExactlyInAnyOrder("theme.js", "styles.css", "app.js");
  }

  private static final String LOADED =
      """
      () => performance.getEntriesByType("resource").map((entry) => entry.name.split("/").at(-1))
        .filter((name) => /\\.(js|css)$/.test(name))
      """;

  @Test
  void dots_stand_for_an_answer_until_its_first_token_and_a_tick_at_its_end() {
    CountDownLatch first = new CountDownLatch(1);
    model.enqueue(
        StubAnswer.stream()
            .head()
            .stallUntil(first)
            .tokens("Tea")
            .stallUntil(rest)
            .tokens(" it is.")
            .finish("stop")
            .usage(3, 4)
            .done());
    Page page = open();
    begin(page, "Tea?", "Mia");

    Locator message = message(page, "Mia");
    assertThat(message.locator(".dots")).isVisible();
    assertThat(message.locator(".message-status")).containsText("typing…");
    assertThat(message.locator(".avatar")).hasText("M");
    assertThat(page.locator(".participant[data-agent=Mia]")).hasAttribute("data-speaking", "");
    assertThat(page.locator("#round")).containsText("Round 1 of 1");
    first.countDown();
    assertThat(text(page, "Mia")).hasText("Tea");
    assertThat(message).hasAttribute("data-state", "streaming");
    rest.countDown();
    assertThat(message.locator(".message-status")).hasText("✓ done");
    assertThat(message.locator(".dots")).hasCount(0);
    assertThat(text(page, "Mia")).hasText("Tea it is.");
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void thinking_is_folded_apart_from_what_is_said() {
    model.enqueue(
        StubAnswer.stream()
            .reasoning("Let me ", "see.")
            .tokens("Tea.")
            .finish("stop")
            .usage(3, 4)
            .done());
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertEnded(page);

    assertThat(text(page, "Mia")).hasText("Tea.");
    Locator thoughts = page.locator(".thinking-text");
    assertThat(thoughts).isHidden();
    page.click(".thinking-label");
    assertThat(thoughts).hasText("Let me see.");
    assertQuiet();
  }

  @Test
  void a_tool_is_a_card_that_opens_to_arguments_and_result() {
    model.enqueue(
        StubAnswer.stream()
            .toolCall(0, "c1", "transfer_to_otto", "{}")
            .finish("tool_calls")
            .usage(3, 4)
            .done(),
        says("I take over."));
    Page page = open();
    begin(page, "handoff", 2, "Tea?", "Mia", "Otto");

    Locator card = message(page, "Mia").locator(".tool");
    assertThat(card.locator(".tool-name")).hasText("transfer_to_otto");
    assertThat(card.locator(".tool-state")).hasText("✓ done");
    assertThat(card.locator(".tool-result")).isHidden();
    card.locator("summary").click();
    assertThat(card.locator(".tool-arguments")).hasText("{}");
    assertThat(card.locator(".tool-result")).isVisible();
    assertThat(text(page, "Otto").first()).hasText("I take over.");
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void several_speak_at_once_and_nothing_mixes() {
    CountDownLatch go = new CountDownLatch(1);
    model.enqueue(together("one ", go), together("two ", go));
    Page page = open();
    // The last of them sums up when the others are done.
    begin(page, "parallel", 1, "Tea?", "Mia", "Otto", "Lin");

    Locator speaking = page.locator(".message[data-state=streaming] .message-text");
    assertThat(speaking.filter(having("^\\s*(one|two)\\s*$"))).hasCount(2);
    assertThat(state(page)).containsText("are typing…");
    assertThat(page.locator(".participant[data-speaking]")).hasCount(2);
    screenshot(page, "several-at-once");
    go.countDown();
    assertEnded(page);
    Locator said = page.locator(".message-text");
    assertThat(said.filter(having("^\\s*one one one\\s*$"))).hasCount(1);
    assertThat(said.filter(having("^\\s*two two two\\s*$"))).hasCount(1);
    assertQuiet();
  }

  private static Locator.FilterOptions having(String pattern) {
    return new Locator.FilterOptions().setHasText(Pattern.compile(pattern));
  }

  private static StubAnswer together(String word, CountDownLatch go) {
    return StubAnswer.stream()
        .tokens(word)
        .stallUntil(go)
        .tokens(word, word)
        .finish("stop")
        .usage(3, 3)
        .done();
  }

  @Test
  void the_page_follows_the_text_until_the_reader_scrolls_up() {
    CountDownLatch more = new CountDownLatch(1);
    String[] lines = "A line of text.\n\n".repeat(60).split("(?<=\n\n)");
    model.enqueue(
        StubAnswer.stream()
            .tokens(lines)
            .stallUntil(more)
            .tokens(lines)
            .finish("stop")
            .usage(3, 4)
            .done());
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertThat(text(page, "Mia").locator("p")).hasCount(60);
    assertAtTheEnd(page);
    assertThat(page.locator("#jump")).isHidden();

    page.mouse().move(640, 300);
    page.mouse().wheel(0, -600);
    Locator jump = page.locator("#jump");
    assertThat(jump).isVisible();
    Object place = page.evaluate("scrollY");
    more.countDown();
    assertThat(text(page, "Mia").locator("p")).hasCount(120);
    assertEnded(page);
    assertThat(page.evaluate("scrollY")).isEqualTo(place);
    jump.click();
    assertAtTheEnd(page);
    assertThat(jump).isHidden();
    assertQuiet();
  }

  private static void assertAtTheEnd(Page page) {
    page.waitForFunction(
        "() => document.documentElement.scrollHeight - innerHeight - document.documentElement.scrollTop <= 1");
  }

  @Test
  void screen_readers_get_whole_messages() {
    model.enqueue(says("Tea ", "for ", "all."));
    Page page = open();
    listen(page);
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    page.waitForFunction("() => announced.length === 2");
    assertThat(remembered(page, "announced"))
        .containsExactly("Mia: Tea for all.", "All rounds are done.");
    assertThat(page.locator("#transcript [aria-live]")).hasCount(0);
  }

  @Test
  void nothing_moves_for_readers_who_asked_for_less_motion() {
    use(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
    model.enqueue(together("Tea ", rest));
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertThat(text(page, "Mia")).hasText(Pattern.compile("Tea"));
    assertThat(page.evaluate("document.getAnimations().length")).isEqualTo(0);
    rest.countDown();
    assertEnded(page);
    assertThat(page.locator(".message")).hasCount(1);
  }
}
