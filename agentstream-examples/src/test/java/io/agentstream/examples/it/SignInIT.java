package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** On a server with authentication, the page has a sign-in and a sign-out. */
class SignInIT extends GuardedScene {

  private static final String WRONG = "00000000000000000000000000000000";

  @Test
  void a_token_opens_the_page_for_this_tab() {
    Page page = visit();
    assertThat(page.locator("#token")).isFocused();
    assertThat(page.locator("#connection-text")).hasText("Not signed in");
    page.fill("#token", ANN);
    page.keyboard().press("Enter");
    assertSignedIn(page);
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    page.reload();
    assertThat(text(page, "Mia")).hasText("Fine.");
    assertThat(page.locator("#sign-in-view")).isHidden();

    Page otherTab = visit();
    assertThat(otherTab.locator("#sign-in-view")).isVisible();
    assertQuiet();
  }

  @Test
  void a_wrong_token_is_told_in_words_and_stays_to_be_mended() {
    Page page = visit();
    Locator error = page.locator("#sign-in-error");
    page.click("#sign-in");
    assertThat(error).hasText("Enter your token.");
    page.fill("#token", WRONG);
    page.click("#sign-in");
    assertThat(error).containsText("does not know this token. Check that you have copied all");
    assertThat(page.locator("#token")).hasValue(WRONG);
    assertThat(page.locator("#token")).isFocused();
    assertThat(page.locator("#token")).hasAttribute("aria-invalid", "true");

    page.fill("#token", "ann:" + ANN);
    assertThat(error).isHidden();
    page.click("#sign-in");
    assertThat(error).containsText("Enter only the part after the colon.");
    page.fill("#token", "  " + ANN + " ");
    page.click("#sign-in");
    assertSignedIn(page);
    assertQuiet();
  }

  @Test
  void who_stays_signed_in_is_so_in_every_tab_and_signs_out_of_all() {
    Page page = visit();
    Page other = visit();
    signIn(page, true);
    assertSignedIn(other);
    page.click("#sign-out");
    for (Page tab : List.of(page, other)) {
      assertThat(tab.locator("#sign-in-view")).isVisible();
    }
    assertThat(visit().locator("#sign-in-view")).isVisible();
    assertQuiet();
  }

  @Test
  void who_signs_out_leaves_nothing_for_the_next() {
    Page page = visit();
    signIn(page, false);
    begin(page, "Only Ann's", "Mia");
    assertEnded(page);
    String link = page.url();
    page.fill("#say", "My secret");
    page.click("#sign-out");
    assertThat(page.locator("#sign-in-view")).isVisible();
    page.waitForFunction("() => JSON.stringify([sessionStorage, localStorage]) === '[{},{}]'");
    page.waitForFunction("() => !document.body.textContent.includes(\"Only Ann's\")");

    page.fill("#token", BEN);
    page.click("#sign-in");
    assertSignedIn(page);
    assertThat(page.locator("#no-conversations")).isVisible();
    page.navigate(link);
    assertThat(state(page)).containsText("no longer available");
    assertThat(page.locator("body")).not().containsText("Only Ann's");
  }

  @Test
  void a_shared_link_leads_to_its_conversation_after_the_sign_in() {
    Page page = visit();
    signIn(page, true);
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    String link = page.url();
    page.evaluate("localStorage.clear()");
    Page next = context.newPage();
    next.navigate(link);
    next.fill("#token", ANN);
    next.click("#sign-in");
    assertThat(text(next, "Mia")).hasText("Fine.");
    assertThat(next.locator("#start-view")).isHidden();
  }

  @Test
  void a_token_that_no_longer_holds_is_asked_for_anew() {
    Page page = visit();
    page.evaluate("localStorage.setItem('agentstream.token', '" + WRONG + "')");
    page.reload();
    assertThat(page.locator("#sign-in-why"))
        .hasText("The server no longer accepts your token. Sign in with a new one.");
    page.waitForFunction("() => localStorage.getItem('agentstream.token') === null");
    signIn(page, false);
    assertQuiet();
  }

  @Test
  void a_page_that_is_refused_forgets_no_token_that_another_tab_has_kept_meanwhile() {
    AtomicBoolean away = new AtomicBoolean(true);
    closeWhile(away);
    Page page = visit();
    page.evaluate("localStorage.setItem('agentstream.token', '" + ANN + "')");
    away.set(false);
    assertThat(page.locator("#sign-in-view")).isVisible();
    assertThat(page.evaluate("localStorage.getItem('agentstream.token')")).isEqualTo(ANN);
    page.reload();
    assertSignedIn(page);
  }

  @Test
  void a_sign_in_that_ends_is_told_in_time_and_goes_on_with_a_new_token() {
    new ExpiringServer(ANN).behind(context);
    Page page = visit();
    signIn(page, false);
    assertThat(page.locator("#ending-text"))
        .hasText(Pattern.compile("Your sign-in expires in [0-9]:[0-9]{2}"));
    page.fill("#topic", "Half a thou");
    page.click("#sign-in-again");
    page.fill("#token", ANN);
    page.click("#sign-in");
    assertThat(page.locator("#sign-in-error")).containsText("about to expire");
    page.click("#sign-in-later");
    assertThat(page.locator("#topic")).hasValue("Half a thou");
    page.click("#sign-in-again");
    page.fill("#token", BEN);
    page.click("#sign-in");
    assertThat(page.locator("#ending")).isHidden();
    assertThat(page.locator("#topic")).hasValue("Half a thou");
    assertSignedIn(page);
    assertQuiet();
  }

  @Test
  void a_sign_in_that_has_ended_says_so() {
    new ExpiringServer(ANN).andEndsAtOnce().behind(context);
    Page page = visit();
    page.fill("#token", ANN);
    page.click("#sign-in");
    assertThat(page.locator("#sign-in-why")).hasText("Your sign-in has expired. Sign in again.");
    assertQuiet();
  }

  @Test
  void where_a_proxy_or_a_cookie_has_signed_the_reader_in_there_is_no_field() {
    context.setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + ANN));
    Page page = context.newPage();
    page.navigate(guarded.http("/").toString());
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(3);
    assertThat(page.locator("#sign-in-view")).isHidden();
    assertThat(page.locator("#account")).isHidden();
  }

  @Test
  void where_only_a_proxy_can_sign_the_reader_in_it_says_so() {
    context.setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + WRONG));
    Page page = context.newPage();
    page.navigate(guarded.http("/").toString());
    assertThat(page.locator("#notice"))
        .hasText("You are not signed in. Reload the page to sign in.");
    assertThat(page.locator("#sign-in-view")).isHidden();
    assertThat(page.locator("#retry")).isVisible();
  }

  @Test
  void it_all_is_there_in_chinese_and_on_a_phone() {
    use(new Browser.NewContextOptions().setLocale("zh-CN").setViewportSize(320, 640));
    Page page = visit();
    assertThat(page.locator("#sign-in")).hasText("登录");
    page.fill("#token", WRONG);
    page.click("#sign-in");
    assertThat(page.locator("#sign-in-error")).hasText("服务器不认识这个令牌。请检查是否复制完整。");
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    screenshot(page, "sign-in-phone");
  }

  @Test
  void the_token_can_be_looked_at_and_never_stands_in_the_address() {
    Page page = visit();
    page.fill("#token", ANN);
    page.locator("#show-token").press("Space");
    assertThat(page.locator("#token")).hasAttribute("type", "text");
    screenshot(page, "sign-in");
    page.click("#sign-in");
    assertSignedIn(page);
    assertThat(page.url()).doesNotContain(ANN);
    assertThat(page.locator("#token")).hasAttribute("type", "password");
    assertThat(page.locator("#token")).hasValue("");
  }

  @Test
  void a_sign_in_waits_for_a_server_that_is_away() {
    AtomicBoolean away = new AtomicBoolean();
    closeWhile(away);
    Page page = visit();
    page.fill("#token", ANN);
    away.set(true);
    page.click("#sign-in");
    assertThat(page.locator("#connection")).hasAttribute("data-state", "reconnecting");
    assertThat(page.locator("#sign-in")).hasText("Signing in…");
    away.set(false);
    assertSignedIn(page);
    assertThat(page.locator("#sign-in-view")).isHidden();
  }

  /** Has the server turn every connection away while {@code away}. */
  private void closeWhile(AtomicBoolean away) {
    context.routeWebSocket(
        "**/ws",
        socket -> {
          if (away.get()) {
            socket.close(new WebSocketRoute.CloseOptions().setCode(1013));
          } else {
            socket.connectToServer();
          }
        });
  }

  private Page visit() {
    Page page = context.newPage();
    watch(page);
    page.navigate(guarded.http("/").toString());
    return page;
  }

  private static void signIn(Page page, boolean stay) {
    page.fill("#token", ANN);
    page.locator("#stay").setChecked(stay);
    page.click("#sign-in");
    assertSignedIn(page);
  }

  private static void assertSignedIn(Page page) {
    assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
    assertThat(page.locator("#sign-out")).isVisible();
  }
}
