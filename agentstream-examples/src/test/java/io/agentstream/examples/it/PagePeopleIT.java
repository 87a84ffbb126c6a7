package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Several people at one conversation, each with a page of their own. */
class PagePeopleIT extends PageScene {

  private static final Locator.GetByTextOptions EXACTLY =
      new Locator.GetByTextOptions().setExact(true);

  @Test
  void people_are_told_apart_and_see_change_and_withdraw_what_waits() throws InterruptedException {
    model.enqueue(startsToSay("Well."), says("My turn."));
    Page anna = open();
    begin(anna, "Tea?", "Mia", "Otto");
    assertThat(text(anna, "Mia")).hasText("Well.");
    name(anna, "Anna");
    BrowserContext first = context;
    context = null;
    use(new Browser.NewContextOptions());
    Page ben = context.newPage();
    watch(ben);
    ben.navigate(anna.url());
    name(ben, "Otto");

    say(anna, "With milk?");
    say(anna, "Never mind this.");
    say(ben, "<b>With sugar?</b>");
    assertThat(waiting(ben)).hasCount(3);
    assertThat(waiting(ben).first().locator(".message-sender")).hasText("Anna");
    assertThat(waiting(anna).nth(2).locator(".message-sender")).hasText("Otto (person)");
    assertThat(waiting(anna).first().locator(".message-sender")).hasCount(0);
    screenshot(anna, "people-queue");

    waiting(anna).first().getByText("Edit").click();
    Locator field = waiting(anna).first().locator("textarea");
    assertThat(field).isFocused();
    field.fill("With oat milk?");
    anna.evaluate(ESCAPE_OF_A_COMPOSITION, "#waiting textarea");
    assertThat(field).hasValue("With oat milk?");
    assertThat(field).isVisible();
    field.press("Enter");
    waiting(ben).nth(1).getByText("Withdraw").click();
    assertThat(waiting(anna)).hasCount(2);
    assertThat(waiting(ben).first().locator(".message-text")).hasText("With oat milk?");
    rest.countDown();

    assertEnded(anna);
    assertEnded(ben);
    String[] said = {"With oat milk?", "<b>With sugar?</b>"};
    assertThat(said(anna).locator(".message-text")).hasText(said);
    assertThat(said(ben).locator(".message-text")).hasText(said);
    assertThat(said(anna).locator(".message-sender"))
        .hasText(new String[] {"You", "Otto (person)"});
    assertThat(said(ben).locator(".message-sender")).hasText(new String[] {"Anna", "You"});
    assertThat(said(ben).first()).hasAttribute("data-person", Pattern.compile("\\d"));
    screenshot(ben, "people-said");
    String prompt = promptWith("oat milk");
    assertThat(prompt)
        .contains("Anna: With oat milk?")
        .contains("Otto (person): <b>With sugar?</b>");
    assertThat(prompt).doesNotContain("Never mind");
    assertQuiet();
    first.close();
  }

  @Test
  void a_reader_is_asked_for_a_name_once_and_keeps_it_over_a_reload() throws InterruptedException {
    model.enqueue(startsToSay("Well."));
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertThat(text(page, "Mia")).hasText("Well.");
    assertThat(page.locator("#name-form")).isHidden();
    name(page, "Anna");
    assertThat(page.locator("#name-form")).isHidden();
    assertThat(page.locator("#say")).isFocused();
    page.reload();
    page.locator("#say").focus();
    assertThat(page.locator("#name-form")).isHidden();
    say(page, "It is me.");
    assertThat(waiting(page)).hasCount(1);
    rest.countDown();
    assertThat(promptWith("It is me.")).contains("Anna: It is me.");
    assertThat(said(page).locator(".message-sender")).hasText("You");
    assertQuiet();
  }

  @Test
  void who_gives_no_name_is_not_asked_again() {
    model.enqueue(startsToSay("Well."));
    Page page = open();
    begin(page, "Tea?", "Mia");
    // An answer that nobody has asked for would be left for the next test.
    assertThat(text(page, "Mia")).hasText("Well.");
    page.locator("#say").focus();
    page.click("#name-later");
    page.reload();
    page.locator("#say").focus();
    assertThat(page.locator("#name-form")).isHidden();
    assertQuiet();
  }

  @Test
  void a_name_after_an_at_sign_is_completed_and_who_is_named_speaks_next() {
    model.enqueue(startsToSay("Well."), says("Called."), says("My turn."));
    Page page = open();
    begin(page, "Tea?", "Mia", "Lin", "Otto");
    assertThat(text(page, "Mia")).hasText("Well.");
    page.locator("#say").focus();
    page.click("#name-later");
    page.locator("#say").pressSequentially("mail@otto, @");
    assertThat(page.locator("#mentions [role=option]")).hasCount(3);
    page.locator("#say").press("ArrowDown");
    page.locator("#say").press("Escape");
    assertThat(page.locator("#mentions")).isHidden();
    page.locator("#say").pressSequentially("O");
    assertThat(page.locator("#mentions [aria-selected=true]")).hasText("OOtto");
    assertThat(page.locator("#say")).hasAttribute("aria-activedescendant", "mention-0");
    page.locator("#say").press("Enter");
    assertThat(page.locator("#say")).hasValue("mail@otto, @Otto ");
    assertThat(page.locator("#waiting")).isHidden();
    page.locator("#say").pressSequentially("and milk?");
    page.press("#say", "Enter");
    assertThat(waiting(page)).hasCount(1);
    rest.countDown();

    assertEnded(page);
    assertThat(page.locator("#transcript .message[data-agent] .message-text"))
        .hasText(new String[] {"Well. And more.", "Called.", "My turn.", "Fine."});
    assertThat(page.locator("#transcript .message[data-agent]").nth(1))
        .hasAttribute("data-agent", "Otto");
    assertQuiet();
  }

  @Test
  void participants_are_added_muted_and_removed_and_every_page_shows_it() {
    model.enqueue(startsToSay("Well."), says("I am new."));
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto");
    assertThat(text(page, "Mia")).hasText("Well.");
    page.click("#add-participant");
    assertThat(page.locator("#roster-title")).hasText("Who shall join?");
    page.locator("#roster-actions").getByText("Lin", EXACTLY).click();
    assertThat(page.locator(".participant-name")).hasText(new String[] {"Mia", "Otto", "Lin"});
    assertThat(page.locator("#add-participant")).isFocused();
    act(page, "Otto", "Mute");
    assertThat(participant(page, "Otto").locator(".participant-muted")).hasText("muted");
    assertThat(participant(page, "Otto").locator("button")).isFocused();
    participant(page, "Otto").locator("button").click();
    assertThat(page.locator("#roster-actions button"))
        .hasText(new String[] {"Unmute", "Remove", "Close"});
    screenshot(page, "roster");
    page.keyboard().press("Escape");
    act(page, "Mia", "Remove");
    assertThat(page.locator(".participant-name")).hasText(new String[] {"Otto", "Lin"});
    page.reload();
    assertThat(page.locator(".participant-name")).hasText(new String[] {"Otto", "Lin"});
    assertThat(participant(page, "Otto")).hasAttribute("data-muted", "");
    rest.countDown();
    assertThat(text(page, "Lin")).hasText("I am new.");
    assertEnded(page);
    assertQuiet();
  }

  private static void act(Page page, String agent, String action) {
    participant(page, agent).locator("button").click();
    page.locator("#roster-actions").getByText(action, EXACTLY).click();
    assertThat(page.locator("#roster")).isHidden();
  }

  private static Locator participant(Page page, String agent) {
    return page.locator(".participant[data-agent=" + agent + "]");
  }

  private static String promptWith(String text) throws InterruptedException {
    String prompt = model.awaitRequest().body();
    while (!prompt.contains(text)) {
      prompt = model.awaitRequest().body();
    }
    return prompt;
  }

  private static void name(Page page, String name) {
    page.locator("#say").focus();
    page.fill("#name", name);
    page.click("#name-save");
  }

  private static void say(Page page, String text) {
    // After a reload the page shows what the tab has kept before it can send anything.
    assertThat(page.locator("#conversation-view")).hasAttribute("data-sync", "live");
    page.fill("#say", text);
    page.press("#say", "Enter");
    assertThat(waiting(page).last().locator(".message-text")).hasText(text);
  }

  private static Locator waiting(Page page) {
    return page.locator("#waiting .message[data-queue-id]");
  }

  private static Locator said(Page page) {
    return page.locator("#transcript .message[data-role=user]");
  }
}
