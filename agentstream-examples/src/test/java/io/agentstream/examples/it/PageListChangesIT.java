package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversations are found, get titles and are deleted. */
class PageListChangesIT extends PageScene {

  @Test
  void the_list_is_by_day_in_the_readers_language() {
    use(new Browser.NewContextOptions().setLocale("zh-CN").setTimezoneId("Asia/Shanghai"));
    between((frame, toPage) -> toPage.accept(atNoonInShanghai(frame)));
    Page page = open();
    begin(page, "Long ago", "Mia");
    assertEnded(page);
    page.click("#sidebar-new");
    begin(page, "Now", "Mia");
    assertEnded(page);
    Locator days = page.locator("#conversations section");
    Locator old = days.filter(new Locator.FilterOptions().setHas(page.locator("text=2020年1月3日")));
    assertThat(days.first().locator("h3")).hasText("今天");
    assertThat(days.first()).containsText("Now");
    assertThat(old).containsText("Long ago");
    assertQuiet();
  }

  /** Sets the server's clock to a noon, because the real day may end while the test runs. */
  private static String atNoonInShanghai(String frame) {
    return frame
        .replaceAll("\"(timestamp|created_at)\":\"[^\"]*\"", "\"$1\":\"2026-06-15T04:00:00.000Z\"")
        .replaceAll(
            "(\"topic\":\"Long ago\".*?\"created_at\":)\"[^\"]*\"",
            "$1\"2020-01-02T20:00:00.000Z\"");
  }

  @Test
  void a_search_finds_while_one_types_and_escape_ends_it() {
    Page page = open();
    begin(page, "绿茶还是红茶？", "Mia");
    assertEnded(page);
    page.click("#sidebar-new");
    begin(page, "Quartz clocks", "Mia");
    assertEnded(page);
    Locator items = page.locator("#conversations li");

    page.locator("#search").pressSequentially("qUARTz");
    assertThat(items).hasCount(1);
    assertThat(items).containsText("Quartz clocks");
    page.fill("#search", "红茶");
    assertThat(items).hasCount(1);
    assertThat(items).containsText("绿茶还是红茶？");
    page.fill("#search", "no such thing");
    assertThat(items).hasCount(0);
    assertThat(page.locator("#no-conversations")).containsText("Nothing contains");
    page.keyboard().press("Escape");
    assertThat(page.locator("#search")).hasValue("");
    assertThat(page.locator("#conversations")).containsText("Quartz clocks");
    assertQuiet();
  }

  @Test
  void the_list_comes_page_by_page_on_demand() {
    // Without it, the next page comes by itself as soon as the end of the list is in sight.
    context.addInitScript("window.IntersectionObserver = class { observe() {} }");
    context.routeWebSocket(
        "**/ws",
        page -> {
          WebSocketRoute line = page.connectToServer();
          page.onMessage(frame -> line.send(frame.text().replace("\"limit\":50", "\"limit\":1")));
          line.onMessage(frame -> page.send(frame.text()));
        });
    Page page = open();
    for (String topic : List.of("Page three", "Page two", "Page one")) {
      begin(page, topic, "Mia");
      assertEnded(page);
      page.click("#sidebar-new");
    }
    page.reload();
    Locator names = page.locator("#conversations .conversation-name");
    assertThat(names).hasText(new String[] {"Page one"});
    page.click("#more-conversations");
    assertThat(names).hasText(new String[] {"Page one", "Page two"});
    page.click("#more-conversations");
    assertThat(names).hasText(new String[] {"Page one", "Page two", "Page three"});
    assertQuiet();
  }

  @Test
  void a_conversation_is_renamed_in_place_with_keys_alone() {
    Page page = open();
    begin(page, "Rename me", "Mia");
    assertEnded(page);
    Locator item = page.locator("#conversations li").first();
    Locator field = item.locator("input");
    assertThat(item).containsText("Rename me");
    item.locator("a").focus();
    page.keyboard().press("F2");
    assertThat(field).isFocused();
    page.keyboard().type("Dropped");
    page.keyboard().press("Escape");
    assertThat(field).hasCount(0);
    assertThat(item).containsText("Rename me");
    assertThat(item.locator("a")).isFocused();

    page.keyboard().press("F2");
    page.keyboard().type("下午茶");
    page.keyboard().press("Enter");
    assertThat(item.locator(".conversation-name")).hasText("下午茶");
    assertThat(item.locator("a")).isFocused();
    assertThat(page.locator("#conversation-topic")).hasText("下午茶");
    assertThat(page).hasTitle("下午茶 — agentstream");
    page.reload();
    assertThat(item.locator(".conversation-name")).hasText("下午茶");
    assertThat(page.locator("#conversation-topic")).hasText("下午茶");
    assertQuiet();
  }

  @Test
  void a_deletion_can_be_undone_and_is_sent_when_the_page_is_left() {
    context.addInitScript(TIME_TO_UNDO);
    Page page = open();
    begin(page, "Delete me", "Mia");
    assertEnded(page);
    String address = page.url();
    Locator item = page.locator("#conversations li", titled("Delete me"));
    item.hover();
    item.getByLabel("Delete “Delete me”").click();
    assertThat(item).hasCount(0);
    assertThat(page.locator("#topic")).isVisible();
    assertThat(page.locator("#deleted")).containsText("“Delete me” is deleted.");
    page.click("#undo-delete");
    assertThat(item).hasCount(1);
    assertThat(page.locator("#conversation-topic")).hasText("Delete me");
    assertThat(page.locator("#deleted")).isHidden();

    Page second = open(address);
    assertThat(text(second, "Mia")).hasText("Fine.");
    item.locator("a").press("Delete");
    assertThat(item).hasCount(0);
    page.reload();
    assertThat(second.locator("#conversations li", titled("Delete me"))).hasCount(0);
    assertThat(state(second)).hasText("This conversation is no longer available. Start a new one.");
    assertThat(text(second, "Mia")).hasText("Fine.");
    assertThat(page.locator("#conversations li", titled("Delete me"))).hasCount(0);
    assertQuiet();
  }

  /**
   * The page waits for an hour, not six seconds, because a busy machine may need longer than that.
   */
  private static final String TIME_TO_UNDO =
      """
      const wait = window.setTimeout;
      window.setTimeout = (run, ms, ...rest) => wait(run, ms === 6_000 ? 3_600_000 : ms, ...rest);
      """;

  private static Page.LocatorOptions titled(String topic) {
    return new Page.LocatorOptions().setHasText(topic);
  }
}
