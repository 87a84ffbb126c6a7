package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * Tokens that models used.
 *
 * @param inputTokens tokens of the prompts, from 0
 * @param outputTokens tokens of the answers, from 0
 * @param totalTokens both together
 * @param estimated true where a model server told nothing, so that at least a part is estimated
 *     from the length of the texts; null where all is counted
 */
public record Usage(
    long inputTokens, long outputTokens, long totalTokens, @Nullable Boolean estimated) {

  /** Nothing used. */
  public static final Usage NONE = new Usage(0, 0, 0, null);

  /** What a model server counted. */
  public static Usage counted(long inputTokens, long outputTokens) {
    return new Usage(inputTokens, outputTokens, inputTokens + outputTokens, null);
  }

  /** What the length of the texts lets expect. */
  public static Usage estimated(long inputTokens, long outputTokens) {
    return new Usage(inputTokens, outputTokens, inputTokens + outputTokens, true);
  }

  /** The sum of both; an estimate where either is. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        totalTokens + other.totalTokens,
        estimated == null ? other.estimated : estimated);
  }

  /** What is left of it without {@code part}; an estimate where either is. */
  public Usage minus(Usage part) {
    return new Usage(
        inputTokens - part.inputTokens,
        outputTokens - part.outputTokens,
        totalTokens - part.totalTokens,
        estimated == null ? part.estimated : estimated);
  }
}
