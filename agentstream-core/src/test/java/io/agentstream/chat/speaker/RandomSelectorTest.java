package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.TurnFinishReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomSelectorTest {

  @Test
  void everybody_speaks_and_nobody_twice_in_a_row() {
    for (SpeakerSelector selector : List.of(SpeakerSelector.random(), SpeakerSelector.random(7))) {
      List<String> picked = picks(selector, FakeContext.of("Ann", "Ben", "Cho"), 200);

      assertThat(picked).contains("Ann", "Ben", "Cho");
      for (int i = 1; i < picked.size(); i++) {
        assertThat(picked.get(i)).isNotEqualTo(picked.get(i - 1));
      }
    }
  }

  @Test
  void the_only_participant_speaks_again_and_again() {
    assertThat(picks(SpeakerSelector.random(), FakeContext.of("Ann"), 3)).containsOnly("Ann");
  }

  @Test
  void a_seed_decides_the_order_and_the_state_keeps_the_place_in_it() {
    SpeakerSelector selector = SpeakerSelector.random(7);
    List<String> whole = picks(selector, FakeContext.of("Ann", "Ben", "Cho"), 20);
    FakeContext context = FakeContext.of("Ann", "Ben", "Cho");
    List<String> parts = picks(selector, context, 10);
    parts.addAll(picks(SpeakerSelector.random(7), context.newRun(), 10));

    assertThat(parts).isEqualTo(whole);
    assertThat(picks(SpeakerSelector.random(8), FakeContext.of("Ann", "Ben", "Cho"), 20))
        .isNotEqualTo(whole);
  }

  private static List<String> picks(SpeakerSelector selector, FakeContext context, int count) {
    List<String> picked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Selection selection = context.select(selector);
      picked.add(((Selection.Speak) selection).turns().get(0).agentName());
      context.took(selection, TurnFinishReason.STOP, "x");
    }
    return picked;
  }
}
