package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationUnpaused;
import io.agentstream.event.PauseReason;
import io.agentstream.test.AgentstreamAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations that the application holds, because something that they need is away. */
class HoldTest extends ChatFixture {

  private static final ConversationPaused BY_THE_STORE =
      new ConversationPaused(null, PauseReason.STORE);

  private final Hold hold = new Hold();
  private final Conversation conversation =
      chat(2, "Ann", "Ben")
          .build()
          .newConversation("Tea?")
          .hold(hold)
          .inlineListener(events)
          .start();

  @AfterEach
  void every_event_was_allowed() {
    AgentstreamAssertions.assertThat(events).isWellFormed();
  }

  @Test
  void the_speaker_finishes_and_nobody_takes_the_floor_until_the_end_of_the_hold() {
    hold.begin(PauseReason.STORE);
    model.next().tokens("Yes.").complete();

    assertThat(events.of(ConversationPaused.class)).containsExactly(BY_THE_STORE);
    assertThat(model.isIdle()).isTrue();
    hold.end(PauseReason.STORE);
    assertThat(events.of(ConversationUnpaused.class)).containsExactly(new ConversationUnpaused());
    assertThat(speakers()).containsExactly("Ann", "Ben");
  }

  @Test
  void a_hold_that_is_over_before_the_end_of_the_turn_pauses_nothing() {
    hold.begin(PauseReason.STORE);
    hold.end(PauseReason.STORE);
    model.next().complete();

    assertThat(events.of(ConversationPaused.class)).isEmpty();
    assertThat(speakers()).containsExactly("Ann", "Ben");
  }

  @Test
  void nobody_can_end_it_or_pause_on_top_of_it() {
    hold.begin(PauseReason.STORE);
    assertThat(conversation.unpause().join()).isEqualTo(SteeringOutcome.UNAVAILABLE);
    model.next().complete();

    assertThat(conversation.unpause().join()).isEqualTo(SteeringOutcome.UNAVAILABLE);
    assertThat(conversation.pause().join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(model.isIdle()).isTrue();
    hold.end(PauseReason.STORE);
    assertThat(conversation.unpause().join()).isEqualTo(SteeringOutcome.CONFLICT);
  }

  @Test
  void a_pause_that_a_person_wants_outlives_it() {
    conversation.pause().join();
    hold.begin(PauseReason.STORE);
    model.next().complete();

    assertThat(events.of(ConversationPaused.class)).containsExactly(new ConversationPaused());
    assertThat(conversation.unpause().join()).isEqualTo(SteeringOutcome.UNAVAILABLE);
    hold.end(PauseReason.STORE);
    assertThat(model.isIdle()).isTrue();
    assertThat(conversation.unpause().join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(speakers()).containsExactly("Ann", "Ben");
  }

  @Test
  void conversations_wait_until_no_reason_holds_them() {
    hold.begin(PauseReason.STORE);
    hold.begin(PauseReason.BACKPLANE);
    model.next().complete();
    hold.end(PauseReason.STORE);

    assertThat(model.isIdle()).isTrue();
    hold.end(PauseReason.BACKPLANE);
    assertThat(speakers()).containsExactly("Ann", "Ben");
  }

  @Test
  void a_run_that_begins_meanwhile_waits_too() {
    conversation.stop();
    hold.begin(PauseReason.STORE);
    conversation.say("Go on.").join();

    assertThat(events.types()).endsWith("new_message", "conversation_paused");
    conversation.stop();
    conversation.say("Once more.").join();
    assertThat(speakers()).hasSize(1);
    hold.end(PauseReason.STORE);
    assertThat(speakers()).hasSize(2);
  }

  @Test
  void a_state_that_continues_elsewhere_is_not_paused_by_it() {
    hold.begin(PauseReason.STORE);
    model.next().complete();

    assertThat(events.of(ConversationPaused.class)).containsExactly(BY_THE_STORE);
    assertThat(conversation.snapshot().join().paused()).isFalse();
  }
}
