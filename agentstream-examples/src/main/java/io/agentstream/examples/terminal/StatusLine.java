package io.agentstream.examples.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The last line of the terminal, which stays while the lines above it scroll. Nothing is printed
 * where the output is no terminal, or one whose size nobody tells. Used by one thread at a time.
 */
final class StatusLine {

  private static final String SAVE = "\u001b7";
  private static final String RESTORE = "\u001b8";
  private static final int LEAST_ROWS = 4;

  private final Screen screen;
  private final int rows;
  private final int columns;

  private StatusLine(Screen screen, int rows, int columns) {
    this.screen = screen;
    this.rows = rows;
    this.columns = columns;
  }

  /** Takes the last line of the terminal. */
  static StatusLine on(Screen screen) {
    StatusLine line = measured(screen);
    line.begin();
    return line;
  }

  /** Replaces what stands there. */
  void show(String text) {
    if (rows > 0) {
      String fitting = text.length() < columns ? text : text.substring(0, columns - 1);
      screen.print(SAVE + "\u001b[" + rows + ";1H\u001b[2K" + screen.dim(fitting) + RESTORE);
    }
  }

  /** Gives the line back. */
  void end() {
    if (rows > 0) {
      screen.print(SAVE + "\u001b[r\u001b[" + rows + ";1H\u001b[2K" + RESTORE);
    }
  }

  private void begin() {
    if (rows > 0) {
      // Setting the region moves the cursor, and the last line may hold the prompt.
      screen.print("\n" + SAVE + "\u001b[1;" + (rows - 1) + "r" + RESTORE + "\u001b[1A");
    }
  }

  private static StatusLine measured(Screen screen) {
    String size = screen.isTerminal() ? sizeOfTerminal() : null;
    if (size == null || !size.matches("\\d{1,4} \\d{1,4}")) {
      return new StatusLine(screen, 0, 0);
    }
    String[] parts = size.split(" ", -1);
    int rows = Integer.parseInt(parts[0]);
    int columns = Integer.parseInt(parts[1]);
    return rows < LEAST_ROWS || columns < 2
        ? new StatusLine(screen, 0, 0)
        : new StatusLine(screen, rows, columns);
  }

  /** Rows and columns; null where the system cannot tell. Java itself has no way to ask. */
  private static @Nullable String sizeOfTerminal() {
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
