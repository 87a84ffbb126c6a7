package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page where no WebSocket can be had. */
class PageOverHttpIT extends GuardedScene {

  private static final String SAID =
      "seen.filter(({ type }) => type === 'streaming_token').map((frame) => frame.data.token).join('')";

  /** The frames that do not follow the one before. */
  private static final String GAPS =
      """
      JSON.stringify(
        seen
          .filter((frame) => frame.seq)
          .filter((frame, i, all) => (frame.from_seq ?? frame.seq) !== (all[i - 1]?.seq ?? 0) + 1))
      """;

  @Test
  void through_an_nginx_that_refuses_upgrades_a_conversation_is_started_steered_and_read_again()
      throws Exception {
    try (Proxy nginx =
        Proxy.nginx(
            server.port(),
            text ->
                text.replace(
                    "location = /ws {", "location = /ws { return 403; }\nlocation = /never {"))) {
      Page page = openOverHttp(nginx);
      model.enqueue(startsToSay("Well."), says("My turn."));
      begin(page, "Tea?", "Mia", "Otto");
      assertThat(text(page, "Mia")).hasText("Well.");
      page.click("#pause");
      assertThat(state(page)).hasText("Pausing after this turn…");
      rest.countDown();
      assertThat(text(page, "Mia")).hasText("Well. And more.");
      assertThat(state(page)).hasText("Paused");
      page.click("#pause");
      assertThat(text(page, "Otto")).hasText("My turn.");
      assertEnded(page);

      page.reload();
      assertThat(page.locator("#connection-text")).hasText("Connected over HTTP");
      assertThat(text(page, "Otto")).hasText("My turn.");
      assertThat(message(page, "Mia")).hasCount(1);
    }
  }

  /** An nginx buffers by default, and so do most settings that nobody has thought about. */
  @Test
  void through_an_nginx_that_buffers_and_knows_no_upgrades_each_token_comes_at_once()
      throws Exception {
    try (Proxy nginx =
        Proxy.nginx(
            server.port(),
            text ->
                text.replaceAll("(?s)    location = /ws \\{.*?\n    \\}\n", "")
                    .replace("proxy_buffering off;", "proxy_buffering on;"))) {
      Page page = openOverHttp(nginx);
      model.enqueue(startsToSay("First"));
      begin(page, "Tea?", "Mia");
      // The model says no more until this token has come.
      assertThat(text(page, "Mia")).hasText("First");
      rest.countDown();
      assertThat(text(page, "Mia")).hasText("First And more.");
      assertEnded(page);
    }
  }

  @Test
  void a_websocket_that_can_be_had_again_is_used_and_nothing_is_shown_twice() {
    context.addInitScript(
        "const Real = WebSocket; window.WebSocket = class extends Real { constructor(url, protocol)"
            + " { super(window.letThrough ? url : url.replace('/ws', '/none'), protocol); } }");
    Page page = openOverHttp(server.http("/"));
    model.enqueue(startsToSay("Well."));
    begin(page, "Tea?", "Mia");
    assertThat(text(page, "Mia")).hasText("Well.");

    page.evaluate("window.letThrough = true; window.dispatchEvent(new Event('online'))");

    assertThat(page.locator("#connection-text")).hasText("Connected");
    rest.countDown();
    assertThat(text(page, "Mia")).hasText("Well. And more.");
    assertThat(message(page, "Mia")).hasCount(1);
    assertEnded(page);
  }

  /** The page of one's own that docs/http.md shows, cut off in the middle of a message. */
  @Test
  void the_documented_event_source_watches_with_tickets_and_misses_nothing_over_a_cut()
      throws Exception {
    try (CuttingProxy line = CuttingProxy.to(guarded.port())) {
      Page page = context.newPage();
      page.navigate(line.url());
      model.enqueue(startsToSay("Well."));
      page.evaluate(
          """
          async (token) => {
            WATCH
            const started = await fetch("/api/conversations", {
              method: "POST",
              headers: { Authorization: "Bearer " + token, "Content-Type": "application/json" },
              body: JSON.stringify({ topic: "Tea?", agents: ["Mia"], max_rounds: 1 }),
            });
            window.seen = [];
            watch((await started.json()).conversation_id, token, (frame) => seen.push(frame));
          }
          """
              .replace("WATCH", documentedWatch()),
          ANN);
      page.waitForFunction("() => seen.some((frame) => frame.type === 'streaming_token')");

      line.cut();
      rest.countDown();

      page.waitForFunction("() => seen.some((frame) => frame.type === 'conversation_ended')");
      assertThat(page.evaluate(SAID)).isEqualTo("Well. And more.");
      assertThat(page.evaluate(GAPS)).isEqualTo("[]");
      assertThat(page.evaluate("seen.filter((frame) => frame.type === 'joined').length"))
          .isNotEqualTo(1);
    }
  }

  private static String documentedWatch() throws IOException {
    Matcher blocks =
        Pattern.compile("(?s)```js\n(.*?)```")
            .matcher(Files.readString(Path.of("../docs/http.md")));
    assertThat(blocks.find()).isTrue();
    return blocks.group(1);
  }

  private Page openOverHttp(Proxy proxy) {
    return openOverHttp(proxy.http("/"));
  }

  private Page openOverHttp(URI address) {
    Page page = context.newPage();
    page.navigate(address.toString());
    assertThat(page.locator("#connection-text")).hasText("Connected over HTTP");
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(3);
    return page;
  }
}
