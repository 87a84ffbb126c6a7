package io.agentstream.examples.log;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds the number of lines of each logger, so that nobody can fill the disk by causing log lines.
 * Thread-safe.
 */
final class LineRate {

  /** The logger whose last line reports dropped lines. */
  enum Verdict {
    WRITE,
    /** Write the line, with a note that the next ones of this logger are dropped. */
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
   * @param millis the time of the line
   */
  synchronized Verdict of(String logger, long millis) {
    Window window = windows.computeIfAbsent(logger, any -> new Window(millis));
    long age = millis - window.begin;
    // A clock that was set back also begins a new window.
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
