package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person steers a conversation. */
class PageSteeringIT extends PageScene {

  @Test
  void one_speaker_is_stopped_and_the_next_goes_on() {
    model.enqueue(startsToSay("Well"), says("My turn."));
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto");
    assertThat(text(page, "Mia")).hasText("Well");
    message(page, "Mia").locator(".stop-speaker").click();

    assertThat(message(page, "Mia").locator(".badge")).hasText("stopped");
    assertThat(text(page, "Otto")).hasText("My turn.");
    assertEnded(page);
    assertThat(text(page, "Mia")).hasText("Well");
    assertQuiet();
  }

  @Test
  void a_pause_begins_after_the_turn_and_ends_on_demand() {
    model.enqueue(startsToSay("Well."), says("My turn."));
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto");
    assertThat(text(page, "Mia")).hasText("Well.");
    page.click("#pause");
    assertThat(state(page)).hasText("Pausing after this turn…");
    rest.countDown();
    assertThat(state(page)).hasText("Paused");
    assertThat(message(page, "Otto")).hasCount(0);

    page.click("#pause");
    assertThat(text(page, "Otto")).hasText("My turn.");
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void what_is_said_waits_for_the_end_of_the_turn() {
    model.enqueue(startsToSay("Well."), says("My turn."));
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto");
    assertThat(text(page, "Mia")).hasText("Well.");
    page.fill("#say", "And milk?");
    page.press("#say", "Enter");
    assertThat(page.locator("#waiting .message-status span")).hasText("after this turn");
    rest.countDown();

    assertThat(page.locator("#transcript .message[data-role=user] .message-text"))
        .hasText("And milk?");
    assertThat(page.locator("#waiting")).isHidden();
    assertThat(text(page, "Mia")).hasText("Well. And more.");
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void a_pause_of_the_server_tells_what_it_waits_for_and_offers_no_end() {
    between(
        (frame, toPage) ->
            toPage.accept(
                frame.replaceAll(
                    "(\"conversation_paused\".*?\"data\":\\{)(?=\")", "$1\"reason\":\"store\",")));
    model.enqueue(startsToSay("Well."));
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto");
    assertThat(text(page, "Mia")).hasText("Well.");
    page.click("#pause");
    assertThat(state(page)).hasText("Pausing after this turn…");
    rest.countDown();
    assertThat(state(page)).hasText("Waiting for the database…");
    assertThat(page.locator("#pause")).isDisabled();
    page.click("#stop");
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void what_waits_is_looked_for_only_in_what_is_new() {
    Page page = open();
    assertThat(page.evaluate(LOOKED_AT)).isEqualTo(List.of(3, false, 1, true));
  }

  /**
   * How many entries are looked at per drawing of a long conversation, and whether it waits no
   * more.
   */
  private static final String LOOKED_AT =
      """
      async () => {
        const { WaitingMessages } = await import(new URL("views/waiting-messages.js", document.baseURI));
        let looks = 0;
        const says = (content) => ({ kind: "message", role: "user", content });
        const entries = new Proxy(Array.from({ length: 10_000 }, () => says("Tea?")), {
          get(target, key) {
            if (typeof key === "string" && /^\\d+$/.test(key)) looks++;
            return target[key];
          },
        });
        const waiting = new WaitingMessages();
        const list = document.getElementById("waiting");
        const look = (contents) => {
          looks = 0;
          entries.push(...contents.map(says));
          waiting.show({ entries });
          return [looks, list.hidden];
        };
        waiting.add({ entries }, { messageId: "m", content: "Milk?" });
        return [...look(["a", "b", "c"]), ...look(["Milk?"])];
      }
      """;

  @Test
  void what_is_said_now_interrupts() {
    model.enqueue(startsToSay("Well"), says("My turn."));
    Page page = open();
    begin(page, "Tea?", "Mia", "Otto");
    assertThat(text(page, "Mia")).hasText("Well");
    page.fill("#say", "Hold on!");
    page.click("#say-now");

    assertThat(message(page, "Mia").locator(".badge")).hasText("interrupted");
    assertThat(page.locator("#transcript .message[data-role=user] .message-text"))
        .hasText("Hold on!");
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void in_manual_mode_the_reader_picks_who_speaks() {
    model.enqueue(says("I was picked."));
    Page page = open();
    begin(page, "manual", 1, "Tea?", "Mia", "Otto");
    assertThat(page.locator("#question-title")).hasText("Your pick");
    Locator otto = page.locator("[data-choice=Otto]");
    assertThat(otto).isEnabled();
    otto.click();
    assertThat(text(page, "Otto")).hasText("I was picked.");
    assertThat(message(page, "Mia")).hasCount(0);
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void a_question_of_an_agent_is_answered() {
    model.enqueue(asksTheReader("With milk?"), says("With milk, then."));
    Page page = open();
    begin(page, "handoff", 2, "Tea?", "Mia", "Otto");
    assertThat(page.locator("#question-prompt")).hasText("Mia hands over to you.");
    assertThat(state(page)).hasText("Waiting for an answer");
    page.fill("#answer", "Yes, please.");
    page.press("#answer", "Enter");
    assertThat(page.locator("#question")).isHidden();
    assertThat(text(page, "Mia").last()).hasText("With milk, then.");
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void a_conversation_goes_on_after_its_end() {
    model.enqueue(says("The end."), says("Once more."));
    Page page = open();
    begin(page, "Tea?", "Mia");
    assertEnded(page);
    page.fill("#say", "And coffee?");
    assertThat(page.locator("#say-send")).hasText("Continue");
    page.click("#say-send");
    assertThat(text(page, "Mia").last()).hasText("Once more.");
    assertThat(page.locator(".ended-line")).hasCount(2);
    assertThat(page.locator(".message .message-text"))
        .hasText(new String[] {"The end.", "And coffee?", "Once more."});
    assertQuiet();
  }
}
