package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.agentstream.examples.server.EmbeddedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations leave the page as JSON files and come back, on a server that keeps them. */
class PageDocumentsIT extends PageScene {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path data;
  private static EmbeddedServer keeping;

  @TempDir private Path folder;

  @BeforeAll
  static void keep() {
    keeping =
        EmbeddedServer.start(Map.of("OPENAI_BASE_URL", model.baseUrl()), "--data", data.toString());
  }

  @AfterAll
  static void close() {
    keeping.close();
  }

  @Test
  void a_downloaded_conversation_comes_back_as_it_was_and_continues() throws IOException {
    model.enqueue(says("Tea, <b>please</b>."), says("Coffee."));
    Page page = openKeeping();
    begin(page, "茶？", "Mia", "Otto");
    assertEnded(page);
    Locator otto = page.locator(".participant[data-agent=Otto]");
    otto.locator("button").click();
    page.locator("#roster-actions").getByText("Mute").click();
    assertThat(otto).hasAttribute("data-muted", "");
    Path file = download(page);
    bringIn(page, file);
    assertThat(text(page, "Mia")).hasText("Tea, <b>please</b>.");
    assertEnded(page);
    assertThat(otto).hasAttribute("data-muted", "");
    assertThat(page.locator("#conversations li").first()).containsText("茶？");
    screenshot(page, "imported");
    JsonNode before = JSON.readTree(file.toFile());
    JsonNode after = JSON.readTree(download(page).toFile());
    for (String part :
        List.of("/topic", "/agents", "/muted", "/run", "/usage", "/ended", "/messages/1/tools")) {
      assertThat(after.at(part)).as(part).isEqualTo(before.at(part));
    }
    assertThat(after.at("/messages/1/content")).isEqualTo(before.at("/messages/1/content"));

    model.enqueue(says("With milk."));
    page.fill("#say", "And how?");
    page.press("#say", "Enter");
    assertThat(text(page, "Mia").last()).hasText("With milk.");
    assertEnded(page);
    assertThat(text(page, "Otto")).hasCount(1);
    assertQuiet();
  }

  @Test
  void a_conversation_that_is_downloaded_in_mid_sentence_can_be_imported() throws IOException {
    model.enqueue(startsToSay("Half a", " sentence."));
    Page page = openKeeping();
    begin(page, "How long?", "Mia");
    assertThat(text(page, "Mia")).hasText("Half a");
    Path file = download(page);
    bringIn(page, file);
    assertThat(text(page, "Mia")).hasText("Half a");
    assertEnded(page);
    rest.countDown();
    assertQuiet();
  }

  @Test
  void a_file_that_is_no_conversation_is_refused_with_a_sentence() throws IOException {
    Page page = openKeeping();
    Locator notice = page.locator("#notice");
    choose(page, write("no conversation"));
    assertThat(notice)
        .hasText(
            "This file cannot be read as a conversation. Choose a file that was downloaded as JSON.");
    choose(page, write(""));
    assertThat(notice).containsText("cannot be read");
    choose(page, write("{\"version\": 2}"));
    assertThat(notice).containsText("The server says: 'version' must be 1");
    choose(page, write("{\"version\": 1, \"<img src=x>\": 1, \"topic\": 7}"));
    assertThat(notice).containsText("'topic' is not what version 1 of a document has there");
    choose(page, write("{\"version\": 1, \"topic\": \"" + "x".repeat(4 << 20) + "\"}"));
    assertThat(notice).hasText("This file is too long: a conversation may have 4 MB.");
    assertThat(page.locator("#import-conversation")).isEnabled();
    assertQuiet();
  }

  @Test
  void a_conversation_of_strangers_is_imported_and_the_page_says_that_it_cannot_continue()
      throws IOException {
    Page page = openKeeping();
    begin(page, "Where?", "Mia");
    assertEnded(page);
    ObjectNode document = (ObjectNode) JSON.readTree(download(page).toFile());
    document.putArray("agents").add("Stranger");
    choose(page, write(document.toString()));
    assertThat(page.locator("#notice")).containsText("It cannot continue");
    assertThat(text(page, "Mia")).hasText("Fine.");
    assertQuiet();
  }

  @Test
  void in_a_narrow_window_the_drawer_makes_way_for_the_refusal() throws IOException {
    use(new Browser.NewContextOptions().setViewportSize(390, 800).setLocale("zh-CN"));
    Page page = openKeeping();
    page.click("#menu");
    assertThat(page.locator("#import-conversation")).isVisible();
    assertThat(page.locator("#import-conversation")).hasAttribute("aria-label", "从 JSON 文件导入对话");
    screenshot(page, "import-narrow");
    choose(page, write("[]"));
    assertThat(page.locator("#notice")).hasText("无法从这个文件读出对话。请选择下载为 JSON 的文件。");
    assertThat(page.locator("#notice")).isInViewport();
    assertThat(page.locator("#veil")).isHidden();
    screenshot(page, "import-refused-narrow");
    assertQuiet();
  }

  @Test
  void a_server_that_keeps_nothing_offers_no_import() {
    assertThat(open().locator("#import-conversation")).isHidden();
  }

  private Page openKeeping() {
    return open(keeping.http("/").toString());
  }

  private static void choose(Page page, Path file) {
    page.waitForFileChooser(() -> page.click("#import-conversation")).setFiles(file);
  }

  /** Imports a conversation, and waits until the page shows it. */
  private static void bringIn(Page page, Path file) {
    String before = page.url();
    choose(page, file);
    page.waitForURL(url -> !url.equals(before));
    // Both may have the same words, so that those do not say which conversation is shown.
    assertThat(page.locator("#conversation-view")).hasAttribute("data-sync", "live");
  }

  private Path write(String text) throws IOException {
    return Files.write(folder.resolve("given.json"), text.getBytes(StandardCharsets.UTF_8));
  }

  private Path download(Page page) {
    Path file = folder.resolve("taken.json");
    page.waitForDownload(() -> page.click("#export-json")).saveAs(file);
    return file;
  }
}
