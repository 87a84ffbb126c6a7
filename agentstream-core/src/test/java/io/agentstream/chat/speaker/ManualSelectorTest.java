package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualSelectorTest {

  private final SpeakerSelector selector = SpeakerSelector.manual();
  private final FakeContext context = FakeContext.of("Ann", "Ben", "Cho");

  @Test
  void a_person_is_asked_who_speaks() {
    assertThat(context.select(selector))
        .isEqualTo(
            Selection.ask(InputKind.SPEAKER, "Who speaks next?", List.of("Ann", "Ben", "Cho")));
    assertThat(context.input("Cho").speaker(selector)).isEqualTo("Cho");
  }

  @Test
  void the_next_in_order_speaks_where_nobody_answered() {
    assertThat(context.input("").speaker(selector)).isEqualTo("Ann");
    assertThat(context.lastSpeaker("Ann").speaker(selector)).isEqualTo("Ben");
    assertThat(context.lastSpeaker("Cho").speaker(selector)).isEqualTo("Ann");
  }

  @Test
  void nobody_is_asked_once_the_rounds_are_used_up() {
    assertThat(context.roundsLeft(0).select(selector))
        .isEqualTo(Selection.end(EndReason.MAX_ROUNDS, null));
  }
}
