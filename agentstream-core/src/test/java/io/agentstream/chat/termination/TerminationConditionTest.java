package io.agentstream.chat.termination;

import static io.agentstream.chat.termination.TerminationCondition.costBudget;
import static io.agentstream.chat.termination.TerminationCondition.external;
import static io.agentstream.chat.termination.TerminationCondition.function;
import static io.agentstream.chat.termination.TerminationCondition.functionCall;
import static io.agentstream.chat.termination.TerminationCondition.handoff;
import static io.agentstream.chat.termination.TerminationCondition.maxMessages;
import static io.agentstream.chat.termination.TerminationCondition.maxRounds;
import static io.agentstream.chat.termination.TerminationCondition.sourceMatch;
import static io.agentstream.chat.termination.TerminationCondition.stopMessage;
import static io.agentstream.chat.termination.TerminationCondition.textMention;
import static io.agentstream.chat.termination.TerminationCondition.timeout;
import static io.agentstream.chat.termination.TerminationCondition.tokenBudget;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.EndReason;
import io.agentstream.internal.HandoffTools;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TerminationConditionTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeRun run = FakeRun.on("Say DONE when you are done. TERMINATE");

  @Test
  void max_messages_counts_the_task_too() {
    assertThat(maxMessages(1).check(run))
        .contains(Termination.terminated("The run has 1 messages."));
    assertThat(maxMessages(2).check(run)).isEmpty();
    assertThat(maxMessages(2).check(run.says("Ann", "x"))).isPresent();
  }

  @Test
  void max_rounds_counts_rounds_that_are_over() {
    assertThat(maxRounds(2).check(run.rounds(1))).isEmpty();
    assertThat(maxRounds(2).check(run.rounds(2)))
        .map(Termination::reason)
        .contains(EndReason.MAX_ROUNDS);
  }

  @Test
  void a_text_in_the_task_is_no_mention_unless_asked() {
    assertThat(textMention("DONE").check(run)).isEmpty();
    assertThat(textMention("DONE").includingTopic().check(run)).isPresent();
    assertThat(textMention("DONE", "Ann").includingTopic().check(run)).isPresent();
    assertThat(textMention("DONE").check(run.says("Ann", "I am DONE."))).isPresent();
  }

  @Test
  void a_text_counts_from_the_named_sources_alone() {
    run.says("Ben", "DONE").user("DONE");

    assertThat(textMention("DONE", "Ann").check(run)).isEmpty();
    assertThat(textMention("DONE", "user").check(run)).isPresent();
    assertThat(textMention("done").check(run)).isEmpty();
    assertThat(textMention("DONE", "Ann", "Cho").check(run.says("Cho", "DONE"))).isPresent();
  }

  @Test
  void a_stop_message_ends_with_the_word_alone_on_its_last_line() {
    assertThat(stopMessage().check(run)).isEmpty();
    assertThat(stopMessage().check(run.says("Ann", "I shall say TERMINATE later."))).isEmpty();
    assertThat(stopMessage().check(run.says("Ann", "TERMINATED"))).isEmpty();
    assertThat(stopMessage().check(run.user("TERMINATE"))).isEmpty();
    assertThat(stopMessage().check(run.says("Ann", "All is said.\n\n**TERMINATE.**\n")))
        .contains(Termination.terminated("Ann asked to stop."));
    assertThat(stopMessage("完").check(FakeRun.on("x").says("本", "好。\n完。"))).isPresent();
  }

  @Test
  void a_token_budget_counts_agents_and_overhead() {
    assertThat(tokenBudget(100).check(run.uses("Ann", 50, 9).usesBeside(30, 10))).isEmpty();
    assertThat(tokenBudget(100).check(run.uses("Ben", 1, 0)))
        .contains(new Termination(EndReason.BUDGET, "100 of 100 tokens were used."));
  }

  @Test
  void a_cost_budget_has_a_price_for_each_agent_and_for_overhead() {
    Price price =
        (name, usage) ->
            BigDecimal.valueOf(usage.totalTokens())
                .multiply(new BigDecimal(name.equals(Price.OVERHEAD) ? "0.01" : "0.10"));
    TerminationCondition condition = costBudget(new BigDecimal("1.00"), price);

    assertThat(condition.check(run.uses("Ann", 8, 1).usesBeside(9, 0))).isEmpty();
    assertThat(condition.check(run.usesBeside(1, 0)))
        .contains(new Termination(EndReason.BUDGET, "1.00 of 1.00 was spent."));
  }

  @Test
  void a_price_by_the_million_tells_input_from_output() {
    Price price = Price.perMillionTokens(new BigDecimal("2.50"), BigDecimal.TEN);

    assertThat(price.of("Ann", run.uses("Ann", 1_000, 200).usage().byAgent().get("Ann")))
        .isEqualByComparingTo("0.0045");
  }

  @Test
  void a_timeout_counts_from_the_start_and_names_its_time() {
    assertThat(timeout(MINUTE).check(run.lasts(MINUTE.minusNanos(1)))).isEmpty();
    assertThat(timeout(MINUTE).check(run.lasts(MINUTE)))
        .map(Termination::reason)
        .contains(EndReason.TIMEOUT);
    assertThat(timeout(MINUTE).deadlines()).containsExactly(MINUTE);
    assertThat(maxMessages(1).deadlines()).isEmpty();
  }

  @Test
  void a_handoff_ends_the_run_when_it_goes_to_the_target() {
    assertThat(handoff("user").check(run.turn("Ann", "", "transfer_to_ben"))).isEmpty();
    assertThat(handoff("user").check(run.turn("Ann", "", "transfer_to_user")))
        .contains(Termination.terminated("Ann handed over to user."));
    assertThat(handoff("Ben").check(run)).isPresent();
  }

  @Test
  void handoff_tools_have_names_that_providers_take() {
    assertThat(HandoffTools.nameFor("Ann Lee")).isEqualTo("transfer_to_ann_lee");
    assertThat(HandoffTools.nameFor("本")).matches("transfer_to_[0-9a-f]{8}");
    assertThat(HandoffTools.nameFor("本"))
        .isNotEqualTo(HandoffTools.nameFor("林"))
        .isEqualTo(HandoffTools.nameFor("本"));
    assertThat(HandoffTools.nameFor("Élan vital")).startsWith("transfer_to_lan_vital_");
    assertThat(HandoffTools.nameFor("x".repeat(64))).hasSize(64).matches("[a-z0-9_-]+");
    assertThat(HandoffTools.nameFor("x".repeat(52))).isEqualTo("transfer_to_" + "x".repeat(52));
  }

  @Test
  void a_source_match_wants_a_message_and_not_the_task() {
    assertThat(sourceMatch("user", "Ann").check(run)).isEmpty();
    assertThat(sourceMatch("Ann").check(run.turn("Ann", ""))).isEmpty();
    assertThat(sourceMatch("Ann", "Ben").check(run.says("Ben", "x")))
        .contains(Termination.terminated("Ben has spoken."));
    assertThat(sourceMatch("user").check(run.user("me"))).isPresent();
    assertThat(sourceMatch("team").check(run.turn("team", "its last message"))).isPresent();
  }

  @Test
  void a_function_call_ends_the_run_after_the_turn_with_it() {
    assertThat(functionCall("approve").check(run.turn("Ann", "x", "reject"))).isEmpty();
    assertThat(functionCall("approve").check(run.turn("Ann", "x", "look", "approve")))
        .contains(Termination.terminated("Ann called approve."));
  }

  @Test
  void an_external_condition_ends_the_runs_under_way_and_no_later_one() {
    ExternalTermination external = external();
    TerminationCondition first = external.forRun();
    TerminationCondition nested = external.or(maxMessages(99)).and(maxMessages(1)).forRun();
    assertThat(first.check(run)).isEmpty();

    external.set();

    assertThat(first.check(run)).isPresent();
    assertThat(nested.check(run)).isPresent();
    assertThat(external.forRun().check(run)).isEmpty();
  }

  @Test
  void a_function_sees_the_run() {
    assertThat(function(seen -> seen.turns().size() == 1).check(run)).isEmpty();
    assertThat(function(seen -> seen.turns().size() == 1).check(run.says("Ann", "x"))).isPresent();
  }

  @Test
  void and_holds_once_both_have_held() {
    TerminationCondition both = textMention("DONE").and(maxRounds(2));

    assertThat(both.check(run.says("Ann", "DONE").rounds(1))).isEmpty();
    assertThat(both.check(run.says("Ben", "more").rounds(2)))
        .contains(Termination.terminated("'DONE' was said. Rounds over: 2."));
    assertThat(maxRounds(1).and(maxRounds(2)).check(run))
        .map(Termination::reason)
        .contains(EndReason.MAX_ROUNDS);
  }

  @Test
  void or_holds_as_soon_as_one_does() {
    TerminationCondition either = tokenBudget(10).or(maxRounds(1));

    assertThat(either.check(run)).isEmpty();
    assertThat(either.check(run.rounds(1))).map(Termination::reason).contains(EndReason.MAX_ROUNDS);
    assertThat(either.check(run.uses("Ann", 10, 0)))
        .map(Termination::reason)
        .contains(EndReason.BUDGET);
  }

  @Test
  void a_composition_is_asked_at_the_times_of_all_its_parts() {
    TerminationCondition nested =
        timeout(MINUTE).and(textMention("DONE")).or(timeout(MINUTE.multipliedBy(2)));

    assertThat(nested.deadlines()).containsExactlyInAnyOrder(MINUTE, MINUTE.multipliedBy(2));
    assertThat(nested.check(run.lasts(MINUTE))).isEmpty();
    assertThat(nested.check(run.lasts(MINUTE.multipliedBy(2)))).isPresent();
  }

  @Test
  void mistakes_are_named() {
    assertThatThrownBy(() -> maxMessages(0)).hasMessageContaining("maxMessages");
    assertThatThrownBy(() -> maxRounds(0)).hasMessageContaining("maxRounds");
    assertThatThrownBy(() -> textMention("")).hasMessageContaining("textMention");
    assertThatThrownBy(() -> stopMessage(" ")).hasMessageContaining("stop message");
    assertThatThrownBy(() -> tokenBudget(0)).hasMessageContaining("tokenBudget");
    assertThatThrownBy(() -> costBudget(BigDecimal.ZERO, (name, usage) -> BigDecimal.ONE))
        .hasMessageContaining("costBudget");
    assertThatThrownBy(() -> timeout(Duration.ZERO)).hasMessageContaining("timeout");
    assertThatThrownBy(() -> sourceMatch()).hasMessageContaining("sourceMatch");
  }
}
