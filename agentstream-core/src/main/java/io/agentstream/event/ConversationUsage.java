package io.agentstream.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens used by a whole conversation, over all runs.
 *
 * @param inputTokens tokens of all prompts
 * @param outputTokens tokens of all answers
 * @param totalTokens the sum of both
 * @param estimated true if at least a part is estimated; null if everything was counted
 * @param byAgent the usage of each agent, in the order in which they first spoke
 * @param overhead the usage of selectors and planners; null if they called no model
 */
public record ConversationUsage(
    long inputTokens,
    long outputTokens,
    long totalTokens,
    @Nullable Boolean estimated,
    Map<String, Usage> byAgent,
    @Nullable Usage overhead) {

  public ConversationUsage {
    byAgent = Collections.unmodifiableMap(new LinkedHashMap<>(byAgent));
  }

  /** Adds up the agents' usage and the overhead. */
  public static ConversationUsage of(Map<String, Usage> byAgent, Usage overhead) {
    Usage sum = byAgent.values().stream().reduce(overhead, Usage::plus);
    return new ConversationUsage(
        sum.inputTokens(),
        sum.outputTokens(),
        sum.totalTokens(),
        sum.estimated(),
        byAgent,
        overhead.totalTokens() == 0 ? null : overhead);
  }
}
