package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A reader turns from one conversation to another. On a machine that does much else, many frames of
 * the server arrive before the page draws again.
 */
class PageTurnIT extends PageScene {

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

    turnWithoutFrames(page, "The first");
    awaitReceived(page, "snapshot", "");
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
    turnWithoutFrames(page, "Who begins?");
    assertThat(page.locator("#question")).isHidden();
    awaitReceived(page, "snapshot", "");
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
  void the_window_has_the_topic_as_its_title_again_when_the_reader_returns() {
    keepWhatIsReceived();
    Page page = open();
    begin(page, "Title", "Mia");
    assertEnded(page);
    assertThat(page).hasTitle("Title — agentstream");
    page.click("#sidebar-new");
    assertThat(page).hasTitle("agentstream");
    turnWithoutFrames(page, "Title");
    awaitReceived(page, "snapshot", "");
    drawFrames(page);
    assertThat(page).hasTitle("Title — agentstream");
    assertQuiet();
  }

  private void turnTo(Page page, String topic) {
    received.clear();
    listed(page, topic).click();
  }

  /**
   * Turns to a conversation while the page does not draw. The list has to show it before, because
   * the list is not drawn either.
   */
  private void turnWithoutFrames(Page page, String topic) {
    assertThat(listed(page, topic)).isVisible();
    holdFrames(page);
    turnTo(page, topic);
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
