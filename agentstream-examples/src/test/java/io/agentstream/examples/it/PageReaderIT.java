package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.agentstream.test.StubAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page suits its reader: language, colours, keyboard, width. */
class PageReaderIT extends PageScene {

  @Test
  void the_language_is_the_browsers_until_the_reader_chooses() {
    use(new Browser.NewContextOptions().setLocale("zh-CN"));
    Page page = open();
    assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
    assertThat(page.locator("#start")).hasText("开始");
    page.fill("#topic", "Tea?");
    page.locator("#language label", new Page.LocatorOptions().setHasText("English")).click();
    assertThat(page.locator("#start")).hasText("Start");
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    assertThat(page.locator("#topic")).hasValue("Tea?");
    page.reload();
    assertThat(page.locator("#start")).hasText("Start");
    assertQuiet();
  }

  @Test
  void what_is_being_said_survives_a_change_of_the_language() {
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    page.fill("#say", "And milk");
    choose(page, "中文");
    assertThat(page.locator("#say")).hasValue("And milk");
    page.click("#sidebar-new");
    begin(page, "Coffee?", "Mia");
    assertThat(page.locator("#say")).hasValue("");
    page.goBack();
    page.goBack();
    assertThat(page.locator("#say")).hasValue("And milk");
    assertThat(page.locator("#say-send")).isEnabled();
    page.press("#say", "Enter");
    assertThat(page.locator("#say")).hasValue("");
    choose(page, "English");
    assertThat(state(page)).hasText("Conversation ended");
    assertThat(page.locator("#say")).hasValue("");
    assertQuiet();
  }

  @Test
  void an_answer_that_is_begun_survives_a_change_of_the_language() {
    model.enqueue(asksTheReader("With milk?"));
    Page page = open();
    begin(page, "handoff", 2, "Tea?", "Mia", "Otto");
    page.fill("#answer", "Yes, pl");
    choose(page, "中文");
    assertThat(page.locator("#answer")).hasValue("Yes, pl");
    assertThat(page.locator("#send-answer")).isEnabled();
    page.press("#answer", "Enter");
    assertThat(page.locator("#question")).isHidden();
    assertQuiet();
  }

  private static void choose(Page page, String language) {
    page.locator("#language label", new Page.LocatorOptions().setHasText(language)).click();
    assertThat(page.locator("html"))
        .hasAttribute("lang", language.equals("English") ? "en" : "zh-CN");
  }

  @Test
  void the_end_is_told_in_the_readers_words_alone() {
    use(new Browser.NewContextOptions().setLocale("zh-CN"));
    model.otherwise(StubAnswer.status(401).body("no"));
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto", "Lin");
    assertEnded(page);
    assertThat(page.locator(".ended-line")).containsText("对话无法继续。");
    assertThat(page.locator(".ended-line").textContent())
        .startsWith("对话无法继续。")
        .doesNotContainPattern("[a-z]+ [a-z]+");
    assertQuiet();
  }

  @Test
  void the_colours_are_the_systems_until_the_reader_chooses() {
    use(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
    Page page = open();
    Locator root = page.locator("html");
    assertThat(root).hasAttribute("data-theme", "dark");
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    assertThat(root).hasAttribute("data-theme", "light");
    page.locator("#theme label", new Page.LocatorOptions().setHasText("Dark")).click();
    assertThat(root).hasAttribute("data-theme", "dark");
    page.reload();
    assertThat(root).hasAttribute("data-theme", "dark");
    assertThat(page.locator("#theme input[value=dark]")).isChecked();
    assertQuiet();
  }

  @Test
  void everything_goes_without_a_mouse() {
    model.enqueue(
        StubAnswer.stream().tokens("Tea.").stallUntil(rest).finish("stop").usage(3, 4).done());
    Page page = open();
    page.locator(".agent-check[value=Lin]").focus();
    page.keyboard().press("Space");
    page.keyboard().press("Alt+i");
    assertThat(page.locator("#topic")).isFocused();
    page.keyboard().type("Tea?");
    page.keyboard().press("Enter");
    assertThat(text(page, "Mia")).hasText("Tea.");

    page.keyboard().press("Alt+p");
    assertThat(state(page)).hasText("Pausing after this turn…");
    page.keyboard().press("Alt+p");
    page.keyboard().press("Alt+i");
    assertThat(page.locator("#say")).isFocused();
    Locator shown = page.locator("#conversations [aria-current]");
    // Without it in the list, the key would lead to the button above the list.
    assertThat(shown).isVisible();
    page.keyboard().press("Alt+l");
    assertThat(shown).isFocused();
    page.keyboard().press("Alt+s");
    assertEnded(page);
    rest.countDown();
    page.keyboard().press("Alt+n");
    assertThat(page.locator("#topic")).isFocused();
    assertThat(page.locator(".agent-check[value=Lin]")).not().isChecked();
    assertQuiet();
  }

  @Test
  void alt_writes_letters_in_a_field_where_the_keyboard_has_it_so() {
    Page page = open();
    Locator dialog = page.locator("#shortcuts");
    for (String written : List.of("˚", "Dead")) {
      pressAltK(page.locator("#topic"), written);
      assertThat(dialog).isHidden();
    }
    pressAltK(page.locator("#topic"), "k");
    assertThat(dialog).isVisible();
    pressAltK(page.locator("body"), "˚");
    assertThat(dialog).isHidden();
    assertQuiet();
  }

  private static void pressAltK(Locator target, String key) {
    target.dispatchEvent(
        "keydown",
        Map.of("altKey", true, "code", "KeyK", "key", key, "bubbles", true, "cancelable", true));
  }

  @Test
  void the_shortcuts_are_told_in_a_dialog_that_escape_closes() {
    Page page = open();
    Locator dialog = page.locator("#shortcuts");
    page.locator("#show-shortcuts").focus();
    page.keyboard().press("Enter");
    assertThat(dialog).isVisible();
    assertThat(dialog.locator("dt")).hasCount(13);
    screenshot(page, "shortcuts");
    page.keyboard().press("Escape");
    assertThat(dialog).isHidden();
    assertThat(page.locator("#show-shortcuts")).isFocused();
    assertQuiet();
  }

  @Test
  void the_focus_is_seen_wherever_the_tab_key_leads() {
    Page page = open();
    page.fill("#topic", "Tea?");
    for (int step = 0; step < 30; step++) {
      page.keyboard().press("Tab");
      assertThat(page.evaluate(FOCUS_IS_SEEN))
          .as(step + ": " + page.evaluate(FOCUSED))
          .isEqualTo(true);
    }
  }

  private static final String FOCUSED = "document.activeElement.outerHTML.slice(0, 200)";

  /** An outline, or a border that changes, on the element or on what it is the essence of. */
  private static final String FOCUS_IS_SEEN =
      """
      (() => {
        const node = document.activeElement;
        const outlined = (n) => n && getComputedStyle(n).outlineStyle !== "none";
        return node === document.body || outlined(node) || outlined(node.closest("label"))
          || node.matches("#topic");
      })()
      """;

  @Test
  void it_fits_from_narrow_to_wide() {
    model.enqueue(
        says("| a | b |\n|---|---|\n| ", "long".repeat(80), " | c |\n\n", "word".repeat(90)));
    Page page = open();
    assertFits(page, "start");
    begin(page, "Supercalifragilistic".repeat(6), "Mia");
    assertEnded(page);
    assertThat(text(page, "Mia").locator("table")).isVisible();
    assertFits(page, "width");
    assertQuiet();
  }

  private static void assertFits(Page page, String name) {
    for (int width : new int[] {360, 640, 1023, 1024, 2560}) {
      page.setViewportSize(width, 720);
      page.waitForFunction(
          "width => innerWidth === width && document.documentElement.scrollWidth <= innerWidth",
          width);
      screenshot(page, name + "-" + width);
    }
  }
}
