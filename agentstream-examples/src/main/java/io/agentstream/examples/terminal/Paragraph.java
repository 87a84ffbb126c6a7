package io.agentstream.examples.terminal;

/**
 * Prints others' text as it arrives. The first column is reserved for the program: every line that
 * a model begins is indented, so that none can be taken for a speaker's name or a remark of the
 * program. On a terminal, lines wrap between words; a word that becomes too long for its line moves
 * to the next line. Used by one thread at a time.
 */
final class Paragraph {

  private static final String MARGIN = "  ";
  private static final String CLOSING = "、。，．：；？！…—～·ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?%";

  private final Screen screen;

  /** The number of columns; 0 for no limit. */
  private final int columns;

  private final StringBuilder out = new StringBuilder();
  private int column;
  private boolean begun;

  /** The text since the last position where the line may wrap. */
  private final StringBuilder word = new StringBuilder();

  private int last = ' ';

  /**
   * Begins at the cursor's position.
   *
   * @param column the used columns of the line; 0 for an empty line, which gets a margin first
   */
  Paragraph(Screen screen, int column) {
    this.screen = screen;
    // Terminals differ in where the cursor is after the last column.
    this.columns = Math.max(0, screen.size().columns() - 1);
    this.column = column;
    this.begun = column > 0;
  }

  void write(String others) {
    Harmless.text(others).codePoints().forEach(this::add);
    print();
  }

  /**
   * Prints a remark about the message on separate lines, which begin in the first column.
   *
   * @param about text of the program; others' text is in {@code others}
   */
  void note(String about, String others) {
    if (begun) {
      newLine();
    }
    String opening = "[" + about;
    out.append(opening);
    begun = true;
    column = opening.length();
    write(others.strip());
    out.append("]");
    newLine();
    print();
  }

  /** Ends the line unless it is empty. */
  void end() {
    if (begun) {
      newLine();
      print();
    }
  }

  private void add(int c) {
    if (c == '\n') {
      newLine();
      return;
    }
    if (!begun) {
      margin();
    }
    if (c == ' ' || c == '\t') {
      space(c);
    } else {
      letter(c);
    }
    last = c;
  }

  private void space(int c) {
    word.setLength(0);
    if (columns == 0 || column < columns) {
      out.append(c == '\t' && columns > 0 ? ' ' : (char) c);
      column++;
    }
  }

  private void letter(int c) {
    if (mayBreak(last, c)) {
      word.setLength(0);
    }
    int width = Columns.of(c);
    if (columns > 0 && column + width > columns) {
      breakLine(width);
    }
    out.appendCodePoint(c);
    word.appendCodePoint(c);
    column += width;
  }

  private void breakLine(int width) {
    String moved = word.toString();
    int movedWidth = Columns.of(moved);
    if (MARGIN.length() + movedWidth + width > columns) {
      moved = "";
    } else if (!moved.isEmpty()) {
      takeBack(moved, movedWidth);
    }
    newLine();
    margin();
    out.append(moved);
    word.append(moved);
    column += Columns.of(moved);
  }

  private void takeBack(String moved, int movedWidth) {
    if (out.length() >= moved.length()) {
      out.setLength(out.length() - moved.length());
      return;
    }
    int printed = movedWidth - Columns.of(out.toString());
    out.setLength(0);
    out.append("\u001b[").append(printed).append("D\u001b[K");
  }

  private void newLine() {
    out.append('\n');
    column = 0;
    begun = false;
    last = ' ';
    word.setLength(0);
  }

  private void margin() {
    out.append(MARGIN);
    column = MARGIN.length();
    begun = true;
  }

  private void print() {
    screen.print(out.toString());
    out.setLength(0);
  }

  /** Words of letters are separated by spaces; Chinese and Japanese may wrap nearly everywhere. */
  private static boolean mayBreak(int before, int c) {
    if (!Columns.isWide(before) && !Columns.isWide(c)) {
      return false;
    }
    return !closes(c) && !opens(before) && Columns.of(c) > 0;
  }

  private static boolean closes(int c) {
    int type = Character.getType(c);
    return type == Character.END_PUNCTUATION
        || type == Character.FINAL_QUOTE_PUNCTUATION
        || CLOSING.indexOf(c) >= 0;
  }

  private static boolean opens(int c) {
    int type = Character.getType(c);
    return type == Character.START_PUNCTUATION || type == Character.INITIAL_QUOTE_PUNCTUATION;
  }
}
