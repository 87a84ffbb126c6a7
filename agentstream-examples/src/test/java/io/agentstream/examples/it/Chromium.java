package io.agentstream.examples.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A headless browser of this machine. For use by one thread. */
final class Chromium implements AutoCloseable {

  private static final List<String> QUIET =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-smooth-scrolling",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          // The public name in docs/deploy.md.
          "--host-resolver-rules=MAP chat.example.com 127.0.0.1");

  /** A machine that does much else takes its time. */
  static final double PATIENCE_MS = 60_000;

  private static @Nullable Chromium shared;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path executable, List<String> args) {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(args));
  }

  /**
   * Returns the browser that the tests of this JVM share. Each of them has a context of its own,
   * and does not close the browser, which ends with the JVM.
   */
  static Chromium shared() {
    if (shared == null || !shared.browser.isConnected()) {
      shared = launch();
    }
    return shared;
  }

  /**
   * Starts one. Where there is none, the test is skipped, or fails with {@code
   * -Dagentstream.browser=required}.
   */
  static Chromium launch(String... args) {
    Optional<Path> executable = find();
    if (executable.isEmpty()) {
      String missing =
          "NO BROWSER: the page is not tested. Install chromium or set AGENTSTREAM_CHROMIUM.";
      System.err.println("[WARNING] " + missing);
      if ("required".equals(System.getProperty("agentstream.browser"))) {
        throw new AssertionError(missing);
      }
      Assumptions.abort(missing);
    }
    List<String> all = new ArrayList<>(QUIET);
    all.addAll(List.of(args));
    return new Chromium(executable.orElseThrow(), all);
  }

  Browser browser() {
    return browser;
  }

  BrowserContext newContext() {
    return newContext(new Browser.NewContextOptions());
  }

  /** Opens a context whose pages wait as long as assertions do. */
  BrowserContext newContext(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MS);
    return context;
  }

  @Override
  public void close() {
    playwright.close();
  }

  private static Optional<Path> find() {
    String told = System.getenv("AGENTSTREAM_CHROMIUM");
    List<String> places = told != null ? List.of(told) : places();
    return places.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** The shell needs little more than half of the processor time: it draws no windows. */
  private static List<String> places() {
    List<String> browsers = List.of("/usr/bin/chromium", "/usr/bin/google-chrome");
    if (Boolean.getBoolean("agentstream.slow")) {
      return browsers;
    }
    return Stream.concat(Stream.of("/usr/bin/chromium-headless-shell"), browsers.stream()).toList();
  }
}
