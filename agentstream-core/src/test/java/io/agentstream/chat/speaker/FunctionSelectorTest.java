package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.TurnFinishReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FunctionSelectorTest {

  @Test
  void whoever_the_function_names_speaks() {
    SpeakerSelector selector = SpeakerSelector.function(chat -> Optional.of("Ben"));

    assertThat(FakeContext.of("Ann", "Ben").speaker(selector)).isEqualTo("Ben");
    assertThat(selector.name()).isEqualTo("function");
    assertThat(selector.mayBlock()).isTrue();
  }

  @Test
  void where_it_names_nobody_the_next_selector_picks_and_keeps_its_state() {
    SpeakerSelector selector =
        SpeakerSelector.function(
                chat -> chat.turns() == 1 ? Optional.of("Cho") : Optional.<String>empty())
            .orElse(SpeakerSelector.roundRobin());
    FakeContext context = FakeContext.of("Ann", "Ben", "Cho");

    assertThat(speak(selector, context)).isEqualTo("Ann");
    assertThat(speak(selector, context)).isEqualTo("Cho");
    assertThat(speak(selector, context)).isEqualTo("Ben");
  }

  @Test
  void the_answer_to_the_next_selectors_question_goes_to_that_selector() {
    int[] asked = {0};
    SpeakerSelector selector =
        SpeakerSelector.function(
                chat -> {
                  asked[0]++;
                  return Optional.<String>empty();
                })
            .orElse(SpeakerSelector.manual());
    FakeContext context = FakeContext.of("Ann", "Ben");

    assertThat(context.select(selector)).isInstanceOf(Selection.Ask.class);
    assertThat(context.input("Ben").speaker(selector)).isEqualTo("Ben");
    assertThat(asked[0]).isEqualTo(1);
  }

  @Test
  void a_name_that_is_nobodys_fails_clearly() {
    SpeakerSelector selector = SpeakerSelector.function(chat -> Optional.of("Bob"));

    assertThatThrownBy(() -> FakeContext.of("Ann", "Ben").select(selector))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'Bob'")
        .hasMessageContaining("[Ann, Ben]");
  }

  @Test
  void naming_nobody_without_a_next_selector_fails_clearly() {
    SpeakerSelector selector = SpeakerSelector.function(chat -> Optional.<String>empty());

    assertThatThrownBy(() -> FakeContext.of("Ann").select(selector))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("orElse");
  }

  private static String speak(SpeakerSelector selector, FakeContext context) {
    Selection selection = context.select(selector);
    context.took(selection, TurnFinishReason.STOP, "x");
    return String.valueOf(context.lastSpeaker());
  }
}
