package io.agentstream.examples.it;

import com.microsoft.playwright.Page;

/**
 * The animation frames that a page waits for: it asks for one as long as something is not drawn.
 */
final class AwaitedFrames {

  private static final String COUNT =
      """
      const request = window.requestAnimationFrame.bind(window);
      window.framesAwaited = 0;
      window.requestAnimationFrame = (draw) => {
        window.framesAwaited++;
        return request((now) => {
          window.framesAwaited--;
          draw(now);
        });
      };
      """;

  private AwaitedFrames() {}

  /** Counts them from the next page on. */
  static void count(Page page) {
    page.addInitScript(COUNT);
  }

  /** Waits until all is drawn. */
  static void awaitNone(Page page) {
    page.waitForFunction("() => framesAwaited === 0");
  }
}
