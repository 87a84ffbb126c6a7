package io.agentstream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThoughtsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Otto",
        "<think>Mia?</think>Otto",
        "<think>\nMia?\n</think>\n\nOtto",
        "<thinking>Mia?</thinking>Otto",
        "<think/>Otto",
        "<think />\nOtto",
        "<think>Mia? <think>Ann?</think> Bob?</think>Otto",
        "<think>Mia <think/> Ann</think>Otto",
        "<THINKING>Mia?</THINKING>Otto",
        "<reasoning>Mia?</reasoning>Otto",
        "<thought>Mia?</thought> Otto",
        "<seed:think>Mia?</seed:think>Otto",
        "<think effort=\"high\">Mia?</think>Otto",
        "Mia?</think>Otto",
        "Otto<think>or Mia?",
        "<think>a</think><think>Mia?</think>Otto",
        "<think>a<think>b</think>Mia?</think>Otto",
        "[THINK]Mia?[/THINK]Otto",
        "◁think▷Mia?◁/think▷Otto",
        "<|begin_of_thought|>Mia?<|end_of_thought|>Otto",
        "<|START_THINKING|>Mia?<|END_THINKING|>Otto",
        "<|channel|>analysis<|message|>Mia?<|end|><|start|>assistant<|channel|>final<|message|>Otto",
        "<|channel|>analysis<|message|>Mia?<|channel|>final<|message|>Otto<|return|>",
        "<|START_THINKING|>Mia?<|END_THINKING|><|START_RESPONSE|>Otto<|END_RESPONSE|>",
        "<mm:think>Mia?</mm:think>Otto",
        "<unused94>thought\nMia?<unused95>Otto",
        "<|channel>thought\nMia?<channel|>Otto",
        "analysisMia? No.assistantfinalOtto",
      })
  void thoughts_of_every_spelling_are_taken_out(String answer) {
    assertThat(Thoughts.without(answer)).isEqualTo("Otto");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a < b", "<p>Otto</p>", "[1] Otto", "analysis of tea", " Otto ", "<thinker>Otto"})
  void all_else_stays_as_it_came(String answer) {
    assertThat(Thoughts.without(answer)).isEqualTo(answer);
  }

  @Test
  @Timeout(20)
  void tags_without_end_take_no_time() {
    assertThat(Thoughts.without("<think>".repeat(200_000))).isEmpty();
    assertThat(Thoughts.without("</think>".repeat(200_000))).isEmpty();
    assertThat(Thoughts.without("<think ".repeat(100_000))).hasSize(700_000);
  }
}
