package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.Author;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageQueued;
import io.agentstream.event.SpeakerChange;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Somebody asks for a participant, who speaks next; then all goes on as it would have. */
class CallOnTest extends ChatFixture {

  private static final Author ANNA = Author.of("u1", "Anna");

  @Test
  void who_is_called_on_speaks_next_and_nobody_loses_a_turn() {
    Conversation conversation = start(chat(2, "Ann", "Ben", "Otto"));
    assertThat(conversation.by(ANNA).callOn("Otto").join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(conversation.callOn("Otto").join()).isEqualTo(SteeringOutcome.ACCEPTED);
    finish();

    assertThat(speakers())
        .containsExactly("Ann", "Otto", "Otto", "Ben", "Otto", "Ann", "Ben", "Otto");
    assertThat(events.of(SpeakerChange.class).get(1).reason()).isEqualTo("Anna called on Otto.");
    assertThat(events).isWellFormed();
  }

  @Test
  void a_message_calls_on_those_it_names_in_their_order_once_it_is_taken() {
    Conversation conversation = start(chat(1, "Ann", "Ben", "Otto"));
    conversation.say("@Nobody?").join();
    conversation.say("What do you think, @otto, and @Ben, @Otto?", ANNA).join();
    conversation.say("@Otto").join();
    finish();
    assertThat(speakers()).containsExactly("Ann", "Otto", "Ben", "Otto", "Ben", "Otto");
  }

  @Test
  void a_topic_can_call_on_somebody_and_a_withdrawn_message_calls_on_nobody() {
    Conversation conversation =
        chat(1, "Ann", "Otto")
            .build()
            .newConversation("@Otto: tea?")
            .inlineListener(events)
            .start();
    conversation.say("@Otto again").join();
    conversation.withdraw(events.of(MessageQueued.class).get(0).queueId()).join();
    finish();
    assertThat(speakers()).containsExactly("Otto", "Ann", "Otto");
  }

  static Stream<SpeakerSelector> selectors() {
    return Stream.of(
        SpeakerSelector.roundRobin(),
        SpeakerSelector.random(7),
        SpeakerSelector.parallelRound(),
        SpeakerSelector.handoff());
  }

  @ParameterizedTest
  @MethodSource("selectors")
  void under_every_selector_the_others_speak_as_if_nobody_had_been_called(
      SpeakerSelector selector) {
    List<String> undisturbed = speakersOf(selector, false);
    List<String> called = speakersOf(selector, true);
    assertThat(called).hasSize(undisturbed.size() + 1);
    assertThat(IntStream.range(0, called.size()))
        .as("%s without one turn of Otto is %s", called, undisturbed)
        .anyMatch(
            turn -> called.get(turn).equals("Otto") && without(called, turn).equals(undisturbed));
  }

  private static List<String> without(List<String> names, int index) {
    List<String> rest = new ArrayList<>(names);
    rest.remove(index);
    return rest;
  }

  private List<String> speakersOf(SpeakerSelector selector, boolean call) {
    RecordedEvents seen = new RecordedEvents();
    Conversation conversation =
        chat(4, "Ann", "Ben", "Otto")
            .speakerSelector(selector)
            .build()
            .newConversation("Tea?")
            .inlineListener(seen)
            .start();
    if (call) {
      conversation.callOn("Otto").join();
    }
    while (!seen.isEnded() && !model.isIdle()) {
      model.next().tokens("ok").complete();
    }
    conversation.stop();
    assertThat(seen).isWellFormed();
    return seen.of(SpeakerChange.class).stream().map(SpeakerChange::agentName).toList();
  }

  @Test
  void a_person_who_is_asked_who_speaks_is_asked_again_afterwards() {
    Conversation conversation =
        start(chat(3, "Ann", "Otto").speakerSelector(SpeakerSelector.manual()));
    assertThat(events.of(InputRequested.class)).hasSize(1);
    conversation.callOn("Otto").join();
    assertThat(events.of(InputResolved.class).get(0).by()).isEqualTo(InputResolved.By.STOPPED);
    model.next().tokens("Here.").complete();
    assertThat(speakers()).containsExactly("Otto");
    assertThat(events.of(InputRequested.class)).hasSize(2);
    assertThat(events.of(InputRequested.class).get(1).choices())
        .isEqualTo(events.of(InputRequested.class).get(0).choices());
  }

  @Test
  void a_call_in_a_pause_waits_for_its_end() {
    Conversation conversation = start(chat(1, "Ann", "Ben", "Otto"));
    conversation.pause().join();
    model.next().complete();
    conversation.callOn("Otto").join();
    assertThat(speakers()).containsExactly("Ann");
    conversation.unpause().join();
    finish();
    assertThat(speakers()).containsExactly("Ann", "Otto", "Ben", "Otto");
  }

  @Test
  void it_is_refused_for_strangers_and_after_the_end_and_when_too_many_wait() {
    Conversation conversation = start(chat(1, "Ann"));
    assertThat(conversation.callOn("Otto").join()).isEqualTo(SteeringOutcome.NOT_FOUND);
    for (int i = 0; i < 32; i++) {
      conversation.callOn("Ann").join();
    }
    assertThat(conversation.callOn("Ann").join()).isEqualTo(SteeringOutcome.LIMIT_EXCEEDED);
    conversation.stop();
    assertThat(conversation.callOn("Ann").join()).isEqualTo(SteeringOutcome.CONFLICT);
  }

  @Test
  void a_call_after_the_last_round_is_answered_before_the_end() {
    Conversation conversation = start(chat(1, "Ann", "Otto"));
    model.next().complete();
    conversation.callOn("Ann").join();
    finish();
    assertThat(speakers()).containsExactly("Ann", "Otto", "Ann");
    assertThat(events.of(ConversationEnded.class).get(0).reason()).isEqualTo(EndReason.MAX_ROUNDS);
  }

  @Test
  void another_process_knows_who_was_called_on_and_who_speaks_because_of_a_call() {
    GroupChat.Builder chat = chat(1, "Ann", "Ben", "Otto");
    Conversation conversation = start(chat);
    conversation.by(ANNA).callOn("Otto").join();
    conversation.callOn("Ann").join();
    model.next().tokens("one").complete();
    ScriptedCall unfinished = model.next().tokens("half");
    ConversationState state =
        ConversationStateJson.read(ConversationStateJson.write(conversation.snapshot().join()));
    conversation.stop();
    assertThat(unfinished.isHungUp()).isTrue();

    RecordedEvents restored = new RecordedEvents();
    chat.build().restore(state).inlineListener(restored).start();
    while (!restored.isEnded()) {
      model.next().tokens("ok").complete();
    }
    assertThat(restored.of(SpeakerChange.class).stream().map(SpeakerChange::agentName))
        .containsExactly("Otto", "Ann", "Ben", "Otto");
    assertThat(restored).isWellFormed();
  }

  @ParameterizedTest
  @CsvSource({
    "'@Otto, hi', Otto",
    "'Hi @otto', Otto",
    "'(@Otto)', Otto",
    "'@Ottokar', ''",
    "'@Anna Maria!', Anna Maria",
    "'@Anna Mariana', Anna",
    "'@Anna', Anna",
    "'mail otto@Otto.de', ''",
    "'请@小明说一下', 小明",
    "'@小明明你好', 小明明",
    "'＠小明', 小明",
    "'@Otto你好', Otto",
    "'你好@Otto', Otto",
    "'@Otto @小明@Anna', 'Otto,小明,Anna'",
    "'@', ''",
    "'@ Otto', ''"
  })
  void names_are_found_after_an_at_sign(String text, String names) {
    assertThat(
            String.join(",", Mentions.in(text, List.of("Otto", "Anna", "Anna Maria", "小明", "小明明"))))
        .isEqualTo(names);
  }

  private void finish() {
    while (!events.isEnded()) {
      model.next().tokens("ok").complete();
    }
  }
}
