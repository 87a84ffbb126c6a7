package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import io.agentstream.test.StubAnswer;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A reader presses, writes and chooses while the page changes. */
class PagePressIT extends PageScene {

  @Test
  void a_click_meets_its_conversation_though_another_one_comes_above_it_meanwhile() {
    keepWhatIsReceived();
    Page page = open();
    begin(page, "Press me", "Mia");
    assertEnded(page);
    page.click("#sidebar-new");
    press(page, listed(page, "Press me"));
    comesAbove(page, "Comes above");
    page.mouse().up();
    assertThat(page.locator("#conversations [aria-current]")).containsText("Press me");
    assertThat(page.locator("#conversation-topic")).isVisible();
    assertThat(listed(page, "Comes above")).hasCount(1);
    assertQuiet();
  }

  @Test
  void a_title_that_is_being_written_stays_open_though_another_conversation_comes_above_it() {
    keepWhatIsReceived();
    Page page = open();
    begin(page, "Rename me", "Mia");
    assertEnded(page);
    listed(page, "Rename me").press("F2");
    Locator field = page.locator(".conversation-title");
    field.fill("Half a ti");
    comesAbove(page, "Comes above, too");
    assertThat(listed(page, "Comes above, too")).hasCount(1);
    assertThat(field).isFocused();
    page.keyboard().type("tle");
    page.keyboard().press("Enter");
    assertThat(listed(page, "Half a title")).isFocused();
    assertQuiet();
  }

  @Test
  void who_chooses_agents_by_keyboard_keeps_the_place_when_the_connection_comes_back() {
    List<WebSocketRoute> lines = new ArrayList<>();
    context.routeWebSocket(
        "**/ws",
        page -> {
          WebSocketRoute line = page.connectToServer();
          page.onMessage(frame -> line.send(frame.text()));
          line.onMessage(
              frame -> {
                page.send(frame.text());
                received.add(frame.text());
              });
          lines.add(page);
        });
    Page page = open();
    Locator otto = page.locator(".agent-check[value=Otto]");
    Locator manual = page.locator("[data-selection=manual] input");
    otto.uncheck();
    manual.focus();
    manual.press("Space");
    for (Locator place : List.of(otto, manual)) {
      place.focus();
      received.clear();
      lines.get(lines.size() - 1).close(new WebSocketRoute.CloseOptions().setCode(1011));
      awaitReceived(page, "agents", "");
      assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
      assertThat(place).isFocused();
    }
    assertThat(otto).not().isChecked();
    assertThat(manual).isChecked();
  }

  @Test
  void a_stop_meets_its_speaker_though_another_one_says_more_above_meanwhile() {
    Page page = open();
    page.evaluate(TWO_SPEAKERS);
    press(page, page.locator("[data-agent=Otto] .stop-speaker"));
    page.evaluate("sayMore()");
    page.mouse().up();
    page.waitForFunction("() => stopped.length > 0");
    assertThat(page.evaluate("stopped")).isEqualTo(List.of("m2"));
    assertThat(text(page, "Mia")).containsText("Three.");
    assertQuiet();
  }

  /** A transcript of its own, in which two speak at the same time. */
  private static final String TWO_SPEAKERS =
      """
      async () => {
        const { Transcript } = await import(new URL("views/transcript.js", document.baseURI));
        const speaker = (messageId, sender) => ({
          kind: "message", role: "assistant", state: "streaming", messageId, sender, run: 1, round: 1,
          content: "Well.", thinking: "", tools: [], resets: 0,
        });
        const entries = [speaker("m1", "Mia"), speaker("m2", "Otto")];
        const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
        window.stopped = [];
        const transcript = new Transcript({
          onGrown() {},
          onStopSpeaker: async (messageId) => stopped.push(messageId),
        });
        document.getElementById("start-view").hidden = true;
        document.getElementById("conversation-view").hidden = false;
        transcript.reset({ conversationId: "c", entries });
        await frame();
        window.sayMore = async () => {
          entries[0].content += "\\n\\nOne paragraph more.\\n\\nTwo.\\n\\nThree.";
          transcript.touch(entries[0]);
          await frame();
          await frame();
        };
      }
      """;

  @Test
  void what_is_to_interrupt_a_turn_is_sent_though_the_turn_ends_while_it_is_pressed() {
    model.enqueue(
        StubAnswer.stream().tokens("Well.").stallUntil(rest).finish("stop").usage(3, 4).done());
    keepWhatIsReceived();
    Page page = open();
    begin(page, "Talk", "Mia");
    assertThat(text(page, "Mia")).hasText("Well.");
    page.fill("#say", "Hold on!");
    press(page, page.locator("#say-now"));
    rest.countDown();
    awaitReceived(page, "conversation_ended", "");
    awaitDrawn(page);
    page.mouse().up();
    assertThat(page.locator("#transcript .message[data-role=user] .message-text"))
        .hasText("Hold on!");
    assertEnded(page);
    assertQuiet();
  }

  private static void press(Page page, Locator control) {
    // Waits until it stands still and can be pressed.
    control.hover();
    page.mouse().down();
  }

  /** Somebody else begins a conversation, and the page learns of it and has had time to draw it. */
  private void comesAbove(Page page, String topic) {
    Viewer.connect(HttpClient.newHttpClient(), server.webSocket())
        .send(
            "start_conversation", Map.of("topic", topic, "agents", List.of("Mia"), "max_rounds", 1))
        .answer("start_conversation")
        .join();
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    awaitReceived(page, "conversations", topic);
    awaitDrawn(page);
  }

  private static void awaitDrawn(Page page) {
    page.evaluate(
        "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
  }
}
