package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.agentstream.test.StubAnswer;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page tells how things are: the connection, what failed, what it took. */
class PageTruthIT extends PageScene {

  @Test
  void a_cut_is_counted_down_and_caught_up_with() throws IOException {
    model.enqueue(startsToSay("Tea", " for all."));
    try (CuttingProxy proxy = CuttingProxy.to(server.port())) {
      Page page = open(proxy.url());
      listen(page);
      remember(page, "pill", "#connection", "node => node.innerText.trim()");
      begin(page, "Tea?", "Mia");
      assertThat(text(page, "Mia")).hasText("Tea");
      proxy.cut();
      awaitRemembered(page, "pill", "Caught up");
      rest.countDown();
      assertEnded(page);

      assertThat(text(page, "Mia")).hasText("Tea for all.");
      assertThat(String.join("\n", remembered(page, "pill")))
          .containsPattern("(?s)Reconnecting in \\d+ s.*Retry now.*Catching up….*Caught up");
      awaitRemembered(page, "announced", "Mia: Tea for all.");
      assertThat(remembered(page, "announced"))
          .containsSubsequence("The connection was lost.", "Caught up", "Mia: Tea for all.");
      assertThat(page.locator("#connection-text")).hasText("Connected");
    }
  }

  @Test
  void an_error_says_in_plain_words_what_to_do() {
    model.otherwise(StubAnswer.status(401).body("wrong key sk-123"));
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto", "Lin");
    assertEnded(page);
    assertThat(message(page, "Mia").locator(".message-error"))
        .hasText(
            "The model server refused the key. The turn was skipped, and the conversation continues.");
    assertThat(page.locator(".message-error[data-fatal=true]"))
        .hasText("The model server refused the key. Check the key in the settings of this server.");
    assertThat(page.locator(".ended-line")).containsText("The conversation could not continue.");
    screenshot(page, "failed");
  }

  @Test
  void an_answer_and_a_conversation_tell_what_they_took() {
    model.enqueue(
        StubAnswer.stream()
            .tokens("Tea ")
            .stallUntil(rest)
            .tokens("for ", "all.")
            .finish("stop")
            .usage(30, 12)
            .done());
    context.addInitScript(
        "const now = Date.now; window.later = 0; Date.now = () => now() + window.later;");
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertThat(text(page, "Mia")).hasText("Tea");
    page.evaluate("window.later = 500");
    Locator figures = message(page, "Mia").locator(".message-figures");
    assertThat(figures).isHidden();
    rest.countDown();
    assertEnded(page);

    Pattern took = Pattern.compile("^first token after [\\d.]+ s · [\\d,]+ tokens/s · 12 tokens$");
    assertThat(figures).hasText(took);
    assertThat(page.locator(".ended-line"))
        .hasText(
            Pattern.compile(
                "first token after [\\d.]+ s on average · [\\d,]+ tokens/s · 42 tokens"));
    assertThat(page.locator("#round")).hasText("Round 1 of 1 · 42 tokens");
    // A reload keeps this tab's measurements.
    page.reload();
    assertThat(figures).hasText(took);
    assertQuiet();
  }

  @Test
  void a_conversation_that_is_not_there_is_said_to_be_gone() {
    Page page = open(server.http("/") + "#/c/AAAAAAAAAAAAAAAAAAAAAA");
    assertThat(state(page)).hasText("This conversation is no longer available. Start a new one.");
    page.click("#new-conversation");
    assertThat(page.locator("#topic")).isVisible();
  }

  @Test
  void after_a_cut_there_is_nothing_to_catch_up_with_where_the_conversation_is_gone()
      throws IOException {
    try (CuttingProxy proxy = CuttingProxy.to(server.port())) {
      Page page = open(proxy.url() + "#/c/AAAAAAAAAAAAAAAAAAAAAA");
      assertThat(state(page)).hasAttribute("data-state", "gone");
      remember(page, "states", "#connection", "node => node.dataset.state");
      proxy.cut();
      page.waitForCondition(() -> remembered(page, "states").contains("connecting"));
      assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
      assertThat(page.locator("#connection-text")).hasText("Connected");
    }
  }

  @Test
  void a_conversation_that_is_stopped_keeps_what_was_said() {
    model.enqueue(StubAnswer.stream().tokens("Tea").stallUntil(rest).end());
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto");
    assertThat(text(page, "Mia")).hasText("Tea");
    page.click("#stop");
    assertEnded(page);
    rest.countDown();
    assertThat(text(page, "Mia")).hasText("Tea");
    assertThat(page.locator(".ended-line")).containsText("The conversation was stopped.");
    assertThat(page.locator(".message")).hasCount(1);
  }
}
