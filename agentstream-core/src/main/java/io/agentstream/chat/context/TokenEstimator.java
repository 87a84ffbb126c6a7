package io.agentstream.chat.context;

/** Estimates the number of tokens of a text, if no model server reports it. */
@FunctionalInterface
public interface TokenEstimator {

  /** Returns the estimated number of tokens of {@code text}, from 0. */
  int estimate(CharSequence text);

  /**
   * Returns an estimator that counts one token for four characters of an alphabet, and one for each
   * character from U+2E80 on, where the scripts of East Asia begin.
   */
  static TokenEstimator byLength() {
    return text -> {
      int quarters = text.chars().map(c -> c >= 0x2E80 ? 4 : 1).sum();
      return (quarters + 3) / 4;
    };
  }
}
