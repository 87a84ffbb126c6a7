package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.agentstream.examples.server.EmbeddedServer;
import io.agentstream.test.StubAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations are found again, opened by their address, and taken away. */
class PageListIT extends PageScene {

  private static final String CURRENT = "#conversations [aria-current]";

  @Test
  void the_list_tells_topic_and_state_of_each_while_it_changes() {
    model.enqueue(
        says("Done."),
        StubAnswer.stream().tokens("Well.").stallUntil(rest).finish("stop").usage(3, 4).done());
    Page page = open();
    begin(page, "The first", "Mia");
    assertEnded(page);
    page.click("#sidebar-new");
    begin(page, "The second", "Mia");

    Locator items = page.locator("#conversations li");
    assertThat(items.nth(0)).containsText("The second");
    assertThat(items.nth(0)).hasAttribute("data-state", "running");
    assertThat(items.nth(0)).containsText("just now");
    assertThat(items.nth(1)).containsText("The first");
    assertThat(items.nth(1)).containsText("Ended");
    assertThat(page.locator(CURRENT)).containsText("The second");

    // Of what is not shown the server is asked again and again.
    items.nth(1).locator("a").click();
    assertThat(text(page, "Mia")).hasText("Done.");
    assertThat(page.locator(CURRENT)).containsText("The first");
    rest.countDown();
    assertThat(items.nth(0)).hasAttribute("data-state", "ended");
    page.goBack();
    assertThat(page.locator("#conversation-topic")).hasText("The second");
    assertQuiet();
  }

  @Test
  void a_second_tab_and_a_reload_show_the_same_live() {
    model.enqueue(startsToSay("Tea", " for all."));
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertThat(text(page, "Mia")).hasText("Tea");
    Page second = open(page.url());
    assertThat(text(second, "Mia")).hasText("Tea");
    page.reload();
    assertThat(text(page, "Mia")).hasText("Tea");
    rest.countDown();
    for (Page tab : List.of(page, second)) {
      assertThat(text(tab, "Mia")).hasText("Tea for all.");
      assertEnded(tab);
    }
    assertQuiet();
  }

  @Test
  void where_the_server_lists_none_this_browser_knows_what_it_started(@TempDir Path folder)
      throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(config, "{\"auth\": {\"share_all_conversations\": false}}");
    Map<String, String> environment = Map.of("OPENAI_BASE_URL", model.baseUrl());
    try (EmbeddedServer unlisted =
            EmbeddedServer.start(environment, "--config", config.toString());
        Page page = open(unlisted.http("/").toString())) {
      begin(page, "Only mine", "Mia");
      assertEnded(page);
      page.click("#sidebar-new");
      page.reload();
      Locator item = page.locator("#conversations li");
      assertThat(item).hasCount(1);
      assertThat(item).containsText("Only mine");
      assertThat(item).containsText("Ended");
      item.locator("a").click();
      assertThat(text(page, "Mia")).hasText("Fine.");
      assertQuiet();
    }
  }

  @Test
  void what_was_started_here_is_not_for_the_next_who_signs_in_at_this_browser() {
    AtomicBoolean signedIn = new AtomicBoolean();
    between(
        (frame, toPage) -> {
          switch (typeOf(frame)) {
            case "welcome" ->
                toPage.accept(
                    frame.replace("\"authenticated\":false", "\"authenticated\":" + signedIn));
            case "conversations" ->
                toPage.accept(frame.replaceAll("\"conversations\":\\[.*]", "\"conversations\":[]"));
            default -> toPage.accept(frame);
          }
        });
    Page page = open();
    begin(page, "Only mine", "Mia");
    assertEnded(page);
    assertThat(page.locator("#conversations li")).hasCount(1);

    signedIn.set(true);
    page.navigate(server.http("/").toString());
    page.reload();
    assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
    assertThat(page.locator("#no-conversations")).isVisible();
    assertThat(page.evaluate(STARTED)).isNull();
    begin(page, "Mine, too", "Mia");
    assertEnded(page);
    assertThat(page.evaluate(STARTED)).isNull();
    assertQuiet();
  }

  private static final String STARTED = "localStorage.getItem('agentstream.started')";

  @Test
  void the_server_is_asked_ever_more_seldom_while_nothing_changes() {
    Page page = pacing();
    assertThat(page.evaluate("answers(true, false, false, false, false, false, true)"))
        .isEqualTo(List.of(5, 10, 20, 40, 60, 60, 5));
  }

  @Test
  void what_may_have_changed_something_makes_it_ask_soon_again() {
    Page page = pacing();
    page.evaluate("answers(false, false, false)");
    page.evaluate("void pacing.askNow()");
    page.evaluate("answer(false)");
    assertThat(page.evaluate("waits")).isEqualTo(List.of(5, 10, 20, 5));
  }

  @Test
  void nobody_asks_while_nobody_looks() {
    Page page = pacing();
    page.evaluate("answers(true)");
    page.evaluate("seen = false; void waited()");
    assertThat(page.evaluate("asked")).isEqualTo(1);
    page.evaluate("seen = true; void waited()");
    assertThat(page.evaluate("asked")).isEqualTo(2);
  }

  @Test
  void what_is_asked_meanwhile_is_asked_once_when_the_answer_is_there() {
    Page page = pacing();
    page.evaluate("void [1, 2, 3].forEach(() => pacing.askNow())");
    assertThat(page.evaluate("asked")).isEqualTo(1);
    page.evaluate("answer(false)");
    assertThat(page.evaluate("asked")).isEqualTo(2);
  }

  /** The module alone, in a page whose timers wait for the test. */
  private Page pacing() {
    Page page = context.newPage();
    page.navigate(server.http("/conversations/pacing.js").toString());
    page.evaluate(
        """
        async () => {
          const { Pacing } = await import(document.URL);
          window.waits = [];
          window.setTimeout = (run, ms) => {
            waits.push(ms / 1000);
            window.waited = () => run();
          };
          window.asked = 0;
          window.seen = true;
          const ask = () => new Promise((resolve) => {
            asked++;
            window.answer = resolve;
          });
          window.pacing = new Pacing({ ask, isSeen: () => seen });
          window.answers = async (...all) => {
            for (const changed of all) {
              const done = waits.length === 0 ? pacing.askNow() : waited();
              answer(changed);
              await done;
            }
            return waits;
          };
        }
        """);
    return page;
  }

  @Test
  void the_list_is_asked_for_when_it_comes_into_sight_and_after_a_change() {
    use(new Browser.NewContextOptions().setViewportSize(390, 844));
    List<String> asked = new CopyOnWriteArrayList<>();
    context.onPage(
        page ->
            page.onWebSocket(
                socket ->
                    socket.onFrameSent(
                        frame -> {
                          if (typeOf(frame.text()).equals("list_conversations")) {
                            asked.add(frame.text());
                          }
                        })));
    Page page = open();
    page.waitForCondition(() -> !asked.isEmpty());
    page.click("#menu");
    page.waitForCondition(() -> asked.size() > 1);
    page.click("#close-sidebar");
    int inSight = asked.size();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    page.waitForCondition(() -> asked.size() > inSight);
    page.click("#menu");
    assertThat(page.locator("#conversations li").first()).hasAttribute("data-state", "ended");
    assertQuiet();
  }

  @Test
  void on_a_phone_the_list_is_a_drawer() {
    use(new Browser.NewContextOptions().setViewportSize(390, 844).setHasTouch(true));
    Page page = open();
    begin(page, "From the phone", "Mia");
    assertEnded(page);
    Locator item = page.locator(CURRENT);
    // The drawer gives it the focus only if it is there when the drawer opens.
    assertThat(item).hasCount(1);
    assertThat(item).isHidden();
    page.click("#menu");
    assertThat(item).containsText("From the phone");
    assertThat(item).isFocused();
    screenshot(page, "phone-drawer");
    page.evaluate(ESCAPE_OF_A_COMPOSITION, "#sidebar");
    assertThat(page.locator("#sidebar")).hasAttribute("data-open", "");
    page.keyboard().press("Escape");
    assertThat(item).isHidden();
    assertThat(page.locator("#menu")).isFocused();

    page.click("#menu");
    page.click("#sidebar-new");
    assertThat(page.locator("#topic")).isVisible();
    assertThat(page.locator("#sidebar")).isHidden();
    assertQuiet();
  }

  @Test
  void a_message_is_copied_as_it_was_written() {
    use(
        new Browser.NewContextOptions()
            .setPermissions(List.of("clipboard-read", "clipboard-write")));
    model.enqueue(says("Tea **for** all."));
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    Locator copy = message(page, "Mia").locator(".copy-message");
    assertThat(copy).hasText("Copy");
    remember(page, "copy", ".message[data-agent=Mia] .copy-message", "node => node.textContent");
    copy.click();
    awaitRemembered(page, "copy", "Copied");
    assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo("Tea **for** all.");
    assertThat(copy).hasText("Copy");
    assertQuiet();
  }

  @Test
  void the_transcript_is_taken_away_as_markdown() throws IOException {
    model.enqueue(says("Tea **for** all."), says("Or not."));
    Page page = open();
    begin(page, "Tea, or coffee?", "Mia", "Otto");
    assertEnded(page);
    Download file = page.waitForDownload(() -> page.click("#export-markdown"));
    assertThat(file.suggestedFilename()).isEqualTo("Tea-or-coffee.md");
    assertThat(Files.readString(file.path()))
        .isEqualTo(
            """
            # Tea, or coffee?

            Mia, Otto · 22 tokens

            ## Round 1

            ### Mia

            > Tea **for** all.

            ### Otto

            > Or not.

            ---

            All rounds are done.
            """);
    assertQuiet();
  }

  @Test
  void what_failed_is_taken_away_in_the_readers_words() throws IOException {
    use(new Browser.NewContextOptions().setLocale("zh-CN"));
    model.otherwise(StubAnswer.status(401).body("no"));
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto", "Lin");
    assertEnded(page);
    Download file = page.waitForDownload(() -> page.click("#export-markdown"));
    assertThat(Files.readString(file.path()))
        .contains("*模型")
        .endsWith("\n---\n\n对话无法继续。\n")
        .doesNotContain("model server");
    assertQuiet();
  }

  @Test
  void the_transcript_is_taken_away_as_json() throws IOException {
    model.enqueue(says("Tea."));
    Page page = open();
    begin(page, "茶？", "Mia");
    assertEnded(page);
    Download file = page.waitForDownload(() -> page.click("#export-json"));
    assertThat(file.suggestedFilename()).isEqualTo("茶.json");
    JsonNode json = new ObjectMapper().readTree(file.path().toFile());
    assertThat(json.at("/topic").asText()).isEqualTo("茶？");
    assertThat(json.at("/messages")).hasSize(2);
    assertThat(json.at("/messages/1/sender").asText()).isEqualTo("Mia");
    assertThat(json.at("/messages/1/content").asText()).isEqualTo("Tea.");
    assertThat(json.at("/messages/1/timing/first_token_ms").isNumber()).isTrue();
    assertThat(json.at("/usage/total_tokens").asInt()).isEqualTo(11);
    assertThat(json.at("/ended/reason").asText()).isEqualTo("max_rounds");
    assertQuiet();
  }
}
