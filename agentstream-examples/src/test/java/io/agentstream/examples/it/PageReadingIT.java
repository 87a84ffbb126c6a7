package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.agentstream.test.StubAnswer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A reader is not disturbed by new text, a lost connection, a reload, printing or a large zoom. */
class PageReadingIT extends PageScene {

  private static final String LONG = "A paragraph about tea. ".repeat(20) + "\n\n";
  private static final String TOP = "Math.round(document.documentElement.scrollTop)";
  private static final String FOLLOWS =
      "() => scrollY > 200 && innerHeight + scrollY >= document.documentElement.scrollHeight - 1";

  private final CountDownLatch more = new CountDownLatch(1);

  @Test
  void the_page_stands_still_while_somebody_selects() {
    model.enqueue(talk());
    Page page = openSmall();
    begin(page, "Tea?", "Mia");
    Locator paragraph = text(page, "Mia").locator("p").nth(3);
    assertThat(text(page, "Mia").locator("p")).hasCount(5);
    assertThat(page.locator("#jump")).isHidden();
    page.waitForFunction(FOLLOWS);
    dragOver(page, paragraph);
    Object stood = page.evaluate(TOP);
    Object selected = page.evaluate("String(getSelection())");
    more.countDown();
    assertThat(text(page, "Mia").locator("p")).hasCount(9);
    assertThat(page.evaluate(TOP)).isEqualTo(stood);
    assertThat(page.evaluate("String(getSelection())")).isEqualTo(selected);
    page.mouse().up();
    rest.countDown();
    assertThat(text(page, "Mia").locator("p")).hasCount(12);
    assertEnded(page);
    assertThat(page.evaluate(TOP)).isEqualTo(stood);
    page.click("#jump");
    assertThat(page.locator("#jump")).isHidden();
    assertQuiet();
  }

  /** Presses in the middle of it and draws a little to the right, without letting go. */
  private static void dragOver(Page page, Locator paragraph) {
    var box = paragraph.boundingBox();
    page.mouse().move(box.x + 40, box.y + 12);
    page.mouse().down();
    page.mouse().move(box.x + 220, box.y + 14);
    page.waitForFunction("() => String(getSelection()).length > 3");
  }

  @Test
  void a_snapshot_leaves_thoughts_open_and_a_selection_as_it_is() {
    model.enqueue(
        StubAnswer.stream()
            .reasoning("First the water.")
            .tokens("Boil it, ")
            .stallUntil(more)
            .tokens("then wait.")
            .finish("stop")
            .usage(3, 4)
            .done());
    AtomicReference<Runnable> cut = cuttingIntoSnapshots();
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertThat(text(page, "Mia")).hasText("Boil it,");
    page.click(".thinking-label");
    page.evaluate(
        """
        () => {
          window.before = document.querySelector(".message[data-agent=Mia]");
          const text = document.querySelector("[data-agent=Mia] .message-text p").firstChild;
          window.undone = [];
          const note = (what) => undone.push(Math.round(performance.now()) + " " + what);
          new MutationObserver((records) => {
            for (const { target, removedNodes } of records)
              for (const { nodeName, textContent } of removedNodes)
                note(`${nodeName} "${textContent}" left ${target.nodeName}.${target.className}`);
          }).observe(document.body, { childList: true, subtree: true });
          getSelection().setBaseAndExtent(text, 0, text, 4);
          for (const type of ["selectionchange", "mousedown", "mouseup", "focusin"])
            addEventListener(type, ({ target }) => note(type + " " + target.nodeName), true);
        }
        """);
    assertSelected(page, "Boil");
    remember(page, "pill", "#connection", "node => node.innerText.trim()");
    cut.get().run();
    awaitRemembered(page, "pill", "Caught up");
    assertSelected(page, "Boil");
    more.countDown();
    assertEnded(page);
    assertThat(text(page, "Mia")).hasText("Boil it, then wait.");
    assertThat(page.locator(".thinking")).hasAttribute("open", "");
    assertSelected(page, "Boil");
    assertThat(page.evaluate("document.querySelector('.message[data-agent=Mia]') === before"))
        .isEqualTo(true);
    assertThat(page.locator(".message[data-agent]")).hasCount(1);
    assertThat(page.locator(".round-line")).hasCount(1);
  }

  private static void assertSelected(Page page, String expected) {
    assertThat(page.evaluate("String(getSelection())"))
        .as(() -> "selection; since it was set: " + page.evaluate("undone.join('; ')"))
        .isEqualTo(expected);
  }

  /** After the cut the server is asked for a snapshot, whatever the page still has. */
  private AtomicReference<Runnable> cuttingIntoSnapshots() {
    AtomicReference<Runnable> cut = new AtomicReference<>();
    context.routeWebSocket(
        "**/ws",
        page -> {
          WebSocketRoute line = page.connectToServer();
          cut.set(() -> page.close(new WebSocketRoute.CloseOptions().setCode(1011)));
          page.onMessage(
              frame ->
                  line.send(frame.text().replaceAll(",\"epoch\":\\d+,\"after_seq\":\\d+", "")));
          line.onMessage(frame -> page.send(frame.text()));
        });
    return cut;
  }

  @Test
  void a_reload_leads_back_to_where_the_reader_was() {
    model.enqueue(says(LONG.repeat(10)));
    Page page = openSmall();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    assertThat(text(page, "Mia").locator("p")).hasCount(10);
    page.evaluate("scrollTo(0, 400)");
    assertThat(page.locator("#jump")).isVisible();
    page.reload();
    assertThat(page.locator(".ended-line")).isVisible();
    assertThat(page.locator("#jump")).isVisible();
    page.waitForFunction("() => Math.abs(document.documentElement.scrollTop - 400) < 2");
    page.click("#jump");
    page.reload();
    page.waitForFunction(
        "() => innerHeight + scrollY >= document.documentElement.scrollHeight - 1");
    assertThat(page.locator("#jump")).isHidden();
    assertQuiet();
  }

  @Test
  void a_long_topic_is_folded_and_opens() {
    String topic = "Should we drink more tea than coffee? ".repeat(200).strip();
    Page page = open();
    begin(page, topic, "Mia");
    assertEnded(page);
    Locator head = page.locator("#conversation-topic");
    assertThat((int) page.evaluate("document.querySelector('#conversation-topic').offsetHeight"))
        .isLessThan(200);
    Locator more = page.locator("#topic-more");
    assertThat(more).hasText("Show all");
    more.press("Enter");
    assertThat(more).hasAttribute("aria-expanded", "true");
    assertThat((int) page.evaluate("document.querySelector('#conversation-topic').offsetHeight"))
        .isGreaterThan(800);
    assertThat(head).hasText(topic);
    more.click();
    assertThat(more).hasText("Show all");
    assertThat(page.title().length()).isLessThan(150);
    page.click("#sidebar-new");
    begin(page, "Short?", "Mia");
    assertThat(more).isHidden();
    assertQuiet();
  }

  /** The first link loads the page; the others are opened in it. */
  @Test
  void a_shared_link_opens_with_what_was_written_behind_it() {
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    Page other = context.newPage();
    for (String behind :
        List.of("。", ".", "/", "?utm_source=chat&x=1", ")", "，然后", "%E3%80%82", "&n=1")) {
      other.navigate(page.url() + behind);
      assertThat(text(other, "Mia")).hasText("Fine.");
      assertThat(other).hasURL(page.url());
      other.navigate(server.http("/#/").toString());
      assertThat(other.locator("#start-view")).isVisible();
      assertThat(other.locator("#conversation-view")).isHidden();
    }
  }

  @Test
  void a_link_that_leads_nowhere_says_so() {
    Page page = open(server.http("/#/c/").toString());
    for (String link : List.of("#/c/", "#/x", "#c/abc")) {
      page.navigate(server.http("/" + link).toString());
      assertThat(page.locator("#notice")).containsText("does not lead to a conversation");
      assertThat(page.locator("#start-view")).isVisible();
      page.navigate(server.http("/#/").toString());
      assertThat(page.locator("#notice")).isHidden();
    }
  }

  @Test
  void times_are_by_the_servers_clock() {
    context.addInitScript("const real = Date.now; Date.now = () => real() + 5 * 3_600_000;");
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    assertThat(page.locator("#conversations li").first()).containsText("just now");
    page.reload();
    assertThat(page.locator("#conversations li").first()).containsText("just now");
  }

  @Test
  void an_answer_in_one_piece_has_no_speed() {
    model.enqueue(says("All of it at once."));
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    assertThat(message(page, "Mia").locator(".message-figures")).containsText("8 tokens");
    assertThat(page.locator("#transcript")).not().containsText("tokens/s");
  }

  @Test
  void on_paper_it_is_a_transcript_and_nothing_else() {
    use(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
    String topic = "Should we drink more tea than coffee? ".repeat(40).strip();
    Page page = open();
    begin(page, topic, "Mia", "Otto");
    assertEnded(page);
    page.emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));
    for (String left : new String[] {".topbar", "#sidebar", "#dock", ".take-away", "#topic-more"}) {
      assertThat(page.locator(left)).isHidden();
    }
    assertThat(page.locator(".copy-message").first()).isHidden();
    assertThat(page.locator(".topic-rest")).isVisible();
    assertThat(text(page, "Otto")).isVisible();
    assertThat(page.evaluate("getComputedStyle(document.body).paddingTop")).isEqualTo("0px");
    assertThat(page.evaluate("getComputedStyle(document.documentElement).colorScheme"))
        .isEqualTo("light");
    assertThat((int) page.evaluate("document.querySelector('.message').getBoundingClientRect().x"))
        .isZero();
    screenshot(page, "print");
  }

  @Test
  void at_a_zoom_of_400_percent_there_is_room_to_read_while_writing() {
    use(new Browser.NewContextOptions().setViewportSize(320, 256));
    model.enqueue(says(LONG.repeat(4)));
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    assertThat(text(page, "Mia").locator("p")).hasCount(4);
    page.fill("#say", "And milk?");
    assertThat(page.locator("#say")).isFocused();
    page.evaluate("scrollTo(0, 300)");
    page.waitForFunction("() => " + FREE_OF_BARS + " === 256");
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    assertThat(page.locator("#jump")).isVisible();
    page.click("#jump");
    assertThat(page.locator("#say")).hasValue("And milk?");
    screenshot(page, "zoom-400");
  }

  /** The height in which the middle of the view shows the conversation and no bar over it. */
  private static final String FREE_OF_BARS =
      """
      (() => {
        let free = 0;
        for (let y = 0; y < innerHeight; y++) {
          const seen = document.elementsFromPoint(40, y);
          if (!seen.some((node) => node.closest(".topbar, .dock-card"))) free++;
        }
        return free;
      })()
      """;

  @Test
  void the_enter_that_ends_a_composition_sends_nothing() {
    Page page = open();
    assertTheEnterOfACompositionSendsNothing(page, "#topic");
    // A conversation that still runs would take the answer that is enqueued below.
    assertEnded(page);
    page.click("#sidebar-new");
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    assertTheEnterOfACompositionSendsNothing(page, "#say");
    assertThat(page.locator(".ended-line")).hasCount(2);
    page.click("#sidebar-new");
    model.enqueue(asksTheReader("With milk?"));
    begin(page, "handoff", 2, "Coffee?", "Mia", "Otto");
    assertTheEnterOfACompositionSendsNothing(page, "#answer");
  }

  private static void assertTheEnterOfACompositionSendsNothing(Page page, String field) {
    page.fill(field, "nihao");
    page.evaluate(SAFARI_ENDS_A_COMPOSITION, field);
    assertThat(page.locator(field)).hasValue("nihao");
    page.press(field, "Enter");
    assertThat(page.locator(field)).not().hasValue("nihao");
  }

  /** In Safari the composition is over before the key that ended it. */
  private static final String SAFARI_ENDS_A_COMPOSITION =
      """
      (selector) => {
        const field = document.querySelector(selector);
        field.dispatchEvent(new CompositionEvent("compositionend", { data: "你好", bubbles: true }));
        const key = { key: "Enter", code: "Enter", keyCode: 229, bubbles: true, cancelable: true };
        field.dispatchEvent(new KeyboardEvent("keydown", key));
      }
      """;

  @Test
  void what_another_page_of_this_origin_has_stored_does_no_harm() {
    Page page = open();
    page.evaluate("localStorage.setItem('agentstream.started', '[null, 7, {}]')");
    page.reload();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    page.reload();
    assertEnded(page);
    assertQuiet();
  }

  private StubAnswer talk() {
    return StubAnswer.stream()
        .tokens(LONG.repeat(4), "Now.")
        .stallUntil(more)
        .tokens("\n\n", LONG.repeat(3), "Then.")
        .stallUntil(rest)
        .tokens("\n\n" + LONG.repeat(3))
        .finish("stop")
        .usage(3, 8)
        .done();
  }

  private Page openSmall() {
    use(new Browser.NewContextOptions().setViewportSize(900, 500));
    return open();
  }
}
