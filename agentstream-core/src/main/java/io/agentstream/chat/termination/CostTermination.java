package io.agentstream.chat.termination;

import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import java.math.BigDecimal;
import java.util.Optional;

record CostTermination(BigDecimal most, Price price) implements TerminationCondition {

  CostTermination {
    if (most.signum() <= 0) {
      throw new IllegalArgumentException("costBudget must be above 0, not " + most);
    }
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    BigDecimal cost = cost(run.usage());
    return cost.compareTo(most) >= 0
        ? Optional.of(
            new Termination(
                EndReason.BUDGET,
                cost.toPlainString() + " of " + most.toPlainString() + " was spent."))
        : Optional.empty();
  }

  private BigDecimal cost(ConversationUsage usage) {
    BigDecimal agents =
        usage.byAgent().entrySet().stream()
            .map(agent -> price.of(agent.getKey(), agent.getValue()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return usage.overhead() == null
        ? agents
        : agents.add(price.of(Price.OVERHEAD, usage.overhead()));
  }
}
