package io.agentstream.chat.termination;

import io.agentstream.event.Usage;
import java.math.BigDecimal;

/** The price of a model's tokens. */
@FunctionalInterface
public interface Price {

  /**
   * Used in place of an agent's name for tokens of selectors and summaries; no agent can have this
   * name.
   */
  String OVERHEAD = "";

  /**
   * Returns the cost of an agent's tokens, in a currency of your choice. Called in the
   * conversation's serial order; must not block.
   *
   * @param agentName the agent whose model used them, or {@link #OVERHEAD}
   */
  BigDecimal of(String agentName, Usage usage);

  /**
   * Returns one price for all agents.
   *
   * @param input the price of a million prompt tokens
   * @param output the price of a million answer tokens
   */
  static Price perMillionTokens(BigDecimal input, BigDecimal output) {
    return (agentName, usage) ->
        input
            .multiply(BigDecimal.valueOf(usage.inputTokens()))
            .add(output.multiply(BigDecimal.valueOf(usage.outputTokens())))
            .movePointLeft(6);
  }
}
