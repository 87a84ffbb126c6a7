package io.agentstream.examples.log;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds how much each logger writes, so that nobody fills the disk by making the server complain.
 * Safe from any thread.
 */
final class LineRate {

  /** What the others of a window are told by. */
  enum Verdict {
    WRITE,
    /** Write it, and that the next ones of this logger are left out. */
    LAST,
    LEAVE_OUT
  }

  static final int MOST_LINES = 50;
  static final int WINDOW_SECONDS = 10;

  private static final int MOST_LOGGERS = 1_000;

  private final Map<String, Window> windows =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > MOST_LOGGERS;
        }
      };

  /**
   * Decides on one line.
   *
   * @param millis the time at which it was logged
   */
  synchronized Verdict of(String logger, long millis) {
    Window window = windows.computeIfAbsent(logger, any -> new Window(millis));
    long age = millis - window.begin;
    // A clock that was set back begins a new window too.
    if (age < 0 || age >= WINDOW_SECONDS * 1_000L) {
      window.begin = millis;
      window.lines = 0;
    }
    window.lines++;
    if (window.lines < MOST_LINES) {
      return Verdict.WRITE;
    }
    return window.lines == MOST_LINES ? Verdict.LAST : Verdict.LEAVE_OUT;
  }

  private static final class Window {

    private long begin;
    private int lines;

    Window(long begin) {
      this.begin = begin;
    }
  }
}
