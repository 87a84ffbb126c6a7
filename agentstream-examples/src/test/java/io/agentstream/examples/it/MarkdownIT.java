package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.demo.Script;
import io.agentstream.examples.demo.TimedToken;
import io.agentstream.examples.server.EmbeddedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models' texts in a real browser: shown as Markdown, and never executed. */
@Timeout(240)
class MarkdownIT {

  private static final double PATIENCE_MS = 90_000;
  private static final int SPEAKERS = 3;

  private static final List<String> ATTACKS =
      List.of(
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "<img src=//evil.test/a.png>",
          "![a](http://evil.test/a.png)",
          "![a](//evil.test/b.png)",
          "![a](c.png)",
          "![\"onerror=alert(1)](x)",
          "[a](javascript:alert(1))",
          "[a](JaVaScRiPt:alert(1))",
          "[a](java&#115;cript:alert(1))",
          "[a](data:text/html,<script>alert(1)</script>)",
          "[a](vbscript:alert(1))",
          "[a](http://evil.test \"onmouseover=alert(1)\")",
          "[a](\"onmouseover=alert(1))",
          "[x]: javascript:alert(1)\n\n[x]",
          "<javascript:alert(1)>",
          "<a href=javascript:alert(1)>x</a>",
          "<svg onload=alert(1)>",
          "<svg><script>alert(1)</script></svg>",
          "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
          "<iframe src=http://evil.test></iframe>",
          "<iframe srcdoc='<script>alert(1)</script>'>",
          "<object data=http://evil.test></object>",
          "<embed src=http://evil.test>",
          "<link rel=stylesheet href=http://evil.test/a.css>",
          "<style>@import 'http://evil.test/a.css'</style>",
          "<base href=http://evil.test>",
          "<meta http-equiv=refresh content='0;url=http://evil.test'>",
          "<form action=http://evil.test><input autofocus onfocus=alert(1)></form>",
          "<details open ontoggle=alert(1)>",
          "<video src=http://evil.test/v onerror=alert(1)>",
          "<audio src=http://evil.test/v>",
          "<body onload=alert(1)>",
          "<template><img src=x onerror=alert(1)></template>",
          "<!--><img src=x onerror=alert(1)>-->",
          "&lt;script&gt;alert(1)&lt;/script&gt;",
          "[a](&#x6a;avascript:alert(1))",
          "[b]: &#106;avascript&colon;alert(1)\n\n[b]",
          "| a |\n|---|\n| <br onload=alert(1)> |",
          "\\<img src=x onerror=alert(1)\\>",
          "`<img src=x onerror=alert(1)>`",
          "```\n<img src=x onerror=alert(1)>\n```",
          "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
          "- <img src=x onerror=alert(1)>",
          "> <script>alert(1)</script>");

  private static final String PROSE =
      """
      ## Plan

      Some **bold**, *soft* and `code` with a [link](https://example.org).

      1. first
      2. second
         - inner

      ```java
      List<b> a;
      ```

      | name | size |
      |------|------|
      | a    | 1    |

      > quoted

      End.""";

  /** The model's answer. */
  private static volatile Script script = request -> List.of();

  private static CompletionServer model;
  private static EmbeddedServer server;

  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private Page page;

  @BeforeAll
  static void start() {
    model = CompletionServer.start(request -> script.answer(request));
    server = EmbeddedServer.start(Map.of("OPENAI_BASE_URL", model.baseUrl()));
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
      model.close();
    }
  }

  @BeforeEach
  void openBrowser() {
    page = Chromium.shared().newContext().newPage();
    page.onDialog(this::complain);
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> complaints.add(message.text()));
  }

  @AfterEach
  void closeBrowser() {
    page.context().close();
  }

  private void complain(Dialog dialog) {
    complaints.add(dialog.message());
    dialog.dismiss();
  }

  @Test
  void markdown_is_shown_as_such() {
    shown(PROSE, 3);
    // The end may be shown some frames before the text.
    assertThat(page.locator(".markdown").first())
        .hasJSProperty(
            "innerHTML",
            """
            <h4 dir="auto">Plan</h4>\
            <p dir="auto">Some <strong>bold</strong>, <em>soft</em> and <code>code</code> with a \
            <a href="https://example.org" target="_blank" rel="noopener noreferrer">link</a>.</p>\
            <ol dir="auto"><li><p>first</p></li><li><p>second</p><ul><li><p>inner</p></li></ul></li></ol>\
            <pre dir="ltr" tabindex="0" data-language="java"><code>List&lt;b&gt; a;</code></pre>\
            <div dir="auto" class="table" tabindex="0"><table><thead><tr><th>name</th><th>size</th></tr></thead>\
            <tbody><tr><td>a</td><td>1</td></tr></tbody></table></div>\
            <blockquote dir="auto"><p>quoted</p></blockquote>\
            <p dir="auto">End.</p>""");
    assertThat(complaints).isEmpty();
  }

  /** Tokens of one character cut each attack in every place, long ones nowhere, others in some. */
  static IntStream tokenLengths() {
    return Boolean.getBoolean("agentstream.slow")
        ? IntStream.of(1, 7, 1000)
        : IntStream.of(1, 1000);
  }

  @ParameterizedTest
  @MethodSource("tokenLengths")
  void nothing_that_a_model_writes_loads_or_runs(int tokenLength) {
    shown(String.join("\n\n", ATTACKS), tokenLength);
    assertThat(page.locator(".markdown").first()).containsText("<script>alert(1)</script>");
    assertThat(page.locator(".markdown blockquote")).hasCount(SPEAKERS);
    assertThat(
            page.locator(
                ".markdown :is(script, img, svg, math, iframe, object, embed, link, style, base,"
                    + " meta, form, input, video, audio, template, details)"))
        .hasCount(0);
    assertThat(page.locator(".markdown a:not([href^='http'])")).hasCount(0);
    assertThat(page.locator(".markdown a:not([rel='noopener noreferrer'])")).hasCount(0);
    assertThat(requests).as("requests once the page was there").isEmpty();
    assertThat(complaints).isEmpty();
  }

  /** Each of the first two would crash or freeze a tab that sets no bounds. */
  @Test
  void a_model_that_runs_in_circles_keeps_nobody_else_from_being_drawn() {
    AwaitedFrames.count(page);
    List<String> texts =
        List.of("1. ".repeat(3000), "[a](".repeat(3000), "Tea [1].\n\n[1]: https://example.org");
    AtomicInteger answers = new AtomicInteger();
    script = request -> tokens(texts.get(answers.getAndIncrement()), 97);
    page.navigate(server.http("/").toString());
    page.fill("#topic", "In circles");
    page.fill("#rounds", "1");
    page.click("#start");
    assertEnded();
    assertThat(page.locator(".markdown").last().locator("p").first()).hasText("Tea 1.");
    List<Object> live = drawn();
    page.reload();
    assertEnded();
    assertThat(page.locator(".markdown").last().locator("p").first()).hasText("Tea 1.");
    assertThat(drawn()).isEqualTo(live);
    assertThat(complaints).isEmpty();
  }

  /** Returns what is drawn, once there is nothing left to draw. */
  @SuppressWarnings("unchecked")
  private List<Object> drawn() {
    AwaitedFrames.awaitNone(page);
    return (List<Object>)
        page.evaluate(
            "Array.from(document.querySelectorAll('.markdown'), (body) => body.innerHTML)");
  }

  private void assertEnded() {
    assertThat(page.locator("#conversation-state"))
        .hasAttribute("data-state", "ended", new HasAttributeOptions().setTimeout(PATIENCE_MS));
  }

  /** One agent says {@code text} in tokens of {@code tokenLength}. */
  private void shown(String text, int tokenLength) {
    script = request -> tokens(text, tokenLength);
    page.navigate(server.http("/").toString());
    page.fill("#topic", "Markdown");
    page.fill("#rounds", "1");
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(SPEAKERS);
    page.route("**/*", this::refuse);
    page.click("#start");
    assertEnded();
  }

  /** The icon is the browser's own wish, on each change of the address. */
  private void refuse(Route route) {
    if (route.request().url().endsWith("/icon.svg")) {
      route.resume();
    } else {
      requests.add(route.request().url());
      route.abort();
    }
  }

  private static List<TimedToken> tokens(String text, int length) {
    return IntStream.rangeClosed(0, (text.length() - 1) / length)
        .map(index -> index * length)
        .mapToObj(from -> text.substring(from, Math.min(text.length(), from + length)))
        .map(token -> new TimedToken(token, 1))
        .toList();
  }
}
