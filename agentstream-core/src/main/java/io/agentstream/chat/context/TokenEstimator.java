package io.agentstream.chat.context;

/** Guesses how many tokens a text has, where no model server tells. */
@FunctionalInterface
public interface TokenEstimator {

  /** The estimated number of tokens of {@code text}, from 0. */
  int estimate(CharSequence text);

  /**
   * One token for four characters of an alphabet, and one for each character beyond U+2E80, where
   * the scripts of East Asia begin.
   */
  static TokenEstimator byLength() {
    return text -> {
      int quarters = text.chars().map(c -> c >= 0x2E80 ? 4 : 1).sum();
      return (quarters + 3) / 4;
    };
  }
}
