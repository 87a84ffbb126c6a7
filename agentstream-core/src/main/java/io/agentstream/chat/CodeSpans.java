package io.agentstream.chat;

/**
 * Follows a Markdown text: whether its end is inside code, and whether it is at the beginning of a
 * line.
 */
final class CodeSpans {

  private boolean fenced;
  private boolean inline;
  private boolean lineStart = true;
  private int ticks;

  void take(char c) {
    if (c == '`') {
      ticks++;
      if (ticks == 3) {
        fenced = !fenced;
        inline = false;
      }
      return;
    }
    endTicks();
    if (c == '\n') {
      inline = false;
      lineStart = true;
    } else if (c != ' ' && c != '\t') {
      lineStart = false;
    }
  }

  private void endTicks() {
    if (ticks > 0) {
      if (ticks < 3 && !fenced) {
        inline = !inline;
      }
      ticks = 0;
      lineStart = false;
    }
  }

  boolean inCode() {
    // The current backticks open a span, or close the open one.
    boolean opening = ticks > 0 && ticks < 3 && !fenced;
    return fenced || inline != opening;
  }

  boolean atLineStart() {
    return lineStart && ticks == 0;
  }

  void reset() {
    fenced = false;
    inline = false;
    lineStart = true;
    ticks = 0;
  }
}
