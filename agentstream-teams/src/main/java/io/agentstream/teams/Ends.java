package io.agentstream.teams;

import io.agentstream.chat.termination.Price;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.chat.termination.TextMentionTermination;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Builds core's termination conditions. */
final class Ends {

  private Ends() {}

  static TerminationCondition build(EndSpec spec, Parts parts) {
    if (spec instanceof EndSpec.Any any) {
      return each(any.any(), parts).reduce(TerminationCondition::or).orElseThrow();
    }
    if (spec instanceof EndSpec.All all) {
      return each(all.all(), parts).reduce(TerminationCondition::and).orElseThrow();
    }
    if (spec instanceof EndSpec.Text text) {
      TextMentionTermination mention =
          TerminationCondition.textMention(text.text(), text.from().toArray(String[]::new));
      return Boolean.TRUE.equals(text.includingTopic()) ? mention.includingTopic() : mention;
    }
    if (spec instanceof EndSpec.StopWord stop) {
      return TerminationCondition.stopMessage(stop.stopWord());
    }
    if (spec instanceof EndSpec.SaidBy said) {
      return TerminationCondition.sourceMatch(
          said.saidBy().stream().distinct().toArray(String[]::new));
    }
    if (spec instanceof EndSpec.Handoff handoff) {
      return TerminationCondition.handoff(handoff.handoffTo());
    }
    if (spec instanceof EndSpec.ToolCalled tool) {
      return TerminationCondition.functionCall(tool.toolCalled());
    }
    if (spec instanceof EndSpec.External external) {
      return parts.external(external.external());
    }
    return spec instanceof EndSpec.Custom custom ? parts.condition(custom) : count(spec);
  }

  private static Stream<TerminationCondition> each(List<EndSpec> specs, Parts parts) {
    return specs.stream().map(spec -> build(spec, parts));
  }

  private static TerminationCondition count(EndSpec spec) {
    if (spec instanceof EndSpec.Messages messages) {
      return TerminationCondition.maxMessages(messages.messages());
    }
    if (spec instanceof EndSpec.Rounds rounds) {
      return TerminationCondition.maxRounds(rounds.rounds());
    }
    if (spec instanceof EndSpec.Tokens tokens) {
      return TerminationCondition.tokenBudget(tokens.tokens());
    }
    if (spec instanceof EndSpec.Cost cost) {
      return TerminationCondition.costBudget(
          cost.cost(), Price.perMillionTokens(cost.inputPrice(), cost.outputPrice()));
    }
    if (spec instanceof EndSpec.Seconds seconds) {
      return TerminationCondition.timeout(Duration.ofMillis(Math.round(seconds.seconds() * 1_000)));
    }
    throw new IllegalStateException("There is no condition for " + spec);
  }
}
