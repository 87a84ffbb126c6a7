package io.agentstream.chat;

import io.agentstream.internal.ThoughtMarks;

/**
 * Recognises a thought of gpt-oss whose special tokens the server has dropped: {@code analysisThey
 * ask for tea.assistantfinalTea it is.} No text is held back for it: the word is text until the
 * next character arrives. An answer that continues like a sentence, such as {@code analysis of
 * tea}, is text until {@code assistantfinal} arrives. Used in the conversation's serial order only.
 */
final class BareChannel {

  private static final String WORD = ThoughtMarks.BARE_CHANNEL.open();

  private int matched;
  private boolean undecided = true;
  private boolean awaited;

  /** Returns whether all text so far is a part of the word. */
  boolean isUndecided() {
    return undecided;
  }

  /**
   * Follows the text at the beginning of an answer.
   *
   * @return the index in {@code text} at which a thought begins; -1 if there is none, or not yet
   */
  int follow(CharSequence text) {
    for (int i = 0; i < text.length() && undecided; i++) {
      char c = text.charAt(i);
      if (matched == WORD.length()) {
        undecided = false;
        boolean letter = Character.isLetter(c);
        if (letter && !Character.isLowerCase(c)) {
          return i;
        }
        awaited = !letter && !Character.isDigit(c) && c != '_';
      } else if (c == WORD.charAt(matched)) {
        matched++;
      } else if (matched > 0 || !Character.isWhitespace(c)) {
        undecided = false;
      }
    }
    return -1;
  }

  /** Returns whether the word that ends the thought may stand here, or a part of it. */
  boolean mayEndAt(CharSequence answer, int at) {
    return awaited && ThoughtMarks.match(answer, at, ThoughtMarks.BARE_FINAL) != ThoughtMarks.NONE;
  }

  /** Returns whether the end of a thought is awaited in the text. */
  boolean isAwaited() {
    return awaited;
  }

  /** The text continues with an answer. */
  void decided() {
    undecided = false;
    awaited = false;
  }
}
