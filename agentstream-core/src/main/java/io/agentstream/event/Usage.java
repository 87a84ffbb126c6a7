package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The tokens that models used.
 *
 * @param inputTokens tokens of the prompts, from 0
 * @param outputTokens tokens of the answers, from 0
 * @param totalTokens the sum of both
 * @param estimated true if a model server reported nothing, so that at least a part is estimated
 *     from the length of the texts; null if everything was counted
 */
public record Usage(
    long inputTokens, long outputTokens, long totalTokens, @Nullable Boolean estimated) {

  /** No usage. */
  public static final Usage NONE = new Usage(0, 0, 0, null);

  /** Returns a usage that a model server reported. */
  public static Usage counted(long inputTokens, long outputTokens) {
    return new Usage(inputTokens, outputTokens, inputTokens + outputTokens, null);
  }

  /** Returns a usage estimated from the length of the texts. */
  public static Usage estimated(long inputTokens, long outputTokens) {
    return new Usage(inputTokens, outputTokens, inputTokens + outputTokens, true);
  }

  /** Returns the sum; it is an estimate if either part is. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        totalTokens + other.totalTokens,
        estimated == null ? other.estimated : estimated);
  }

  /** Returns the difference; it is an estimate if either part is. */
  public Usage minus(Usage part) {
    return new Usage(
        inputTokens - part.inputTokens,
        outputTokens - part.outputTokens,
        totalTokens - part.totalTokens,
        estimated == null ? part.estimated : estimated);
  }
}
