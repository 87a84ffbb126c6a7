package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.SpeakerChange;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.test.RecordedEvents;
import org.junit.jupiter.api.Test;

/** Agents call on each other where their team allows it. */
class AgentsCallTest extends ChatFixture {

  @Test
  void who_is_named_speaks_next_and_nobody_loses_a_turn() {
    start(chat(1, "Ann", "Ben", "Otto").callDepth(1));
    model.next().tokens("Do you know, @Otto?").complete();
    finish("ok");

    assertThat(speakers()).containsExactly("Ann", "Otto", "Ben", "Otto");
    assertThat(events.of(SpeakerChange.class).get(1).reason()).isEqualTo("Ann called on Otto.");
    assertThat(events).isWellFormed();
  }

  @Test
  void by_default_agents_call_on_nobody() {
    start(chat(1, "Ann", "Ben", "Otto"));
    model.next().tokens("Do you know, @Otto?").complete();
    finish("@Ann?");
    assertThat(speakers()).containsExactly("Ann", "Ben", "Otto");
  }

  @Test
  void two_that_call_on_each_other_for_ever_end_at_the_depth() {
    Conversation conversation = start(chat(2, "Ann", "Otto").callDepth(3));
    finish("@Ann and @Otto, go on.");
    // Each turn of the order is followed by three calls, and nobody calls on themselves.
    assertThat(String.join(" ", speakers()))
        .isEqualTo("Ann Otto Ann Otto Otto Ann Otto Ann Ann Otto Ann Otto Otto Ann Otto Ann");
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(events).isWellFormed();
  }

  @Test
  void a_persons_call_does_not_count_as_depth() {
    Conversation conversation = start(chat(1, "Ann", "Ben", "Otto").callDepth(1));
    conversation.callOn("Otto").join();
    model.next().tokens("one").complete();
    model.next().tokens("Ask @Ann.").complete();
    finish("ok");
    assertThat(speakers()).containsExactly("Ann", "Otto", "Ann", "Ben", "Otto");
  }

  @Test
  void the_depth_is_kept_while_a_called_agent_speaks_and_while_a_call_waits() {
    GroupChat.Builder chat = chat(1, "Ann", "Otto").callDepth(2);
    Conversation conversation = start(chat);
    model.next().tokens("@Otto?").complete();
    ConversationState speaking = copy(conversation);
    model.next().tokens("@Ann?").complete();
    ConversationState deepest = copy(conversation);
    conversation.stop();

    assertThat(continued(chat, speaking)).isEqualTo("Otto Ann Otto Ann Otto");
    assertThat(continued(chat, deepest)).isEqualTo("Ann Otto Ann Otto");
  }

  /** Everybody calls on everybody. */
  private String continued(GroupChat.Builder chat, ConversationState state) {
    RecordedEvents later = new RecordedEvents();
    chat.build().restore(state).inlineListener(later).start();
    while (!later.isEnded()) {
      model.next().tokens("@Ann @Otto").complete();
    }
    assertThat(later).isWellFormed();
    return String.join(
        " ", later.of(SpeakerChange.class).stream().map(SpeakerChange::agentName).toList());
  }

  @Test
  void words_that_were_cut_and_names_of_the_silent_call_on_nobody() {
    Conversation conversation = start(chat(1, "Ann", "Ben", "Otto").callDepth(2));
    model.next().tokens("Ask @Otto");
    conversation.stopSpeaker().join();
    conversation.mute("Otto").join();
    model.next().tokens("@Otto?").complete();
    assertThat(speakers()).containsExactly("Ann", "Ben");
    assertThat(events.isEnded()).isTrue();
  }

  @Test
  void an_agent_calls_on_a_person_who_is_asked() {
    Person kim = Person.builder("Kim").build();
    Conversation conversation =
        start(chat(1, agent("Ann").build(), agent("Otto").build(), kim.asAgent()).callDepth(1));
    model.next().tokens("@Kim?").complete();
    assertThat(events.only(InputRequested.class).person()).isEqualTo("Kim");
    conversation.say("Tea.").join();
    model.next().tokens("ok").complete();
    conversation.say("Done.").join();
    assertThat(speakers()).containsExactly("Ann", "Otto");
    assertThat(events.isEnded()).isTrue();
    assertThat(events).isWellFormed();
  }

  @Test
  void a_depth_out_of_range_is_refused() {
    assertThatThrownBy(() -> chat(1, "Ann").callDepth(17))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("callDepth must be from 0 to 16, not 17");
  }

  private static ConversationState copy(Conversation conversation) {
    return ConversationStateJson.read(ConversationStateJson.write(conversation.snapshot().join()));
  }

  private void finish(String answer) {
    while (!events.isEnded()) {
      model.next().tokens(answer).complete();
    }
  }
}
