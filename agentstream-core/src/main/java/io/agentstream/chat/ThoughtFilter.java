package io.agentstream.chat;

import io.agentstream.internal.ThoughtMarks;
import io.agentstream.internal.ThoughtMarks.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Separates thoughts, such as {@code <think>…</think>}, from a model's text, regardless of how the
 * text is cut into pieces. A thought begins at the start of the answer or of a line. If an end has
 * its beginning in the prompt, the text before it is a thought. Marks in code, and in a text about
 * such marks, are text. Used in the conversation's serial order only.
 */
final class ThoughtFilter {

  private static final int PART = ThoughtMarks.PART;

  /** Receives text and thoughts separately. */
  interface Output {
    void text(String piece);

    void thinking(String piece);

    /**
     * Called if the text so far was not text.
     *
     * @param thinking true if it was a thought, false if it was only a mark
     */
    void textTakenBack(boolean thinking);
  }

  private final Output output;
  private final CodeSpans code = new CodeSpans();
  private final BareChannel bare = new BareChannel();
  // Text that may be the beginning of a mark, or white space that may have to be removed.
  private final StringBuilder held = new StringBuilder();
  private @Nullable ThoughtEnd open;
  // The last thought, if nothing but thoughts came before it.
  private @Nullable ThoughtEnd first;
  private @Nullable StringBuilder takenBack;
  private boolean textSeen;
  private boolean thoughtSeen;
  private boolean mentioned;
  private boolean thinkingSeen;
  private char before = '\n';

  ThoughtFilter(Output output) {
    this.output = output;
  }

  /** Returns {@code text} without its thoughts. */
  static String strip(String text) {
    StringBuilder rest = new StringBuilder();
    ThoughtFilter filter =
        new ThoughtFilter(
            new Output() {
              @Override
              public void text(String piece) {
                rest.append(piece);
              }

              @Override
              public void thinking(String piece) {}

              @Override
              public void textTakenBack(boolean thinking) {
                rest.setLength(0);
              }
            });
    filter.take(text);
    filter.end();
    return rest.toString();
  }

  /** Returns true if a thought was found. */
  boolean found() {
    return thoughtSeen;
  }

  void take(String piece) {
    if (held.isEmpty() && open == null && textSeen && !bare.isUndecided() && isPlain(piece)) {
      output.text(piece);
      return;
    }
    held.append(piece);
    drain(false);
  }

  /** Ends the text and passes the withheld part on. */
  void end() {
    drain(true);
    if (open != null && takenBack != null) {
      // A mark in the middle of the text that is never closed is more likely text than a thought.
      String text = takenBack.toString();
      open = null;
      takenBack = null;
      output.text(text);
    }
  }

  /**
   * Passes a piece on in which no mark can begin. Returns false, and passes nothing on, if one may
   * begin.
   */
  private boolean isPlain(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (ThoughtMarks.mayBegin(c) || (bare.isAwaited() && c == 'a')) {
        return false;
      }
    }
    for (int i = 0; i < piece.length(); i++) {
      code.take(piece.charAt(i));
    }
    before = piece.isEmpty() ? before : piece.charAt(piece.length() - 1);
    return true;
  }

  private void drain(boolean last) {
    while (!held.isEmpty() && (open == null ? text(last) : thought(open, last))) {
      // Each iteration consumes a part of the withheld text.
    }
  }

  /** Consumes some text. Returns false if more text is needed first. */
  private boolean text(boolean last) {
    if (!textSeen) {
      int blank = blanks();
      if (blank == held.length()) {
        if (last && !thoughtSeen) {
          emit(blank);
        }
        return false;
      }
      if (thoughtSeen) {
        // Drops white space between a thought and the answer.
        held.delete(0, blank);
      } else if (blank > 0 && ThoughtMarks.mayBegin(held.charAt(blank))) {
        return startsWith(blank, last);
      }
    }
    int bareThought = bare.isUndecided() ? bare.follow(held) : -1;
    if (bareThought >= 0) {
      beginBare(bareThought);
      return true;
    }
    return textOrMark(last);
  }

  private boolean textOrMark(boolean last) {
    int mark = 0;
    while (mark < held.length()
        && !ThoughtMarks.mayBegin(held.charAt(mark))
        && !bare.mayEndAt(held, mark)) {
      mark++;
    }
    if (mark > 0) {
      emit(mark);
      return true;
    }
    return mark(last);
  }

  private boolean startsWith(int blank, boolean last) {
    CharSequence rest = held.subSequence(blank, held.length());
    boolean part = false;
    for (Kind kind : ThoughtMarks.KINDS) {
      int opening = kind.opens(rest);
      if (opening > 0) {
        held.delete(0, blank);
        return mark(last);
      }
      part |= opening == PART;
    }
    if (part && !last) {
      return false;
    }
    emit(blank);
    return true;
  }

  private int blanks() {
    int blank = 0;
    while (blank < held.length() && Character.isWhitespace(held.charAt(blank))) {
      blank++;
    }
    return blank;
  }

  /** Decides on a possible mark at the beginning of the withheld text. */
  private boolean mark(boolean last) {
    if (bare.mayEndAt(held, 0)) {
      return bareEnd(last);
    }
    boolean part = false;
    for (Kind kind : ThoughtMarks.KINDS) {
      int opening = kind.opens(held);
      if (opening > 0 && mayOpen()) {
        begin(kind, opening);
        return true;
      }
      mentioned |= opening > 0;
      part |= opening == PART;
      for (String close : kind.closes()) {
        int closing = ThoughtMarks.match(held, close);
        if (closing > 0 && mayClose(kind)) {
          Boolean closes = StrayEnd.endsThought(before, held, closing, last);
          if (closes == null) {
            return false;
          }
          if (closes) {
            closeUnopened(closing);
            return true;
          }
        }
        part |= closing == PART;
      }
    }
    for (String leftover : ThoughtMarks.LEFTOVERS) {
      int match = thoughtSeen ? ThoughtMarks.match(held, leftover) : ThoughtMarks.NONE;
      if (match > 0) {
        held.delete(0, match);
        return true;
      }
      part |= match == PART;
    }
    return partOrText(part, last);
  }

  private boolean bareEnd(boolean last) {
    int end = ThoughtMarks.match(held, ThoughtMarks.BARE_FINAL);
    if (end > 0) {
      bare.decided();
      closeUnopened(end);
      return true;
    }
    return partOrText(true, last);
  }

  private boolean partOrText(boolean part, boolean last) {
    if (part && !last) {
      return false;
    }
    emit(1);
    return true;
  }

  private boolean mayOpen() {
    return !code.inCode() && (!textSeen || code.atLineStart());
  }

  private boolean mayClose(Kind kind) {
    boolean due = first != null && first.isDue(kind);
    return kind.unopened() && !code.inCode() && !mentioned && (!thoughtSeen || !textSeen || due);
  }

  private void begin(Kind kind, int length) {
    if (held.charAt(length - 2) == '/') {
      // A tag without content, such as <think/>.
      thoughtSeen = true;
      bare.decided();
      held.delete(0, length);
      return;
    }
    takenBack = textSeen ? new StringBuilder(held.substring(0, length)) : null;
    open(kind, length);
  }

  /** Begins a thought whose first word may have been passed on as text. */
  private void beginBare(int length) {
    if (textSeen) {
      output.textTakenBack(false);
      textSeen = false;
      code.reset();
    }
    // Without an end it was not a thought.
    takenBack = new StringBuilder(ThoughtMarks.BARE_CHANNEL.open());
    open(ThoughtMarks.BARE_CHANNEL, length);
  }

  private void open(Kind kind, int length) {
    open = new ThoughtEnd(kind);
    first = takenBack == null ? open : null;
    thoughtSeen = true;
    thinkingSeen = false;
    bare.decided();
    held.delete(0, length);
  }

  private void closeUnopened(int length) {
    held.delete(0, length);
    if (textSeen) {
      output.textTakenBack(true);
    }
    if (first != null && thoughtSeen) {
      first.endWithin();
    }
    thoughtSeen = true;
    textSeen = false;
    code.reset();
  }

  /** Consumes a part of a thought. Returns false if more text is needed first. */
  private boolean thought(ThoughtEnd end, boolean last) {
    end.search(held);
    if (end.length() > 0 || (end.mark() == PART && last)) {
      think(Math.max(1, end.length()));
      return true;
    }
    if (end.mark() == PART) {
      return false;
    }
    held.delete(0, end.mark());
    open = null;
    takenBack = null;
    return true;
  }

  private void think(int length) {
    String piece = held.substring(0, length);
    held.delete(0, length);
    if (takenBack != null) {
      takenBack.append(piece);
    }
    String shown = thinkingSeen ? piece : piece.stripLeading();
    if (!shown.isEmpty()) {
      thinkingSeen = true;
      output.thinking(shown);
    }
  }

  private void emit(int length) {
    String piece = held.substring(0, length);
    held.delete(0, length);
    for (int i = 0; i < length; i++) {
      code.take(piece.charAt(i));
    }
    before = piece.charAt(length - 1);
    textSeen = textSeen || !piece.isBlank();
    output.text(piece);
  }
}
