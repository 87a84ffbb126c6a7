package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import io.agentstream.test.StubAnswer;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page where no WebSocket can be had. */
class PageOverHttpIT extends PageScene {

  /** Ends the answer that {@link #startsToSay} begins. */
  private final CountDownLatch rest = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    rest.countDown();
  }

  private StubAnswer startsToSay(String token) {
    return StubAnswer.stream()
        .tokens(token)
        .stallUntil(rest)
        .tokens(" And more.")
        .finish("stop")
        .usage(3, 4)
        .done();
  }

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
