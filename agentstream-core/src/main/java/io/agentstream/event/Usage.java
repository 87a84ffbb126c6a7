package io.agentstream.event;

/**
 * Tokens that a model server counted.
 *
 * @param inputTokens tokens of the prompts, from 0
 * @param outputTokens tokens of the answers, from 0
 * @param totalTokens both together, as the server counted them
 */
public record Usage(long inputTokens, long outputTokens, long totalTokens) {

  /** Nothing used. */
  public static final Usage NONE = new Usage(0, 0, 0);

  /** The sum of both. */
  public Usage plus(Usage other) {
    return new Usage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        totalTokens + other.totalTokens);
  }
}
