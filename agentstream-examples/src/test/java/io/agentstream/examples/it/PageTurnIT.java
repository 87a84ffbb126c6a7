package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.BoundingBox;
import io.agentstream.test.StubAnswer;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * A reader turns from one conversation to another, and uses the page while it changes. On a machine
 * that does much else many frames of the server arrive before the page draws again.
 */
class PageTurnIT extends PageScene {

  private final List<String> received = new CopyOnWriteArrayList<>();

  @Test
  void a_conversation_that_arrives_before_the_page_draws_is_shown_with_its_own_messages() {
    model.enqueue(says("Done."), says("Well."));
    keepWhatIsReceived();
    Page page = open();
    begin(page, "The first", "Mia");
    assertEnded(page);
    page.click("#sidebar-new");
    begin(page, "The second", "Mia");
    assertEnded(page);
    assertThat(text(page, "Mia")).hasText("Well.");

    holdFrames(page);
    turnTo(page, "The first");
    awaitSnapshot(page);
    drawFrames(page);
    assertThat(page.locator("#conversation-topic")).hasText("The first");
    assertThat(text(page, "Mia")).hasText("Done.");
    assertQuiet();
  }

  @Test
  void a_question_of_another_conversation_is_another_question() {
    keepWhatIsReceived();
    Page page = open();
    begin(page, "manual", 1, "Who begins?", "Mia", "Otto");
    assertThat(page.locator("#question-choices button")).hasText(new String[] {"MMia", "OOtto"});
    page.click("#sidebar-new");
    begin(page, "manual", 1, "And here?", "Otto", "Lin");
    assertThat(page.locator("#question-choices button")).hasText(new String[] {"OOtto", "LLin"});

    listen(page);
    holdFrames(page);
    turnTo(page, "Who begins?");
    assertThat(page.locator("#question")).isHidden();
    awaitSnapshot(page);
    drawFrames(page);
    assertThat(page.locator("#question-choices button")).hasText(new String[] {"MMia", "OOtto"});
    assertThat(remembered(page, "announced")).hasSize(1);
    page.locator("[data-choice=Mia]").click();
    assertThat(text(page, "Mia")).hasText("Fine.");
    assertQuiet();
  }

  @Test
  void an_answer_that_was_begun_is_not_for_the_question_of_another_conversation() {
    model.enqueue(asksTheReader("With milk?"), asksTheReader("With sugar?"));
    Page page = open();
    begin(page, "handoff", 2, "Milk", "Mia", "Otto");
    assertThat(page.locator("#question-prompt")).isVisible();
    page.fill("#answer", "A drop.");
    page.click("#sidebar-new");
    begin(page, "handoff", 2, "Sugar", "Mia", "Otto");
    assertThat(page.locator("#question-prompt")).isVisible();
    assertThat(page.locator("#answer")).hasValue("");
    turnTo(page, "Milk");
    assertThat(page.locator("#answer")).hasValue("A drop.");
    assertQuiet();
  }

  @Test
  void a_message_that_could_not_be_sent_goes_back_to_its_own_conversation() {
    List<Runnable> refusals = new ArrayList<>();
    context.routeWebSocket(
        "**/ws",
        page -> {
          WebSocketRoute line = page.connectToServer();
          line.onMessage(frame -> page.send(frame.text()));
          page.onMessage(
              frame -> {
                if (typeOf(frame.text()).equals("send_message")) {
                  refusals.add(() -> page.send(refusalOf(frame.text())));
                } else {
                  line.send(frame.text());
                }
              });
        });
    Page page = open();
    begin(page, "One", "Mia");
    assertEnded(page);
    page.click("#sidebar-new");
    begin(page, "Two", "Mia");
    assertEnded(page);
    page.fill("#say", "Meant for two.");
    page.click("#say-send");
    page.waitForCondition(() -> !refusals.isEmpty());

    turnTo(page, "One");
    assertThat(page.locator("#conversation-topic")).hasText("One");
    page.fill("#say", "Meant for one.");
    refusals.forEach(Runnable::run);
    turnTo(page, "Two");
    assertThat(page.locator("#say")).hasValue("Meant for two.");
    turnTo(page, "One");
    assertThat(page.locator("#say")).hasValue("Meant for one.");
    assertQuiet();
  }

  private static String refusalOf(String command) {
    return """
        {"type": "error", "in_reply_to": "%s",
         "data": {"code": "rate_limited", "message": "Later.", "retryable": true, "fatal": false}}
        """
        .formatted(json(command).get("id").asText());
  }

  @Test
  void a_click_meets_its_conversation_though_another_one_comes_above_it_meanwhile() {
    keepWhatIsReceived();
    Page page = open();
    begin(page, "Press me", "Mia");
    assertEnded(page);
    page.click("#sidebar-new");
    press(page, link(page, "Press me"));
    comesAbove(page, "Comes above");
    page.mouse().up();
    assertThat(page.locator("#conversations [aria-current]")).containsText("Press me");
    assertThat(page.locator("#conversation-topic")).isVisible();
    assertThat(link(page, "Comes above")).hasCount(1);
    assertQuiet();
  }

  @Test
  void a_title_that_is_being_written_stays_open_though_another_conversation_comes_above_it() {
    keepWhatIsReceived();
    Page page = open();
    begin(page, "Rename me", "Mia");
    assertEnded(page);
    link(page, "Rename me").press("F2");
    Locator field = page.locator(".conversation-title");
    field.fill("Half a ti");
    comesAbove(page, "Comes above, too");
    assertThat(link(page, "Comes above, too")).hasCount(1);
    assertThat(field).isFocused();
    page.keyboard().type("tle");
    page.keyboard().press("Enter");
    assertThat(link(page, "Half a title")).isFocused();
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
      page.waitForCondition(() -> hasReceived("agents"));
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
    CountDownLatch rest = new CountDownLatch(1);
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
    page.mouse().up();
    assertThat(page.locator("#transcript .message[data-role=user] .message-text"))
        .hasText("Hold on!");
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void the_window_has_the_topic_as_its_title_again_when_the_reader_returns() {
    keepWhatIsReceived();
    Page page = open();
    begin(page, "Title", "Mia");
    assertEnded(page);
    assertThat(page).hasTitle("Title — agentstream");
    page.click("#sidebar-new");
    assertThat(page).hasTitle("agentstream");
    holdFrames(page);
    turnTo(page, "Title");
    awaitSnapshot(page);
    drawFrames(page);
    assertThat(page).hasTitle("Title — agentstream");
    assertQuiet();
  }

  private void keepWhatIsReceived() {
    between(
        (frame, toPage) -> {
          toPage.accept(frame);
          received.add(frame);
        });
  }

  private boolean hasReceived(String type) {
    return received.stream().anyMatch(frame -> typeOf(frame).equals(type));
  }

  private void turnTo(Page page, String topic) {
    received.clear();
    link(page, topic).click();
  }

  private static Locator link(Page page, String topic) {
    return page.locator("#conversations a", new Page.LocatorOptions().setHasText(topic)).first();
  }

  private static void press(Page page, Locator control) {
    BoundingBox box = control.boundingBox();
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
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
  }

  /** Waits until the page has a frame, and has had time to draw it. */
  private void awaitReceived(Page page, String type, String content) {
    page.waitForCondition(
        () -> received.stream().anyMatch(f -> typeOf(f).equals(type) && f.contains(content)));
    page.evaluate(
        "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
  }

  private void awaitSnapshot(Page page) {
    page.waitForCondition(() -> hasReceived("snapshot"));
  }

  /** From now on the page does not get to draw. */
  private static void holdFrames(Page page) {
    page.evaluate(
        """
        () => {
          const draw = window.requestAnimationFrame;
          const held = [];
          window.requestAnimationFrame = (frame) => held.push(frame);
          window.drawFrames = () => {
            window.requestAnimationFrame = draw;
            held.forEach((frame) => draw(frame));
          };
        }
        """);
  }

  private static void drawFrames(Page page) {
    page.evaluate("drawFrames()");
  }
}
