package io.agentstream.examples.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.server.EmbeddedServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in four settings, as pictures in {@code target/screenshots}: always the same debate, and
 * always at the same word. The README shows two of them.
 */
@Timeout(240)
class ScreenshotsIT {

  private static final Path FOLDER = Path.of("target/screenshots");
  private static final int SCALE = 2;

  /** How many messages stand above the one that is being written. */
  private static final int WHOLE = 2;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "desktop-light, LIGHT, 1280, 900, en-US, Should a small team adopt microservices?",
    "desktop-dark, DARK, 1280, 900, en-US, Should a small team adopt microservices?",
    "phone-light, LIGHT, 390, 844, zh-CN, 小团队该不该用微服务？",
    "phone-dark, DARK, 390, 844, en-US, Plan a weekend in Chengdu"
  })
  void it_looks_well(
      String name, ColorScheme colours, int width, int height, String locale, String topic)
      throws IOException {
    NewContextOptions setting =
        new NewContextOptions()
            .setColorScheme(colours)
            .setLocale(locale)
            .setDeviceScaleFactor(SCALE)
            .setViewportSize(width, height);
    HaltingDemo debate = new HaltingDemo(WHOLE);
    try (CompletionServer model = CompletionServer.start(debate);
        EmbeddedServer server = EmbeddedServer.start(Map.of("OPENAI_BASE_URL", model.baseUrl()));
        BrowserContext context = Chromium.shared().newContext(setting)) {
      Page page = context.newPage();
      page.navigate(server.http("/").toString());
      assertThat(page.locator(".agent-card[data-agent]")).hasCount(3);
      assertThat(page.locator("#connection")).hasAttribute("data-state", "open");
      take(page, name + "-start", width, height);
      page.fill("#topic", topic);
      page.fill("#rounds", "2");
      page.click("#start");
      assertThat(page.locator(".message[data-state=done]")).hasCount(WHOLE);
      assertThat(page.locator(".message[data-state=streaming] .message-text"))
          .hasText(debate.half());
      take(page, name, width, height);
    }
  }

  /** As large as the window, and nothing sticks out at the side, on smaller phones neither. */
  private static void take(Page page, String name, int width, int height) throws IOException {
    Path file = FOLDER.resolve(name + ".png");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(file).setAnimations(ScreenshotAnimations.DISABLED));
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(List.of(image.getWidth(), image.getHeight()))
        .isEqualTo(List.of(width * SCALE, height * SCALE));
    for (int narrow : List.of(width, 390, 360)) {
      page.setViewportSize(narrow, height);
      assertThat(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
          .as("what sticks out at the side of %d px", narrow)
          .isEqualTo(0);
    }
    page.setViewportSize(width, height);
  }
}
