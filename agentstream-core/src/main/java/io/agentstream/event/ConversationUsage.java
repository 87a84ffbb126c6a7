package io.agentstream.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that a whole conversation used, all runs together.
 *
 * @param inputTokens tokens of all prompts
 * @param outputTokens tokens of all answers
 * @param totalTokens both together
 * @param estimated true where at least a part is estimated; null where all is counted
 * @param byAgent what each agent used, in the order in which they first spoke
 * @param overhead what picking speakers and planning used; null where no model was asked for it
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

  /** Adds up what each agent used, and what was used beside. */
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
