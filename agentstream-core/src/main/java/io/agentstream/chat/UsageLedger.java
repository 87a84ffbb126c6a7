package io.agentstream.chat;

import io.agentstream.event.ConversationUsage;
import io.agentstream.event.Usage;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tokens that models used. Used in the conversation's serial order only. */
final class UsageLedger {

  private final Map<String, Usage> byAgent = new LinkedHashMap<>();
  private Usage overhead = Usage.NONE;

  void add(String agentName, Usage usage) {
    byAgent.merge(agentName, usage, Usage::plus);
  }

  void addOverhead(Usage usage) {
    overhead = overhead.plus(usage);
  }

  ConversationUsage total() {
    return ConversationUsage.of(byAgent, overhead);
  }

  /** Returns the usage since the ledger was at {@code mark}. */
  ConversationUsage since(ConversationUsage mark) {
    Map<String, Usage> used = new LinkedHashMap<>();
    byAgent.forEach(
        (name, usage) -> {
          Usage before = mark.byAgent().get(name);
          Usage difference = before == null ? usage : usage.minus(before);
          if (difference.totalTokens() != 0) {
            used.put(name, difference);
          }
        });
    return ConversationUsage.of(
        used, mark.overhead() == null ? overhead : overhead.minus(mark.overhead()));
  }

  void restore(ConversationUsage usage) {
    byAgent.putAll(usage.byAgent());
    overhead = usage.overhead() == null ? Usage.NONE : usage.overhead();
  }
}
