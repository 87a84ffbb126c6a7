package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.Author;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.NewMessage;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.RosterChanged.Change;
import io.agentstream.event.SpeakerChange;
import io.agentstream.internal.HandoffTools;
import io.agentstream.settings.Limits;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** People mute, add and remove participants while the conversation runs. */
class RosterTest extends ChatFixture {

  private static final Author ANNA = Author.of("u1", "Anna");

  @Test
  void who_is_muted_is_passed_over_from_the_next_turn_on_until_it_is_unmuted() {
    Conversation conversation = start(chat(3, "Ann", "Ben", "Otto"));
    accepted(conversation.by(ANNA).mute("Ann"));
    accepted(conversation.mute("Ben"));
    model.next().tokens("still here").complete();
    model.next().tokens("alone").complete();
    accepted(conversation.unmute("Ann"));
    finish();

    assertThat(speakers()).containsExactly("Ann", "Otto", "Otto", "Ann", "Otto");
    assertThat(events.of(RosterChanged.class).get(0))
        .isEqualTo(
            new RosterChanged(
                Change.MUTED, "Ann", List.of("Ann", "Ben", "Otto"), List.of("Ann"), ANNA));
    assertThat(events.of(ConversationEnded.class).get(0).reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(events).isWellFormed();
  }

  @Test
  void a_team_that_is_muted_finishes_what_it_has_begun_and_is_passed_over_before_that() {
    GroupChat.Builder pair = chat(1, "Zoe", "Max").speakerSelector(SpeakerSelector.model(model));
    Conversation conversation =
        start(chat(3, List.of(pair.build().asAgent("Duo", ""), agent("Ann").build())));
    // Its selector asks a model who begins.
    model.next();
    accepted(conversation.mute("Duo"));
    ScriptedCall ann = model.next().tokens("one");
    accepted(conversation.unmute("Duo"));
    ann.complete();
    model.next().tokens("Zoe").complete();
    accepted(conversation.mute("Duo"));
    finish();

    assertThat(speakers()).startsWith("Ann", "Zoe").endsWith("Ann").doesNotContain("Duo");
    assertThat(events).isWellFormed();
  }

  @Test
  void who_is_added_speaks_after_all_others_in_the_same_round_and_who_has_left_does_not() {
    Conversation conversation = start(chat(2, "Ann", "Ben"));
    accepted(conversation.add(agent("Otto").build()));
    model.next().tokens("one").complete();
    accepted(conversation.remove("Ann"));
    finish();
    assertThat(speakers()).containsExactly("Ann", "Ben", "Otto", "Ben", "Otto");
    assertThat(events.of(RosterChanged.class).get(1).agents()).containsExactly("Ben", "Otto");
    assertThat(events).isWellFormed();
  }

  @Test
  void who_is_added_while_the_last_in_order_speaks_is_next() {
    Conversation conversation = start(chat(3, "Ann"));
    accepted(conversation.add(agent("Otto").build()));
    model.next().complete();
    model.next().complete();
    accepted(conversation.add(agent("Kim").build()));
    finish();
    assertThat(speakers()).containsExactly("Ann", "Otto", "Ann", "Otto", "Kim", "Ann");
    assertThat(events).isWellFormed();
  }

  @Test
  void who_comes_back_gets_the_old_seat() {
    Conversation conversation = start(chat(2, "Ann", "Ben", "Otto"));
    accepted(conversation.remove("Ben"));
    model.next().complete();
    model.next().complete();
    assertThat(conversation.add(agent("Ben").build()).join()).isEqualTo(SteeringOutcome.CONFLICT);
    accepted(conversation.bringBack("Ben"));
    finish();
    assertThat(speakers()).containsExactly("Ann", "Otto", "Ann", "Ben", "Otto");
  }

  @Test
  void a_round_that_loses_its_last_speakers_counts_all_the_same() {
    Conversation conversation = start(chat(2, "Ann", "Ben", "Otto"));
    model.next().complete();
    accepted(conversation.remove("Otto"));
    accepted(conversation.mute("Ben"));
    finish();
    assertThat(speakers()).containsExactly("Ann", "Ben", "Ann");
    assertThat(events).isWellFormed();
  }

  @Test
  void calls_on_the_silent_are_dropped_and_refused() {
    Conversation conversation = start(chat(1, "Ann", "Ben", "Otto"));
    accepted(conversation.callOn("Otto"));
    accepted(conversation.callOn("Ben"));
    accepted(conversation.mute("Otto"));
    assertThat(conversation.callOn("Otto").join()).isEqualTo(SteeringOutcome.CONFLICT);
    accepted(conversation.remove("Otto"));
    assertThat(conversation.callOn("Otto").join()).isEqualTo(SteeringOutcome.NOT_FOUND);
    accepted(conversation.say("@Otto?"));
    finish();
    assertThat(speakers()).containsExactly("Ann", "Ben", "Ben");
  }

  @Test
  void when_nobody_may_speak_people_talk_and_agents_answer_as_soon_as_one_may() {
    Conversation conversation = start(chat(2, "Ann", "Ben"));
    accepted(conversation.mute("Ann"));
    accepted(conversation.remove("Ben"));
    model.next().tokens("my last word").complete();
    accepted(conversation.say("All quiet?"));
    accepted(conversation.say("Indeed."));
    assertThat(events.of(NewMessage.class)).extracting(NewMessage::content).contains("Indeed.");
    assertThat(events.of(MessageQueued.class)).isEmpty();
    assertThat(speakers()).containsExactly("Ann");
    accepted(conversation.unmute("Ann"));
    finish();
    assertThat(speakers()).containsExactly("Ann", "Ann");
    assertThat(events).isWellFormed();
  }

  @Test
  void a_conversation_that_waits_for_speakers_can_be_paused_and_stopped_and_has_an_end() {
    Conversation conversation = start(chat(2, "Ann").timeouts(patient()));
    accepted(conversation.mute("Ann"));
    model.next().complete();
    accepted(conversation.pause());
    accepted(conversation.say("Hm?"));
    accepted(conversation.unpause());
    clock.advance(Duration.ofMinutes(31));
    assertThat(events.of(ConversationEnded.class).get(0).reason()).isEqualTo(EndReason.TIMEOUT);
    accepted(conversation.say("Again"));
    conversation.stop();
    assertThat(speakers()).containsExactly("Ann");
    assertThat(events).isWellFormed();
  }

  @Test
  void a_roster_can_be_changed_after_the_end_too() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    finish();
    accepted(conversation.mute("Ann"));
    accepted(conversation.say("And now?"));
    finish();
    assertThat(speakers()).containsExactly("Ann", "Ben", "Ben");
    assertThat(events).isWellFormed();
  }

  @Test
  void a_pause_delays_nothing_but_the_turn() {
    Conversation conversation = start(chat(1, "Ann", "Ben", "Otto"));
    accepted(conversation.pause());
    model.next().complete();
    accepted(conversation.mute("Ben"));
    accepted(conversation.unpause());
    finish();
    assertThat(speakers()).containsExactly("Ann", "Otto");
    assertThat(events).isWellFormed();
  }

  @Test
  void what_is_impossible_is_refused() {
    Conversation conversation =
        start(chat(1, "Ann", "Ben").limits(Limits.builder().maxAgents(3).build()));
    accepted(conversation.say("I am Kim", Author.of("u2", "Kim")));
    assertThat(conversation.mute("Otto").join()).isEqualTo(SteeringOutcome.NOT_FOUND);
    assertThat(conversation.unmute("Otto").join()).isEqualTo(SteeringOutcome.NOT_FOUND);
    assertThat(conversation.remove("Otto").join()).isEqualTo(SteeringOutcome.NOT_FOUND);
    assertThat(conversation.bringBack("Otto").join()).isEqualTo(SteeringOutcome.NOT_FOUND);
    assertThat(conversation.unmute("Ann").join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(conversation.bringBack("Ann").join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(conversation.add(agent("ann").build()).join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(conversation.add(agent("Kim").build()).join()).isEqualTo(SteeringOutcome.CONFLICT);
    accepted(conversation.add(agent("Otto").build()));
    assertThat(conversation.add(agent("Lea").build()).join())
        .isEqualTo(SteeringOutcome.LIMIT_EXCEEDED);
    accepted(conversation.mute("Otto"));
    assertThat(conversation.mute("Otto").join()).isEqualTo(SteeringOutcome.CONFLICT);
  }

  @Test
  void nobody_is_added_who_could_be_taken_for_somebody_who_may_come_back() {
    Conversation conversation =
        start(chat(3, "Ann", "Otto").speakerSelector(SpeakerSelector.handoff()));
    accepted(conversation.remove("Otto"));
    assertThat(conversation.add(agent("otto").build()).join()).isEqualTo(SteeringOutcome.CONFLICT);
    Agent confusing =
        agent("Kim")
            .tool(
                ToolSpecification.builder().name(HandoffTools.nameFor("Otto")).build(),
                (request, memory) -> "")
            .build();
    assertThat(conversation.add(confusing).join()).isEqualTo(SteeringOutcome.CONFLICT);
    accepted(conversation.bringBack("Otto"));
  }

  @Test
  void a_person_cannot_take_the_name_of_somebody_who_was_added_or_has_left() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    accepted(conversation.add(agent("Otto").build()));
    accepted(conversation.remove("Ben"));
    accepted(conversation.say("I", Author.of("u2", "Otto")));
    accepted(conversation.say("I", Author.of("u3", "Ben")));
    assertThat(events.of(MessageQueued.class))
        .extracting(queued -> String.valueOf(queued.author()))
        .allMatch(author -> author.contains("(person)"));
  }

  @Test
  void another_process_knows_the_roster_and_does_not_repeat_the_turn_of_the_muted() {
    GroupChat.Builder chat = chat(2, "Ann", "Ben", "Kim");
    Conversation conversation = start(chat);
    accepted(conversation.add(agent("Otto").build(), "{\"made\":true}"));
    accepted(conversation.remove("Kim"));
    model.next().tokens("one").complete();
    accepted(conversation.mute("Ben"));
    ConversationState state =
        ConversationStateJson.read(ConversationStateJson.write(conversation.snapshot().join()));
    conversation.stop();
    assertThat(state.added()).extracting(RosterSeat::origin).containsExactly("{\"made\":true}");
    ConversationBuilder incomplete = chat.build().restore(state);
    assertThatThrownBy(incomplete::start)
        .hasMessageContaining("added")
        .hasMessageContaining("Otto");

    RecordedEvents restored = new RecordedEvents();
    Conversation again =
        chat.build()
            .restore(state)
            .added(List.of(agent("Otto").build()))
            .inlineListener(restored)
            .start();
    accepted(again.callOn("Otto"));
    while (!restored.isEnded()) {
      model.next().tokens("ok").complete();
    }
    assertThat(restored.of(ConversationCreated.class).get(0).agents())
        .containsExactly("Ann", "Ben", "Otto");
    assertThat(restored.of(ConversationCreated.class).get(0).muted()).containsExactly("Ben");
    assertThat(restored.of(SpeakerChange.class).stream().map(SpeakerChange::agentName))
        .containsExactly("Otto", "Otto", "Ann", "Otto");
    assertThat(restored).isWellFormed();
  }

  @Test
  void a_selection_of_ones_own_need_not_know_of_it() {
    Conversation conversation =
        start(
            chat(3, "Ann", "Ben", "Otto")
                .speakerSelector(SpeakerSelector.function(view -> Optional.of("Ann"))));
    accepted(conversation.mute("Ann"));
    finish();
    assertThat(speakers()).containsExactly("Ann", "Ben", "Ben");
    assertThat(events.of(SpeakerChange.class).get(1).reason()).contains("Ann does not speak");
  }

  private static void accepted(CompletableFuture<SteeringOutcome> outcome) {
    assertThat(outcome.join()).isEqualTo(SteeringOutcome.ACCEPTED);
  }

  private void finish() {
    while (!events.isEnded()) {
      model.next().tokens("ok").complete();
    }
  }
}
