package io.agentstream.chat;

import io.agentstream.chat.ThoughtTags.Kind;
import io.agentstream.chat.ThoughtTags.Match;
import org.jspecify.annotations.Nullable;

/**
 * Takes the thoughts out of a model's text, wherever the pieces are cut: {@code <think>…</think>}
 * and its like. A thought begins at the start of the answer or of a line; an end whose beginning
 * stood in the prompt makes the text before it a thought. In code, and where a text talks about
 * such a mark, it is text. Used in the conversation's serial order only.
 */
final class ThoughtFilter {

  /** Takes text and thoughts apart. */
  interface Output {
    void text(String piece);

    void thinking(String piece);

    /** All the text so far was a thought. */
    void textWasThinking();
  }

  private final Output output;
  private final CodeSpans code = new CodeSpans();
  // What may be the beginning of a mark, or white space that may turn out to be in the way.
  private final StringBuilder held = new StringBuilder();
  private @Nullable Kind open;
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
              public void textWasThinking() {
                rest.setLength(0);
              }
            });
    filter.take(text);
    filter.end();
    return rest.toString();
  }

  /** Whether any thought was found. */
  boolean found() {
    return thoughtSeen;
  }

  void take(String piece) {
    if (held.isEmpty() && open == null && textSeen && isPlain(piece)) {
      output.text(piece);
      return;
    }
    held.append(piece);
    drain(false);
  }

  /** Ends the text: what was held is handed over. */
  void end() {
    drain(true);
    if (open != null && takenBack != null) {
      // Never closed and in the midst of the text: more likely text than a thought.
      String text = takenBack.toString();
      open = null;
      takenBack = null;
      output.text(text);
    }
  }

  /** Follows a piece in which no mark can begin. Returns false if one may, and follows nothing. */
  private boolean isPlain(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      if (ThoughtTags.mayBegin(piece.charAt(i))) {
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
    while (!held.isEmpty() && (open == null ? text(last) : thought(last))) {
      // Each round uses up some of what is held.
    }
  }

  /** Uses up some text. Returns false if more must come first. */
  private boolean text(boolean last) {
    int mark = 0;
    while (mark < held.length() && !ThoughtTags.mayBegin(held.charAt(mark))) {
      mark++;
    }
    if (!textSeen) {
      int blank = blanks();
      if (blank == held.length()) {
        if (last && !thoughtSeen) {
          emit(blank);
        }
        return false;
      }
      if (mark > blank || thoughtSeen) {
        // White space between a thought and the answer belongs to neither.
        int skipped = thoughtSeen ? blank : 0;
        held.delete(0, skipped);
        mark -= skipped;
      } else if (blank > 0 && mark == blank) {
        return startsWith(blank, last);
      }
    }
    if (mark > 0) {
      emit(mark);
      return true;
    }
    return mark(last);
  }

  /** A mark may follow the white space at the beginning. */
  private boolean startsWith(int blank, boolean last) {
    CharSequence rest = held.subSequence(blank, held.length());
    boolean part = false;
    for (Kind kind : ThoughtTags.KINDS) {
      Match match = ThoughtTags.match(rest, kind.open());
      if (match == Match.WHOLE) {
        held.delete(0, blank);
        return mark(last);
      }
      part |= match == Match.PART;
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

  /** Decides on what may be a mark at the beginning of what is held. */
  private boolean mark(boolean last) {
    boolean part = false;
    for (Kind kind : ThoughtTags.KINDS) {
      Match opening = ThoughtTags.match(held, kind.open());
      if (opening == Match.WHOLE && mayOpen()) {
        begin(kind);
        return true;
      }
      mentioned |= opening == Match.WHOLE;
      part |= opening == Match.PART;
      for (String close : kind.closes()) {
        Match closing = ThoughtTags.match(held, close);
        if (closing == Match.WHOLE && mayClose(kind)) {
          Boolean closes = closesUnopened(close.length(), last);
          if (closes == null) {
            return false;
          }
          if (closes) {
            closeUnopened(close.length());
            return true;
          }
        }
        part |= closing == Match.PART;
      }
    }
    for (String leftover : ThoughtTags.LEFTOVERS) {
      Match match = thoughtSeen ? ThoughtTags.match(held, leftover) : Match.NONE;
      if (match == Match.WHOLE) {
        held.delete(0, leftover.length());
        return true;
      }
      part |= match == Match.PART;
    }
    return partOrText(part, last);
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
    return kind.unopened() && !code.inCode() && !mentioned && (!thoughtSeen || !textSeen);
  }

  /** Whether an end without a beginning is one; null if that cannot be said yet. */
  private @Nullable Boolean closesUnopened(int length, boolean last) {
    if ("\"'`(“‘«「『".indexOf(before) >= 0) {
      return false;
    }
    int next = length;
    while (next < held.length() && (held.charAt(next) == ' ' || held.charAt(next) == '\t')) {
      next++;
    }
    if (next == held.length()) {
      return last ? (Boolean) (before != ' ') : null;
    }
    char after = held.charAt(next);
    boolean apart = before == ' ' && next > length;
    return !(before == ' ' && ".,;:!?)".indexOf(after) >= 0)
        && !(apart && Character.isLowerCase(after));
  }

  private void begin(Kind kind) {
    open = kind;
    thoughtSeen = true;
    thinkingSeen = false;
    takenBack = textSeen ? new StringBuilder(held.substring(0, kind.open().length())) : null;
    held.delete(0, kind.open().length());
  }

  private void closeUnopened(int length) {
    held.delete(0, length);
    if (textSeen) {
      output.textWasThinking();
    }
    thoughtSeen = true;
    textSeen = false;
    code.reset();
  }

  /** Uses up some of a thought. Returns false if more must come first. */
  private boolean thought(boolean last) {
    Kind kind = open;
    if (kind == null) {
      return true;
    }
    int mark = 0;
    while (mark < held.length() && !ThoughtTags.mayBegin(held.charAt(mark))) {
      mark++;
    }
    if (mark > 0) {
      think(mark);
      return true;
    }
    boolean part = false;
    for (String close : kind.closes()) {
      Match match = ThoughtTags.match(held, close);
      if (match == Match.WHOLE) {
        held.delete(0, close.length());
        open = null;
        takenBack = null;
        return true;
      }
      part |= match == Match.PART;
    }
    if (part && !last) {
      return false;
    }
    think(1);
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
