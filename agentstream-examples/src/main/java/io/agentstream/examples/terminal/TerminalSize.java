package io.agentstream.examples.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The terminal's size when the program started.
 *
 * @param rows 0 if unknown
 * @param columns 0 if unknown
 */
record TerminalSize(int rows, int columns) {

  static final TerminalSize UNKNOWN = new TerminalSize(0, 0);

  /** Asks {@code stty}, because Java has no method for it. */
  static TerminalSize ofTerminal() {
    String size = askStty();
    if (size == null || !size.matches("\\d{1,4} \\d{1,4}")) {
      return UNKNOWN;
    }
    String[] parts = size.split(" ", -1);
    return new TerminalSize(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  private static @Nullable String askStty() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return null;
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
