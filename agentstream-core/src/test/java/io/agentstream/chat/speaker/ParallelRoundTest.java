package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.event.TurnFinishReason;
import org.junit.jupiter.api.Test;

class ParallelRoundTest {

  private final SpeakerSelector selector = SpeakerSelector.parallelRound("Sum", "Be brief.");
  private final FakeContext context = FakeContext.of("Ann", "Sum", "Ben");

  @Test
  void all_but_the_summariser_speak_at_once_and_then_it_sums_up_in_the_same_round() {
    Speak all = (Speak) context.select(selector);
    assertThat(all.turns()).extracting(Selection.Turn::agentName).containsExactly("Ann", "Ben");
    assertThat(all.startsRound()).isTrue();
    assertThat(all.endsRound()).isFalse();

    Speak summary = (Speak) context.took(all, TurnFinishReason.STOP, "x").select(selector);
    assertThat(summary.turns())
        .containsExactly(Selection.Turn.of("Sum").withInstruction("Be brief."));
    assertThat(summary.startsRound()).isFalse();
    assertThat(summary.endsRound()).isTrue();

    Speak next = (Speak) context.took(summary, TurnFinishReason.STOP, "x").select(selector);
    assertThat(next.turns()).hasSize(2);
  }

  @Test
  void a_new_run_begins_with_a_new_round() {
    Selection all = context.select(selector);
    context.took(all, TurnFinishReason.STOP, "x").newRun();

    assertThat(((Speak) context.select(selector)).turns()).hasSize(2);
  }

  @Test
  void a_failure_of_the_others_does_not_keep_the_round_from_ending() {
    context.took(context.select(selector), TurnFinishReason.ERROR, "");

    assertThat(context.speaker(selector)).isEqualTo("Sum");
  }

  @Test
  void a_summariser_alone_speaks_a_whole_round() {
    Speak alone = (Speak) FakeContext.of("Sum").select(selector);

    assertThat(alone.turns()).containsExactly(Selection.Turn.of("Sum"));
    assertThat(alone.startsRound() && alone.endsRound()).isTrue();
  }

  @Test
  void a_summariser_who_is_not_there_is_named() {
    assertThatThrownBy(() -> FakeContext.of("Ann").select(selector))
        .hasMessageContaining("summariser")
        .hasMessageContaining("'Sum'");
  }
}
