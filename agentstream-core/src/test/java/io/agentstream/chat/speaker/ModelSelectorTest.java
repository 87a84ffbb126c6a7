package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.EndReason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelSelectorTest {

  private final ModelSelector selector = SpeakerSelector.model(FakeContext.MODEL);
  private final FakeContext context = FakeContext.of("Ann", "Ben", "Cho");

  @Test
  void the_model_is_shown_roles_candidates_and_history() {
    context.said("Ann", "With {roles}, $1 and\nmilk.").lastSpeaker("Ann").answers("Cho");

    assertThat(
            context.speaker(
                selector.prompt("R:\n{roles}\nP: {participants}\nH:\n{history}\n{other}")))
        .isEqualTo("Cho");
    assertThat(context.questions())
        .containsExactly(
            """
            R:
            Ann: Knows Ann.
            Ben: Knows Ben.
            Cho: Knows Cho.
            P: Ben, Cho
            H:
            user: Tea?
            Ann: With {roles}, $1 and
              milk.
            {other}""");
  }

  @Test
  void the_function_is_asked_first_and_may_repeat_the_speaker() {
    context.lastSpeaker("Ann");

    assertThat(context.speaker(selector.function(chat -> Optional.of("Ann")))).isEqualTo("Ann");
    assertThat(context.questions()).isEmpty();
  }

  @Test
  void the_candidates_come_next_and_the_previous_speaker_is_dropped_from_them() {
    ModelSelector two = selector.candidates(chat -> List.of("Ann", "Cho"));
    context.lastSpeaker("Ann");

    assertThat(context.speaker(two)).isEqualTo("Cho");
    assertThat(context.questions()).isEmpty();
    assertThat(context.answers("Ann").speaker(two.allowRepeatedSpeaker(true))).isEqualTo("Ann");
  }

  @Test
  void one_candidate_asks_no_model_even_where_it_spoke_last() {
    context.lastSpeaker("Ann");

    assertThat(context.speaker(selector.candidates(chat -> List.of("Ann")))).isEqualTo("Ann");
    assertThat(FakeContext.of("Ann").lastSpeaker("Ann").speaker(selector)).isEqualTo("Ann");
    assertThat(context.questions()).isEmpty();
  }

  @Test
  void an_answer_is_understood_that_names_one_candidate_among_others() {
    context.lastSpeaker("Ann").answers("<think>Ben? Cho?</think>\nAnn just spoke, so **Ben**.");

    assertThat(context.speaker(selector)).isEqualTo("Ben");
  }

  @Test
  void an_unclear_answer_is_asked_for_again_with_what_is_wrong() {
    context.lastSpeaker("Ann").answers("Somebody", "Ben or Cho", "Cho");

    assertThat(context.speaker(selector)).isEqualTo("Cho");
    assertThat(context.questions()).hasSize(3);
    assertThat(context.lastExchange().subList(1, 5))
        .containsExactly(
            "Somebody",
            "No valid role was named. Select one from: Ben, Cho.",
            "Ben or Cho",
            "Name exactly one role. Select only one from: Ben, Cho.");
  }

  @Test
  void the_previous_speaker_is_refused() {
    context.lastSpeaker("Ann").answers("Ann", "", "Ben");

    assertThat(context.speaker(selector)).isEqualTo("Ben");
    assertThat(context.lastExchange().subList(1, 4))
        .containsExactly(
            "Ann", "This role cannot be next. Select a different one from: Ben, Cho.", "(nothing)");
  }

  @Test
  void after_the_attempts_the_next_in_order_speaks_who_is_a_candidate_and_no_repeat() {
    assertThat(context.answers("?", "?", "?").speaker(selector)).isEqualTo("Ann");

    context.lastSpeaker("Ben").answers("Ben", "Ben", "Ben");
    assertThat(context.speaker(selector)).isEqualTo("Cho");

    context.lastSpeaker("Cho").answers("?");
    ModelSelector two = selector.attempts(1).candidates(chat -> List.of("Cho", "Ben", "Ann"));
    assertThat(context.speaker(two)).isEqualTo("Ann");
    assertThat(context.questions()).hasSize(7);
  }

  @Test
  void a_failing_model_uses_up_attempts_and_then_the_next_in_order_speaks() {
    assertThat(context.fails().answers("Cho").speaker(selector)).isEqualTo("Cho");

    context.lastSpeaker("Ann").fails().fails().fails();
    assertThat(context.speaker(selector)).isEqualTo("Ben");
    assertThat(context.questions()).hasSize(5);
  }

  @Test
  void no_model_is_asked_once_the_rounds_are_used_up() {
    assertThat(context.roundsLeft(0).select(selector))
        .isEqualTo(Selection.end(EndReason.MAX_ROUNDS, null));
  }

  @Test
  void mistakes_are_named() {
    assertThatThrownBy(() -> selector.prompt("{roles}")).hasMessageContaining("{participants}");
    assertThatThrownBy(() -> selector.attempts(0)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> context.select(selector.candidates(chat -> List.of())))
        .hasMessageContaining("nobody");
    assertThatThrownBy(() -> context.select(selector.candidates(chat -> List.of("Dan"))))
        .hasMessageContaining("'Dan'");
    assertThatThrownBy(() -> context.select(selector.function(chat -> Optional.of("Dan"))))
        .hasMessageContaining("'Dan'");
  }

  @Test
  void it_blocks_only_where_functions_of_the_user_may() {
    assertThat(selector.mayBlock()).isFalse();
    assertThat(selector.function(chat -> Optional.empty()).mayBlock()).isTrue();
    assertThat(selector.candidates(chat -> List.of()).mayBlock()).isTrue();
  }
}
