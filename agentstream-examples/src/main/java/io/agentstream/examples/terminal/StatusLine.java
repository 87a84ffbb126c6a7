package io.agentstream.examples.terminal;

/**
 * The last line of the terminal, which stays while the lines above it scroll. It prints nothing if
 * the output is not a terminal or the terminal's size is unknown. Used by one thread at a time.
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

  /** Reserves the last line of the terminal. */
  static StatusLine on(Screen screen) {
    TerminalSize size = screen.size();
    boolean hasRoom = size.rows() >= LEAST_ROWS && size.columns() >= 2;
    StatusLine line = new StatusLine(screen, hasRoom ? size.rows() : 0, size.columns());
    line.begin();
    return line;
  }

  /** Replaces the line's text. */
  void show(String text) {
    if (rows > 0) {
      String fitting = Columns.fit(text, columns - 1);
      screen.print(SAVE + "\u001b[" + rows + ";1H\u001b[2K" + screen.dim(fitting) + RESTORE);
    }
  }

  /** Releases the line. */
  void end() {
    if (rows > 0) {
      screen.print(SAVE + "\u001b[r\u001b[" + rows + ";1H\u001b[2K" + RESTORE);
    }
  }

  private void begin() {
    if (rows > 0) {
      // Setting the scroll region moves the cursor, and the last line may contain the prompt.
      screen.print("\n" + SAVE + "\u001b[1;" + (rows - 1) + "r" + RESTORE + "\u001b[1A");
    }
  }
}
