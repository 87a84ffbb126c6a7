package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import io.agentstream.examples.demo.CompletionServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five speakers at once, each with 100 tokens a second, on a page that shows 5,000 tokens already,
 * or 20,000 in the profile {@code slow}. Counts are asserted; times are printed, since they are the
 * machine's mood as well.
 */
@Timeout(240)
class SmoothnessIT {

  private static final boolean SLOW = Boolean.getBoolean("agentstream.slow");
  private static final int SPEAKERS = 5;
  private static final int TOKENS_BEFORE = SLOW ? 20_000 : 5_000;
  private static final int TOKENS_EACH = SLOW ? 600 : 300;
  private static final int EVERY_MS = 10;
  private static final double PATIENCE_MS = 120_000;

  /** Its text node, and now and then a block that it begins or the state of its message. */
  private static final int NODES_PER_TOKEN = 2;

  /** Longer than any two blocks that follow each other in {@link EssayScript}. */
  private static final int TWO_BLOCKS_CHARS = 300;

  private static final long HEAP_SLACK_BYTES = 512 * 1024;

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  void five_speakers_leave_what_is_finished_alone_and_draw_once_a_frame() throws IOException {
    EssayScript script = new EssayScript(SPEAKERS, TOKENS_BEFORE / SPEAKERS, TOKENS_EACH, EVERY_MS);
    try (CompletionServer model = CompletionServer.start(script);
        ServerProcess server =
            ServerProcess.start(
                Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", config().toString());
        Chromium chromium = Chromium.launch();
        BrowserContext context = chromium.newContext()) {
      Page page = context.newPage();
      AwaitedFrames.count(page);
      page.addInitScript(resource("frame-probe.js"));
      page.route("**/inline-parser.js", SmoothnessIT::countWhatIsRead);
      page.navigate(server.http("/").toString());
      fill(page);

      AwaitedFrames.awaitNone(page);
      page.evaluate("probe.start('2')");
      Viewer viewer = Viewer.connect(HttpClient.newHttpClient(), server.webSocket());
      String id = URI.create(page.url()).getFragment().replace("/c/", "");
      viewer.send("join_conversation", Map.of("conversation_id", id));
      viewer.first("snapshot").join();
      chromium.browser().startTracing(page, ChromeTrace.options());
      // Asking the page itself for its progress would disturb it.
      viewer.send("send_message", Map.of("conversation_id", id, "content", "Go on, all of you."));
      viewer.first("conversation_ended").join();
      byte[] recorded = chromium.browser().stopTracing();
      Files.write(Path.of("target/page-trace.json"), recorded);
      ChromeTrace trace = ChromeTrace.of(recorded);
      assertEnded(page, 2);
      JsonNode counts = report(page);
      System.out.println("[INFO] Page: " + FrameFigures.of(trace, counts));
      assertCounts(counts);
      assertHeapStaysFlat(context, page);
    }
  }

  private static void fill(Page page) {
    assertThat(page.locator(".agent-card[data-agent]")).hasCount(SPEAKERS);
    page.fill("#topic", "What makes a good plan?");
    page.fill("#rounds", "1");
    page.click("[data-selection=parallel]");
    page.click("#start");
    assertEnded(page, 1);
  }

  private static void assertEnded(Page page, int run) {
    assertThat(page.locator(".ended-line[data-run='" + run + "']"))
        .hasAttribute(
            "data-reason", "max_rounds", new HasAttributeOptions().setTimeout(PATIENCE_MS));
  }

  private static void assertCounts(JsonNode counts) {
    long tokens = (long) SPEAKERS * TOKENS_EACH;
    assertThat(counts.get("batchesPerFrame").asInt())
        .as("DOM updates a frame, at most")
        .isEqualTo(1);
    assertThat(counts.get("touchedBefore").asInt()).as("changes to messages that rest").isZero();
    assertThat(counts.get("touchedFinished").asInt()).as("changes to finished blocks").isZero();
    long touched = sum(counts.get("touchedPerFrame"));
    System.out.printf(
        "[INFO] Page: %d tokens touched %d nodes and took %d characters to be read as Markdown%n",
        tokens, touched, counts.get("lexed").asLong());
    assertThat(touched).as("nodes touched").isLessThan(tokens * NODES_PER_TOKEN);
    assertThat(counts.get("lexed").asLong())
        .as("characters read as Markdown")
        .isLessThan(counts.get("lexerCalls").asLong() * TWO_BLOCKS_CHARS + 2 * tokens * 6);
  }

  /** A hundred frames after the end, the memory is the same as at the end. */
  private static void assertHeapStaysFlat(BrowserContext context, Page page) {
    CDPSession session = context.newCDPSession(page);
    PageHeap end = PageHeap.of(session);
    page.evaluate("probe.frame(100)");
    PageHeap later = PageHeap.of(session);
    System.out.println("[INFO] Page: " + end + " at the end, " + later + " 100 frames later");
    assertThat(later.nodes()).as("nodes held").isLessThanOrEqualTo(end.nodes());
    assertThat(later.listeners()).as("listeners held").isLessThanOrEqualTo(end.listeners());
    assertThat(later.bytes()).as("heap").isLessThan(end.bytes() + HEAP_SLACK_BYTES);
  }

  private static long sum(JsonNode numbers) {
    return IntStream.range(0, numbers.size()).mapToLong(i -> numbers.get(i).asLong()).sum();
  }

  private static JsonNode report(Page page) throws IOException {
    return JSON.readTree((String) page.evaluate("JSON.stringify(probe.report())"));
  }

  /** The reader of lines as it is, with a count of the characters that it is given. */
  private static void countWhatIsRead(Route route) {
    String counted =
        route.fetch().text().replace("export function parseInline", "function counted")
            + """
            export function parseInline(text, ...rest) {
              probe.lexed += text.length;
              probe.lexerCalls++;
              return counted(text, ...rest);
            }
            """;
    route.fulfill(new Route.FulfillOptions().setContentType("text/javascript").setBody(counted));
  }

  private Path config() throws IOException {
    String agents =
        IntStream.rangeClosed(1, SPEAKERS)
            .mapToObj(
                number ->
                    """
                    {"name": "Speaker %d", "description": "speaks", "system_prompt": "Speak."}"""
                        .formatted(number))
            .collect(Collectors.joining(","));
    return Files.writeString(folder.resolve("config.json"), "{\"agents\": [" + agents + "]}");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SmoothnessIT.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
