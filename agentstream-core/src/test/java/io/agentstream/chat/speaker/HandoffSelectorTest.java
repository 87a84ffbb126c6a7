package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.chat.speaker.Selection.Turn;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.internal.HandoffTools;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandoffSelectorTest {

  private final HandoffSelector selector = SpeakerSelector.handoff().toUser();
  private final FakeContext context = FakeContext.of("Ann", "Ben", "李华");

  @Test
  void the_first_participant_begins_with_a_tool_for_each_of_the_others() {
    Turn turn = turn(context.select(SpeakerSelector.handoff()));

    assertThat(turn.agentName()).isEqualTo("Ann");
    assertThat(turn.instruction()).isNull();
    assertThat(turn.tools())
        .extracting(tool -> tool.specification().name())
        .containsExactly("transfer_to_ben", HandoffTools.nameFor("李华"));
    assertThat(turn.tools())
        .extracting(tool -> tool.specification().description())
        .contains("Hands the conversation over to 李华: Knows 李华.");
  }

  @Test
  void tool_names_are_ascii_and_differ_even_where_names_hardly_do() {
    FakeContext many =
        FakeContext.of("Ann", "User", "user", "李华", "李明", "ben", "Ben", "B".repeat(64));

    assertThat(turn(many.select(selector)).tools())
        .extracting(ControlTool::specification)
        .extracting(ToolSpecification::name)
        .hasSize(8)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("transfer_to_[a-z0-9_-]{1,52}"));
  }

  @Test
  void a_handoff_gives_the_floor_and_says_so() {
    Selection next = after(TurnFinishReason.TOOL_CALLS, "", "transfer_to_ben");

    assertThat(turn(next).agentName()).isEqualTo("Ben");
    assertThat(turn(next).instruction()).contains("Ann handed the conversation over to you");
    assertThat(turn(next).reason()).isEqualTo("Ann handed over.");
    assertThat(turn(next).tools())
        .extracting(tool -> tool.specification().name())
        .contains("transfer_to_user", "transfer_to_ann")
        .doesNotContain("transfer_to_ben");
  }

  @Test
  void the_first_handoff_of_an_answer_counts() {
    String third = HandoffTools.nameFor("李华");

    assertThat(
            turn(after(TurnFinishReason.TOOL_CALLS, "", "look_up", third, "transfer_to_ben"))
                .agentName())
        .isEqualTo("李华");
  }

  @Test
  void a_handoff_to_the_user_asks_and_the_answer_goes_back_to_the_agent() {
    Selection question = after(TurnFinishReason.TOOL_CALLS, "Which tea?", "transfer_to_user");
    assertThat(question).isInstanceOf(Selection.Ask.class);
    Selection.Ask ask = (Selection.Ask) question;
    assertThat(ask.kind()).isEqualTo(InputKind.TEXT);
    assertThat(ask.agentName()).isEqualTo("Ann");

    context.state(ask.state()).said("user", "Green.").input("Green.");
    assertThat(turn(context.select(selector)).agentName()).isEqualTo("Ann");
    assertThat(turn(context.select(selector)).instruction()).isNull();
  }

  @Test
  void an_agent_whose_question_nobody_answers_is_told_so() {
    after(TurnFinishReason.TOOL_CALLS, "Which tea?", "transfer_to_user");

    Turn turn = turn(context.input("").select(selector));
    assertThat(turn.agentName()).isEqualTo("Ann");
    assertThat(turn.instruction()).contains("did not answer");
  }

  @Test
  void the_user_is_not_asked_who_has_spoken_already() {
    Selection first = context.select(selector);
    context.said("user", "Green, please.");
    context.took(first, TurnFinishReason.TOOL_CALLS, "Which tea?", "transfer_to_user");

    assertThat(turn(context.select(selector)).agentName()).isEqualTo("Ann");
  }

  @Test
  void an_answer_without_a_handoff_completes_the_run_and_the_next_begins_with_that_agent() {
    context.took(
        after(TurnFinishReason.TOOL_CALLS, "", "transfer_to_ben"), TurnFinishReason.STOP, "Yes.");

    assertThat(context.select(selector))
        .isEqualTo(Selection.end(EndReason.COMPLETED, "Ben handed over to nobody."));
    assertThat(turn(context.newRun().said("user", "Why?").select(selector)).agentName())
        .isEqualTo("Ben");
  }

  @Test
  void a_handoff_that_a_run_ended_with_still_counts_in_the_next() {
    after(TurnFinishReason.TOOL_CALLS, "", "transfer_to_ben");

    assertThat(turn(context.newRun().said("user", "Well?").select(selector)).agentName())
        .isEqualTo("Ben");
  }

  @Test
  void an_agent_may_keep_the_floor_as_in_autogen() {
    HandoffSelector keeping = SpeakerSelector.handoff().keepsTheFloor();
    context.took(context.select(keeping), TurnFinishReason.STOP, "Yes.");

    assertThat(turn(context.select(keeping)).agentName()).isEqualTo("Ann");
    assertThat(turn(context.select(keeping)).instruction()).contains("Go on");
  }

  @ParameterizedTest
  @EnumSource(
      value = TurnFinishReason.class,
      names = {"ERROR", "STOPPED", "INTERRUPTED", "TOOL_CALLS"})
  void an_agent_that_was_cut_goes_on(TurnFinishReason reason) {
    assertThat(turn(after(reason, "Ye")).agentName()).isEqualTo("Ann");
  }

  @Test
  void the_user_is_answered_who_spoke_during_the_last_answer() {
    Selection first = context.select(selector);
    context.took(first, TurnFinishReason.STOP, "Yes.").said("user", "And milk?");

    assertThat(turn(context.select(selector)).agentName()).isEqualTo("Ann");
  }

  @Test
  void nobody_is_asked_once_the_rounds_are_used_up() {
    context.roundsLeft(1);

    assertThat(after(TurnFinishReason.TOOL_CALLS, "?", "transfer_to_user"))
        .isEqualTo(Selection.end(EndReason.MAX_ROUNDS, null));
  }

  @Test
  void a_name_with_a_space_is_kept_in_the_state() {
    FakeContext two = FakeContext.of("Ann Lee", "3 Ben");
    two.took(two.select(selector), TurnFinishReason.TOOL_CALLS, "", "transfer_to_3_ben");
    two.took(two.select(selector), TurnFinishReason.ERROR, "");

    assertThat(two.speaker(selector)).isEqualTo("3 Ben");
  }

  /** Returns the decision after the first agent's turn. */
  private Selection after(TurnFinishReason reason, String text, String... tools) {
    return context.took(context.select(selector), reason, text, tools).select(selector);
  }

  private static Turn turn(Selection selection) {
    List<Turn> turns = ((Speak) selection).turns();
    assertThat(turns).hasSize(1);
    return turns.get(0);
  }
}
