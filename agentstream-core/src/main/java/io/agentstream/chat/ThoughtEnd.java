package io.agentstream.chat;

import io.agentstream.internal.ThoughtMarks;
import io.agentstream.internal.ThoughtMarks.Kind;

/**
 * Searches a growing thought for its end. The first end mark counts, even if the thought holds the
 * beginning of another one: it may only mention that mark. The further end mark, if it comes, is
 * then {@linkplain #isDue due}.
 */
final class ThoughtEnd {

  private final Kind kind;
  private int begunWithin;
  private int length;
  private int mark;

  ThoughtEnd(Kind kind) {
    this.kind = kind;
  }

  /** Searches the part of the thought that was not consumed yet. */
  void search(CharSequence rest) {
    length = 0;
    mark = ThoughtMarks.NONE;
    while (length < rest.length() && mark == ThoughtMarks.NONE) {
      mark = endAt(rest, length);
      if (mark == ThoughtMarks.NONE) {
        passBeginning(ThoughtMarks.match(rest, length, kind.open()));
      }
    }
  }

  private void passBeginning(int beginning) {
    if (beginning == ThoughtMarks.PART) {
      mark = ThoughtMarks.PART;
    } else if (beginning == ThoughtMarks.NONE) {
      length++;
    } else {
      length += beginning;
      begunWithin++;
    }
  }

  private int endAt(CharSequence rest, int at) {
    int found = ThoughtMarks.NONE;
    for (String close : kind.closes()) {
      int match = ThoughtMarks.match(rest, at, close);
      if (match > 0) {
        return match;
      }
      found = match == ThoughtMarks.PART ? ThoughtMarks.PART : found;
    }
    return found;
  }

  /** Returns how many characters belong to the thought for certain. */
  int length() {
    return length;
  }

  /** Returns the length of the end mark after them; {@link ThoughtMarks#PART} if it may be one. */
  int mark() {
    return mark;
  }

  /** Returns true if a thought of this kind began within the thought and has not ended. */
  boolean isDue(Kind other) {
    return kind.equals(other) && begunWithin > 0;
  }

  /** Records the end of a thought that began within the thought. */
  void endWithin() {
    begunWithin--;
  }
}
