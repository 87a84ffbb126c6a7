package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A conversation that its owner shares by links, and who is here. */
class PageSharingIT extends GuardedScene {

  private static final int PHONE_WIDTH = 390;
  private static final int PHONE_HEIGHT = 844;

  private final List<BrowserContext> others = new ArrayList<>();

  @AfterEach
  void closeOthers() {
    others.forEach(BrowserContext::close);
  }

  @Test
  void who_has_a_link_to_view_reads_along_without_controls_until_it_is_revoked()
      throws IOException {
    Page ann = begun();
    String link = share(ann, "view");
    axe(ann);
    screenshot(ann, "share-dialog");
    ann.keyboard().press("Escape");
    assertThat(ann.locator("#share-dialog")).isHidden();
    assertThat(ann.locator("#share-link")).hasValue("");

    Page ben = visitor(link, new Browser.NewContextOptions());
    assertThat(text(ben, "Mia")).hasText("Well.");
    assertThat(ben.locator("#read-only")).isVisible();
    for (String control : List.of("#say-form", "#pause", "#stop", ".stop-speaker", "#share")) {
      assertThat(ben.locator(control).first()).isHidden();
    }
    axe(ben);
    screenshot(ben, "share-read-only");
    assertThat(ann.locator("#people-here")).hasText("ben");
    assertThat(ben.locator("#people-here")).hasText("ann");
    ben.reload();
    assertThat(text(ben, "Mia")).hasText("Well.");
    assertThat(ben.locator("#say-form")).isHidden();

    ann.click("#share");
    Locator item = ann.locator(".share-item");
    assertThat(item).hasCount(1);
    assertThat(item.locator(".share-visits")).containsText("by ben");
    screenshot(ann, "share-links");
    item.getByText("Revoke").click();
    assertThat(item).hasCount(0);
    assertThat(state(ben)).hasText("The link to this conversation is no longer valid.");
    assertThat(ben.locator("#read-only")).isHidden();
    ben.reload();
    assertThat(state(ben)).hasText("The link to this conversation is no longer valid.");
    assertThat(ann.locator("#share-none")).isVisible();
    assertQuiet();
  }

  @Test
  void who_has_a_link_to_steer_takes_part_also_on_a_phone_and_in_chinese() throws IOException {
    Page ann = begun();
    String link = share(ann, "steer");
    ann.keyboard().press("Escape");
    Page ben =
        visitor(
            link,
            new Browser.NewContextOptions()
                .setLocale("zh-CN")
                .setViewportSize(PHONE_WIDTH, PHONE_HEIGHT));
    assertThat(text(ben, "Mia")).hasText("Well.");
    assertThat(ben.locator("#read-only")).isHidden();
    assertThat(ben.locator("#share")).isHidden();
    // The link does not matter, but whose the conversation is.
    Page again = signIn(context, link, ANN);
    assertThat(text(again, "Mia")).hasText("Well.");
    assertThat(again.locator("#share")).isVisible();
    again.close();
    rememberTyping(ann);
    ben.locator("#say").pressSequentially("With milk?");
    awaitRemembered(ann, "typing", "ben is typing…");
    axe(ann);
    screenshot(ann, "share-typing");
    ben.press("#say", "Enter");
    assertThat(ann.locator("#waiting .message-sender")).hasText("ben");
    assertThat(ann.locator("#people-typing")).isHidden();
    rememberTyping(ben);
    ann.locator("#say").pressSequentially("M");
    awaitRemembered(ben, "typing", "ann 正在输入…");
    axe(ben);
    screenshot(ben, "share-phone");
    assertThat((Boolean) ben.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .isTrue();
    assertQuiet();
  }

  /** The page shows for some seconds alone who is typing. */
  private static void rememberTyping(Page page) {
    remember(page, "typing", "#people-typing", "node => node.textContent");
  }

  @Test
  void a_link_is_made_by_keyboard_alone() {
    Page ann = begun();
    ann.locator("#share").focus();
    ann.keyboard().press("Enter");
    assertThat(ann.locator("#share-dialog")).isVisible();
    ann.locator("[name=access][value=view]").focus();
    ann.keyboard().press("ArrowRight");
    assertThat(ann.locator("#share-how"))
        .hasText("They can say something, stop, approve tools, rename and delete.");
    ann.keyboard().press("Enter");
    assertThat(ann.locator("#share-link")).isFocused();
    assertThat(ann.locator(".share-what")).hasText("Take part, until revoked");
    ann.keyboard().press("Escape");
    assertThat(ann.locator("#share")).isFocused();
    assertQuiet();
  }

  @Test
  void who_is_not_the_owner_is_told_so_in_place_of_a_question_to_the_owner() {
    AtomicBoolean ofAnother = new AtomicBoolean(true);
    between((frame, toPage) -> toPage.accept(ofAnother.get() ? asOfAnother(frame) : frame));
    Page page = signIn(context, guarded.http("/").toString(), ANN);
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(3);
    model.enqueue(asksTheReader("Tea?"));
    begin(page, "handoff", 2, "Which one?", "Mia", "Otto");
    assertThat(page.locator("#answer")).isVisible();
    page.reload();
    assertNotForThem(page);
    ofAnother.set(false);
    page.reload();
    assertThat(page.locator("#answer")).isVisible();
    assertThat(page.locator("#question-error")).isHidden();
    assertThat(page.locator("#share")).isVisible();
    assertQuiet();
  }

  /** The reply of the server to somebody who may steer the conversation of another user. */
  private static String asOfAnother(String frame) {
    return frame
        .replace("\"mode\":", "\"owner\":false,\"mode\":")
        .replace("\"request_id\":", "\"owner_only\":true,\"request_id\":");
  }

  private static void assertNotForThem(Page page) {
    assertThat(page.locator("#question-error"))
        .hasText("Only the owner of the conversation can answer this.");
    assertThat(page.locator("#answer")).isHidden();
    assertThat(page.locator("#share")).isHidden();
    assertThat(page.locator("#pause")).isVisible();
  }

  private Page begun() {
    model.enqueue(startsToSay("Well."));
    // Colours that are on their way would be judged on their way.
    use(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
    Page ann = signIn(context, guarded.http("/").toString(), ANN);
    assertThat(ann.locator(".agent-card[data-agent]")).hasCount(3);
    begin(ann, "Tea?", "Mia");
    assertThat(text(ann, "Mia")).hasText("Well.");
    return ann;
  }

  private Page visitor(String link, Browser.NewContextOptions options) {
    if (options.locale == null) {
      options.setLocale("en-US");
    }
    BrowserContext other =
        Chromium.shared().newContext(options.setReducedMotion(ReducedMotion.REDUCE));
    others.add(other);
    return signIn(other, link, BEN);
  }

  private Page signIn(BrowserContext where, String url, String token) {
    Page page = where.newPage();
    watch(page);
    page.navigate(url);
    page.fill("#token", token);
    page.click("#sign-in");
    assertThat(page.locator("#sign-in-view")).isHidden();
    return page;
  }

  private static String share(Page page, String access) {
    page.click("#share");
    page.locator("[name=access][value=" + access + "] + span").click();
    page.selectOption("#share-lifetime", "3600");
    page.click("#share-create");
    assertThat(page.locator("#share-made")).isVisible();
    String link = page.inputValue("#share-link");
    assertThat(link).contains("#/c/").contains("/s/");
    return link;
  }

  private static void axe(Page page) throws IOException {
    page.evaluate(AccessibilityIT.axe());
    assertThat((List<?>) page.evaluate(AccessibilityIT.RUN)).isEmpty();
  }
}
