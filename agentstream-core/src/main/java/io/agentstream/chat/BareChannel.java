package io.agentstream.chat;

import io.agentstream.internal.ThoughtMarks;

/**
 * Recognises a thought of gpt-oss whose special tokens the server has dropped: {@code analysisThey
 * ask for tea.assistantfinalTea it is.} An answer that begins with the word and goes on as a
 * sentence does is text until {@code assistantfinal} comes. Used in the conversation's serial order
 * only.
 */
final class BareChannel {

  /** What an answer's beginning is. */
  enum Beginning {
    /** More of it must come first. */
    UNKNOWN,
    TEXT,
    THOUGHT
  }

  private static final String ANALYSIS = ThoughtMarks.BARE_CHANNEL.open();

  private boolean awaited;

  /**
   * Looks at the beginning of an answer.
   *
   * @param last whether nothing follows
   */
  Beginning look(CharSequence answer, int from, boolean last) {
    int match = ThoughtMarks.match(answer, from, ANALYSIS);
    boolean part = match == ThoughtMarks.PART || answer.length() == from + ANALYSIS.length();
    if (match == ThoughtMarks.NONE || answer.charAt(from) != 'a' || (part && last)) {
      return Beginning.TEXT;
    }
    if (part) {
      return Beginning.UNKNOWN;
    }
    char next = answer.charAt(from + ANALYSIS.length());
    boolean inWord = Character.isLowerCase(next) || Character.isDigit(next) || next == '_';
    awaited = !Character.isLetter(next) && !inWord;
    return Character.isLetter(next) && !inWord ? Beginning.THOUGHT : Beginning.TEXT;
  }

  /** Returns whether the word that ends the thought may stand here, or a part of it. */
  boolean mayEndAt(CharSequence answer, int at) {
    return awaited && ThoughtMarks.match(answer, at, ThoughtMarks.BARE_FINAL) != ThoughtMarks.NONE;
  }

  /** Returns whether the end of a thought is awaited in the text. */
  boolean isAwaited() {
    return awaited;
  }

  /** The end has come. */
  void ended() {
    awaited = false;
  }
}
