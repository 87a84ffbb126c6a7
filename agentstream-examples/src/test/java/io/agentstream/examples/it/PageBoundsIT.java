package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.agentstream.examples.server.EmbeddedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that the server would refuse is refused before it is sent, in the reader's language. */
class PageBoundsIT extends PageScene {

  @TempDir private static Path folder;
  private static EmbeddedServer bounded;

  /** The messages from pages to the bounded server. */
  private final List<String> sent = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startBounded() throws IOException {
    String agents =
        IntStream.rangeClosed(1, 20)
            .mapToObj(
                i ->
                    """
                    {"name": "Agent%d", "description": "https://example.org/%s", "system_prompt": "Talk."}
                    """
                        .formatted(i, "long".repeat(30)))
            .collect(Collectors.joining(","));
    Path config = folder.resolve("config.json");
    Files.writeString(
        config,
        """
        {"agents": [%s], "limits": {"max_rounds": 2, "max_message_bytes": 20000}}
        """
            .formatted(agents));
    Map<String, String> environment = Map.of("OPENAI_BASE_URL", model.baseUrl());
    bounded = EmbeddedServer.start(environment, "--config", config.toString());
  }

  @AfterAll
  static void stopBounded() {
    bounded.close();
  }

  @Test
  void the_first_click_starts_where_there_are_more_agents_than_can_join() {
    use(new Browser.NewContextOptions().setViewportSize(360, 740));
    Page page = visit();
    assertThat(page.locator("#agents-count")).hasText("16 of 20, at most 16");
    assertThat(page.locator("#rounds")).hasValue("2");
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    page.fill("#topic", "Tea?");
    page.click("#start");
    assertThat(message(page, "Agent16")).hasCount(2);
    assertEnded(page);
    assertQuiet();
  }

  @Test
  void a_start_that_would_be_refused_is_not_sent_and_nothing_typed_is_lost() {
    Page page = visit();
    refuses(page, "#topic", "x".repeat(8_001), "The topic is too long: 8,001 characters");
    refuses(
        page, "#topic", "字".repeat(7_000), "This is too long: 20.6 KB; the maximum is 19.2 KB.");
    page.fill("#topic", "Tea?");
    refuses(page, "#rounds", "60", "At most 2 rounds.");
    page.press("#rounds", "Enter");
    assertThat(page.locator("#rounds")).hasAttribute("aria-invalid", "true");
    page.click("#fewer-rounds");
    assertThat(page.locator("#rounds")).hasValue("2");
    page.click("[data-agent=Agent20]");
    assertThat(page.locator("#start-error")).hasText("At most 16 agents can join.");
    assertThat(page.locator("#start")).isDisabled();
    page.click("[data-agent=Agent2]");
    assertThat(page.locator("#start-error")).isHidden();
    assertThat(sent).noneMatch(frame -> frame.contains("start_conversation"));
    page.click("#start");
    assertThat(message(page, "Agent20").first()).isVisible();
    assertQuiet();
  }

  private static void refuses(Page page, String field, String typed, String words) {
    page.fill(field, typed);
    assertThat(page.locator("#start-error")).containsText(words);
    assertThat(page.locator("#start")).isDisabled();
    page.press("#topic", "Enter");
    assertThat(page.locator(field)).hasValue(typed);
  }

  @Test
  void what_is_too_long_to_be_said_stays_in_its_field() {
    use(new Browser.NewContextOptions().setLocale("zh-CN"));
    Page page = visit();
    page.fill("#topic", "Tea?");
    page.click("#start");
    assertEnded(page);
    String pasted = "字".repeat(7_000);
    page.fill("#say", pasted);
    page.press("#say", "Enter");
    assertThat(page.locator("#say-error")).hasText("内容太长：20.6 KB，最多 19.2 KB。");
    assertThat(page.locator("#say")).hasValue(pasted);
    assertThat(sent).noneMatch(frame -> frame.contains("send_message"));
    page.fill("#say", "好");
    assertThat(page.locator("#say-error")).isHidden();
    assertQuiet();
  }

  @Test
  void a_refusal_that_names_no_command_ends_the_wait_at_once() {
    between((frame, toPage) -> toPage.accept(frame.replaceAll("\"max_\\w+\":", "\"x\":")));
    Page page = visit();
    page.fill("#topic", "x".repeat(30_000));
    page.click("#start");
    Locator error = page.locator("#start-error");
    assertThat(error).hasText("This is more than the server allows.");
    assertThat(page.locator("#start")).hasText("Start");
    assertThat(page.locator("#start")).isEnabled();
    assertThat(page.locator("#topic")).hasValue("x".repeat(30_000));
  }

  private Page visit() {
    Page page = context.newPage();
    watch(page);
    page.onWebSocket(socket -> socket.onFrameSent(frame -> sent.add(frame.text())));
    page.navigate(bounded.http("/").toString());
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(20);
    return page;
  }
}
