package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.chat.speaker.Selection.Turn;
import io.agentstream.event.EndReason;
import io.agentstream.event.TurnFinishReason;
import org.junit.jupiter.api.Test;

class PlannerSelectorTest {

  private static final String DONE = "SATISFIED: yes, it is";

  private final PlannerSelector selector = SpeakerSelector.planner(FakeContext.MODEL);
  private final FakeContext context = FakeContext.of("Ann", "Ben");

  @Test
  void facts_and_a_plan_come_first_and_each_turn_is_told_them_with_its_part() {
    context.answers("Tea is hot.", "- Ask Ben.", going("Ben", "Boil\nwater."));

    Turn turn = turn(context.select(selector));

    assertThat(turn.agentName()).isEqualTo("Ben");
    assertThat(turn.instruction())
        .contains("Tea?", "Ann: Knows Ann.", "Tea is hot.", "- Ask Ben.", "You are Ben.")
        .endsWith("Boil\nwater.");
    assertThat(context.questions()).hasSize(3);
    assertThat(context.questions().get(1)).contains("Tea is hot.", "Ben: Knows Ben.");
    assertThat(context.questions().get(2)).contains("- Ask Ben.", "one name of: Ann, Ben");
  }

  @Test
  void progress_is_judged_before_each_turn_by_what_came_after_the_plan() {
    begin();
    context.answers(going("Ann", "Pour it."));

    assertThat(turn(context.select(selector)).agentName()).isEqualTo("Ann");
    assertThat(last()).contains("Ben: It boils.").doesNotContain("user: Tea?");
  }

  @Test
  void a_satisfied_request_gets_a_final_answer_and_ends_the_run() {
    begin();
    Speak answer = (Speak) context.answers(DONE).select(selector);

    assertThat(answer.turns().get(0).agentName()).isEqualTo("Ben");
    assertThat(answer.turns().get(0).instruction()).contains("final answer", "Tea?");
    assertThat(answer.startsRound()).isFalse();

    context.took(answer, TurnFinishReason.STOP, "Here is tea.");
    assertThat(context.select(selector)).isEqualTo(Selection.end(EndReason.COMPLETED, null));
  }

  @Test
  void who_gives_the_final_answer_and_how_can_be_chosen() {
    context.answers("f", "p", DONE);

    Turn turn =
        turn(context.select(selector.finalAnswerBy("Ben").finalAnswerPrompt("Rhyme: {task}")));

    assertThat(turn.agentName()).isEqualTo("Ben");
    assertThat(turn.instruction()).isEqualTo("Rhyme: Tea?");
    assertThatThrownBy(() -> context.select(selector.finalAnswerBy("Dan")))
        .hasMessageContaining("'Dan'");
  }

  @Test
  void stalls_lead_to_new_facts_and_a_new_plan_and_their_count_begins_anew() {
    begin();
    for (int i = 0; i < 2; i++) {
      context.answers(stuck("Ann"));
      context.took(context.select(selector), TurnFinishReason.STOP, "Hm " + i + ".");
    }
    context.answers(stuck("Ann"), "New facts.", "New plan.", going("Ben", "Try this."));

    Turn turn = turn(context.select(selector));

    assertThat(turn.agentName()).isEqualTo("Ben");
    assertThat(turn.instruction()).contains("New facts.", "New plan.").doesNotContain("old");
    PlannerLedger ledger = PlannerLedger.parse(context.select(stalledOnce()).state());
    assertThat(ledger.plan()).isEqualTo("New plan.");
    assertThat(ledger.stalls()).isEqualTo(1);
    assertThat(context.questions().get(context.questions().size() - 1)).doesNotContain("Hm 1.");
  }

  /** Takes the turn of the new plan, and answers that it stalled. */
  private PlannerSelector stalledOnce() {
    context.answers(stuck("Ann"), "New facts.", "New plan.", going("Ben", "Try this."));
    context.took(context.select(selector), TurnFinishReason.STOP, "Tried.");
    context.answers(stuck("Ann"));
    return selector;
  }

  @Test
  void progress_takes_a_stall_back() {
    begin();
    step(stuck("Ann"));
    step(stuck("Ann"));
    step(going("Ben", "x"));
    step(stuck("Ann"));

    assertThat(PlannerLedger.parse(context.state()).stalls()).isEqualTo(2);
    assertThat(PlannerLedger.parse(context.state()).plan()).isEqualTo("old plan");
  }

  @Test
  void a_new_plan_is_tried_before_the_next_one() {
    begin();
    context.answers(stuck("Ann"), "f2", "p2", stuck("Ann"));

    assertThat(turn(context.select(selector.maxStalls(1))).instruction()).contains("p2");
  }

  @Test
  void an_unreadable_judgement_is_asked_for_again_with_what_is_wrong() {
    begin();
    context.answers("{\"next\": 1}", "SATISFIED: no\nNEXT: Dan", going("Ann", "Go."));

    assertThat(turn(context.select(selector)).agentName()).isEqualTo("Ann");
    assertThat(last()).contains("LOOP", "exactly one of: Ann, Ben", "INSTRUCTION");
  }

  @Test
  void a_judgement_that_stays_unreadable_is_a_stall_and_the_next_in_order_speaks() {
    begin();
    context.answers("?", "?", "?");

    Selection next = context.select(selector);

    assertThat(turn(next).agentName()).isEqualTo("Ann");
    assertThat(PlannerLedger.parse(next.state()).stalls()).isEqualTo(1);
  }

  @Test
  void a_failing_model_is_asked_three_times_and_then_fails_the_run() {
    context.fails().fails().answers("facts", "plan", going("Ann", "Go."));
    assertThat(turn(context.select(selector)).agentName()).isEqualTo("Ann");

    context.fails().fails().fails();
    assertThatThrownBy(() -> context.select(selector)).hasCauseInstanceOf(ModelAskException.class);
  }

  @Test
  void what_the_user_adds_while_the_team_is_at_it_belongs_to_the_task() {
    begin();
    context.said("user", "Green!");
    step(going("Ann", "x"));
    context.said("user", "Go on.").newRun();
    step(going("Ann", "x"));

    PlannerLedger ledger = PlannerLedger.parse(context.state());
    assertThat(ledger.task()).isEqualTo("Tea?\n\nGreen!\n\nGo on.");
    assertThat(ledger.plan()).isEqualTo("old plan");
  }

  @Test
  void what_the_user_says_after_the_final_answer_is_a_new_task() {
    begin();
    context.took(context.answers(DONE).select(selector), TurnFinishReason.STOP, "Here.");
    context.newRun().said("user", "Coffee?").answers("f", "p", going("Ann", "x"));

    PlannerLedger ledger = PlannerLedger.parse(context.select(selector).state());

    assertThat(ledger.task()).isEqualTo("Coffee?");
    assertThat(context.questions()).filteredOn(text -> text.contains("Ben: Here.")).hasSize(1);
  }

  @Test
  void what_the_user_says_during_the_final_answer_is_a_new_task_of_the_same_run() {
    begin();
    context.took(context.answers(DONE).select(selector), TurnFinishReason.INTERRUPTED, "He");
    context.said("user", "Coffee!").answers("f", "p", going("Ann", "x"));

    assertThat(PlannerLedger.parse(context.select(selector).state()).task()).isEqualTo("Coffee!");
  }

  @Test
  void a_nested_planner_that_has_the_floor_again_works_on_what_was_said_last() {
    begin();
    context.took(context.answers(DONE).select(selector), TurnFinishReason.STOP, "Here.");
    context.newRun().said("Boss", "Now cake.").answers("f", "p", going("Ann", "x"));

    assertThat(PlannerLedger.parse(context.select(selector).state()).task()).isEqualTo("Now cake.");
  }

  @Test
  void with_the_rounds_used_up_the_answer_is_given_that_there_is_and_the_ledger_is_kept() {
    begin();
    context.roundsLeft(0).answers(going("Ann", "x"));
    Speak answer = (Speak) context.select(selector);

    assertThat(answer.startsRound()).isFalse();
    assertThat(answer.turns().get(0).instruction()).contains("final answer");
    context.took(answer, TurnFinishReason.STOP, "So far.").roundsLeft(0);
    assertThat(context.select(selector)).isEqualTo(Selection.end(EndReason.MAX_ROUNDS, null));

    context.newRun().roundsLeft(3).said("user", "Go on.").answers(going("Ann", "x"));
    assertThat(PlannerLedger.parse(context.select(selector).state()))
        .extracting(PlannerLedger::task, PlannerLedger::plan, PlannerLedger::phase)
        .containsExactly("Tea?\n\nGo on.", "old plan", PlannerLedger.Phase.WORKING);
  }

  @Test
  void a_final_answer_that_fails_fails_the_run_and_the_next_run_goes_on() {
    begin();
    context.took(context.answers(DONE).select(selector), TurnFinishReason.ERROR, "");
    assertThat(context.select(selector))
        .isEqualTo(Selection.end(EndReason.FAILED, "The final answer failed."));

    context.newRun().said("user", "Again.").answers(DONE);
    assertThat(turn(context.select(selector)).instruction()).contains("Tea?\n\nAgain.");
  }

  @Test
  void a_judgement_may_come_with_markup_in_any_order_and_with_text_around() {
    String answer =
        """
        Sure! Here is my judgement:
        - **NEXT**: `Ben`, who knows
        2. **Satisfied:** No, not yet.
        loop： no
        ## PROGRESS: Yes
        INSTRUCTION: Do this:
        - first
        NEXT: to it, second
        """;
    assertThat(Judgement.read(answer, java.util.List.of("Ann", "Ben")).value())
        .isEqualTo(new Judgement(false, false, "Ben", "Do this:\n- first\nNEXT: to it, second"));
  }

  @Test
  void the_ledger_survives_its_text_form() {
    PlannerLedger ledger =
        new PlannerLedger(
            PlannerLedger.Phase.WORKING, 2, 7, 3, "a\nb\\n", "\\", "- 一\n\n- \"二\"\r\n\\\\n");

    assertThat(PlannerLedger.parse(ledger.toState())).isEqualTo(ledger);
  }

  /** The first turn is Ben's, under an old plan. */
  private void begin() {
    context.answers("old facts", "old plan", going("Ben", "Boil water."));
    context.took(context.select(selector), TurnFinishReason.STOP, "It boils.");
  }

  private void step(String judgement) {
    context.took(context.answers(judgement).select(selector), TurnFinishReason.STOP, "Something.");
  }

  private String last() {
    return context.questions().get(context.questions().size() - 1);
  }

  private static String going(String next, String instruction) {
    return "SATISFIED: no\nLOOP: no\nPROGRESS: yes\nNEXT: "
        + next
        + "\nINSTRUCTION: "
        + instruction;
  }

  private static String stuck(String next) {
    return "SATISFIED: no\nLOOP: yes\nPROGRESS: no\nNEXT: " + next + "\nINSTRUCTION: again";
  }

  private static Turn turn(Selection selection) {
    return ((Speak) selection).turns().get(0);
  }
}
