package io.agentstream.chat.termination;

import io.agentstream.event.Usage;
import java.math.BigDecimal;

/** What the tokens of a model cost. */
@FunctionalInterface
public interface Price {

  /** Stands for an agent's name where selectors and summaries used the tokens; no agent's name. */
  String OVERHEAD = "";

  /**
   * What an agent's tokens cost, in a currency of your choice. Called in the conversation's serial
   * order; must not block.
   *
   * @param agentName whose model used them, or {@link #OVERHEAD}
   */
  BigDecimal of(String agentName, Usage usage);

  /**
   * One price for all.
   *
   * @param input what a million tokens of prompts cost
   * @param output what a million tokens of answers cost
   */
  static Price perMillionTokens(BigDecimal input, BigDecimal output) {
    return (agentName, usage) ->
        input
            .multiply(BigDecimal.valueOf(usage.inputTokens()))
            .add(output.multiply(BigDecimal.valueOf(usage.outputTokens())))
            .movePointLeft(6);
  }
}
