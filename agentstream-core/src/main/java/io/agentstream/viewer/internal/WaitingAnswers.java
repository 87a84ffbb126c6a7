package io.agentstream.viewer.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The answers that wait for one connection's socket. Not thread-safe. */
final class WaitingAnswers {

  /** More answers than this that wait for the socket mean that the viewer sends and never reads. */
  static final int MOST = 1_000;

  /** So does more text than this, in UTF-16 code units, unless it is a single answer. */
  static final int MOST_CHARS = 1_000_000;

  private final Queue<Answer> answers = new ArrayDeque<>();
  private long chars;

  /**
   * A frame.
   *
   * @param onLeft called once it has been sent; null for nothing
   */
  record Answer(String frame, @Nullable Runnable onLeft) {}

  /** Returns false if too much waits; then the answer does not. */
  boolean add(Answer answer) {
    int length = answer.frame.length();
    if (answers.size() >= MOST || (!answers.isEmpty() && chars + length > MOST_CHARS)) {
      return false;
    }
    answers.add(answer);
    chars += length;
    return true;
  }

  @Nullable Answer poll() {
    Answer answer = answers.poll();
    if (answer != null) {
      chars -= answer.frame.length();
    }
    return answer;
  }

  int size() {
    return answers.size();
  }

  void clear() {
    answers.clear();
    chars = 0;
  }
}
