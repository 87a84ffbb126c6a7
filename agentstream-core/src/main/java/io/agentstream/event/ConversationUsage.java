package io.agentstream.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tokens that a whole conversation used, all runs together.
 *
 * @param inputTokens tokens of all prompts
 * @param outputTokens tokens of all answers
 * @param totalTokens both together
 * @param byAgent the same for each agent that spoke, in the order in which they first spoke
 */
public record ConversationUsage(
    long inputTokens, long outputTokens, long totalTokens, Map<String, Usage> byAgent) {

  public ConversationUsage {
    byAgent = Collections.unmodifiableMap(new LinkedHashMap<>(byAgent));
  }

  /** Adds up what each agent used. */
  public static ConversationUsage of(Map<String, Usage> byAgent) {
    Usage sum = byAgent.values().stream().reduce(Usage.NONE, Usage::plus);
    return new ConversationUsage(sum.inputTokens(), sum.outputTokens(), sum.totalTokens(), byAgent);
  }
}
