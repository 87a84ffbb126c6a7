package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.Author;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.NewMessage;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.SpeakerChange;
import io.agentstream.internal.HandoffTools;
import io.agentstream.state.ConversationStateJson;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person has a seat: asked for a text when it is the person's turn. */
class PersonTest extends ChatFixture {

  private static final Author BEN = Author.of("u2", "Ben");

  private final Person kim =
      Person.builder("Kim").description("The customer").timeout(Duration.ofMinutes(5)).build();

  @Test
  void a_person_speaks_in_turn_and_the_answer_is_a_message_of_the_seat_with_its_author() {
    Conversation conversation = start(chat(2, agent("Ann").build(), kim.asAgent()));
    model.next().tokens("What do you want?").complete();
    InputRequested asked = events.of(InputRequested.class).get(0);
    assertThat(asked.kind()).isEqualTo(InputKind.TEXT);
    assertThat(asked.person()).isEqualTo("Kim");
    assertThat(asked.agentName()).isNull();
    assertThat(asked.prompt()).isEqualTo("It is your turn, Kim.");
    conversation.by(BEN).input(asked.requestId(), "Tea.").join();

    NewMessage said = message("Tea.");
    assertThat(said.role()).isEqualTo(NewMessage.Role.USER);
    assertThat(said.sender()).isEqualTo("Kim");
    assertThat(said.author()).isEqualTo(BEN);
    ScriptedCall next = model.next();
    assertThat(next.request().messages().toString()).contains("Kim: Tea.");
    next.tokens("Fine.").complete();
    conversation.say("Thanks.", BEN).join();
    assertThat(message("Thanks.").sender()).isEqualTo("Kim");
    assertThat(events.of(ConversationEnded.class).get(0).reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(events).isWellFormed();
  }

  @Test
  void of_two_who_answer_at_once_one_wins_and_the_other_learns_of_it() {
    Conversation conversation = start(chat(2, kim.asAgent(), agent("Ann").build()));
    String asked = events.only(InputRequested.class).requestId();
    assertThat(conversation.by(BEN).input(asked, "Tea.").join())
        .isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(conversation.by(Author.of("u3", "Lea")).input(asked, "Milk.").join())
        .isNotEqualTo(SteeringOutcome.ACCEPTED);

    assertThat(message("Tea.").author()).isEqualTo(BEN);
    assertThat(events.of(NewMessage.class)).extracting(NewMessage::content).doesNotContain("Milk.");
    assertThat(events).isWellFormed();
  }

  @Test
  void a_removed_person_is_asked_no_more_and_one_who_comes_back_is() {
    Conversation conversation = start(chat(3, kim.asAgent(), agent("Ann").build()));
    conversation.remove("Kim").join();
    assertThat(events.only(InputResolved.class).by()).isEqualTo(InputResolved.By.STOPPED);
    model.next().tokens("one").complete();
    ScriptedCall two = model.next();
    conversation.bringBack("Kim").join();
    two.tokens("two").complete();
    assertThat(events.of(InputRequested.class)).hasSize(2);
    conversation.stop();
    assertThat(events).isWellFormed();
  }

  @Test
  void a_pause_keeps_the_question_and_its_answer_enters_at_once() {
    Conversation conversation = start(chat(2, kim.asAgent(), agent("Ann").build()));
    conversation.pause().join();
    conversation.say("Tea.").join();
    assertThat(message("Tea.").sender()).isEqualTo("Kim");
    assertThat(speakers()).isEmpty();
    conversation.unpause().join();
    assertThat(speakers()).containsExactly("Ann");
    conversation.stop();
    assertThat(events).isWellFormed();
  }

  @Test
  void if_nobody_answers_the_turn_is_skipped_or_the_run_ends_as_the_person_says() {
    start(chat(1, kim.asAgent(), agent("Ann").build()));
    clock.advance(Duration.ofMinutes(5));
    assertThat(events.of(InputResolved.class).get(0).by()).isEqualTo(InputResolved.By.TIMEOUT);
    model.next().tokens("Alone then.").complete();
    assertThat(events.of(ConversationEnded.class).get(0).reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(events).isWellFormed();

    RecordedEvents strict = new RecordedEvents();
    Person lea = Person.builder("Lea").onTimeout(InputTimeoutPolicy.END).build();
    chat(1, lea.asAgent(), agent("Ann").build())
        .build()
        .newConversation("Tea?")
        .inlineListener(strict)
        .start();
    clock.advance(Duration.ofHours(2));
    assertThat(strict.of(ConversationEnded.class).get(0).reason()).isEqualTo(EndReason.TIMEOUT);
    assertThat(strict).isWellFormed();
  }

  @Test
  void a_person_is_handed_the_conversation_and_the_agent_that_did_so_continues() {
    Conversation conversation =
        start(
            chat(5, agent("Ann").build(), agent("Otto").build(), kim.asAgent())
                .speakerSelector(SpeakerSelector.handoff()));
    model.next().toolCall(HandoffTools.nameFor("Otto"), "{}").complete();
    model.next().toolCall(HandoffTools.nameFor("Kim"), "{}").complete();
    InputRequested asked = events.of(InputRequested.class).get(0);
    assertThat(asked.prompt()).isEqualTo("Otto handed the conversation over to you.");
    conversation.input(asked.requestId(), "Green.").join();
    model.next().tokens("Green it is.").complete();
    assertThat(speakers()).containsExactly("Ann", "Otto", "Otto");
    assertThat(events.of(ConversationEnded.class).get(0).reason()).isEqualTo(EndReason.COMPLETED);
    assertThat(events).isWellFormed();
  }

  @Test
  void several_speak_at_once_with_the_person_and_an_agent_sums_up() {
    Conversation conversation =
        start(
            chat(1, agent("Ann").build(), agent("Otto").build(), kim.asAgent())
                .speakerSelector(SpeakerSelector.parallelRound()));
    assertThat(speakers()).containsExactly("Ann");
    conversation.say("My view.").join();
    model.next().tokens("Hers.").complete();
    assertThat(model.next().tokens("Both.").request().messages().toString())
        .contains("Kim: My view.");
    conversation.stop();
    assertThat(speakers()).containsExactly("Ann", "Otto");
    assertThat(events).isWellFormed();
  }

  @Test
  void who_is_muted_or_leaves_is_not_waited_for_and_who_is_called_on_is_asked() {
    Conversation conversation = start(chat(2, agent("Ann").build(), kim.asAgent()));
    conversation.callOn("Kim").join();
    model.next().tokens("one").complete();
    assertThat(events.of(InputRequested.class)).hasSize(1);
    assertThat(events.of(ConversationCreated.class).get(0).people()).containsExactly("Kim");
    conversation.mute("Kim").join();
    assertThat(events.of(RosterChanged.class).get(0).people()).containsExactly("Kim");
    assertThat(events.of(InputResolved.class).get(0).by()).isEqualTo(InputResolved.By.STOPPED);
    model.next().tokens("two").complete();
    assertThat(speakers()).containsExactly("Ann", "Ann");
    conversation.remove("Kim").join();
    assertThat(events.of(RosterChanged.class).get(1).people()).isNull();
    conversation.bringBack("Kim").join();
    assertThat(events.of(RosterChanged.class).get(2).people()).containsExactly("Kim");
    assertThat(events).isWellFormed();
  }

  @Test
  void a_stop_skips_the_person_who_is_asked_and_says_who_did_it() {
    Person strict = Person.builder("Kim").onTimeout(InputTimeoutPolicy.END).build();
    Conversation conversation = start(chat(1, strict.asAgent(), agent("Ann").build()));
    assertThat(conversation.stopSpeaker("m1").join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(conversation.by(BEN).stopSpeaker().join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(events.only(InputResolved.class))
        .isEqualTo(new InputResolved("i1", InputResolved.By.STOPPED, BEN));
    model.next().tokens("Alone then.").complete();
    assertThat(events.of(NewMessage.class)).extracting(NewMessage::sender).doesNotContain("Kim");
    assertThat(events.of(ConversationEnded.class).get(0).reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(conversation.stopSpeaker().join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(events).isWellFormed();
  }

  @Test
  void a_stop_of_the_agent_before_does_not_skip_the_person_who_is_asked_because_of_it() {
    Conversation conversation = start(chat(1, agent("Ann").build(), kim.asAgent()));
    model.next().tokens("So");
    assertThat(conversation.stopSpeaker().join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(events.only(InputRequested.class).person()).isEqualTo("Kim");
    assertThat(events.of(InputResolved.class)).isEmpty();
    conversation.pause().join();
    conversation.stopSpeaker().join();
    conversation.unpause().join();
    assertThat(events.of(ConversationEnded.class).get(0).reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(events).isWellFormed();
  }

  @Test
  void a_stop_ends_the_turns_of_all_who_speak_or_are_asked_at_once_and_no_other_question() {
    Person lea = Person.builder("Lea").build();
    Conversation conversation =
        start(
            chat(1, kim.asAgent(), agent("Ann").build(), lea.asAgent(), agent("Otto").build())
                .speakerSelector(SpeakerSelector.parallelRound()));
    assertThat(events.of(InputRequested.class)).hasSize(2);
    assertThat(events.all().indexOf(events.only(SpeakerChange.class)))
        .as("agents begin before people are asked")
        .isLessThan(events.all().indexOf(events.of(InputRequested.class).get(0)));
    conversation.stopSpeaker().join();
    assertThat(events.of(InputResolved.class))
        .extracting(InputResolved::by)
        .containsExactly(InputResolved.By.STOPPED, InputResolved.By.STOPPED);
    model.next();
    model.next().tokens("To sum up.").complete();
    assertThat(events.isEnded()).isTrue();
    assertThat(events).isWellFormed();

    RecordedEvents manual = new RecordedEvents();
    Conversation asking =
        chat(1, agent("Ann").build(), kim.asAgent())
            .speakerSelector(SpeakerSelector.manual())
            .build()
            .newConversation("Tea?")
            .inlineListener(manual)
            .start();
    assertThat(asking.stopSpeaker().join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(manual.of(InputResolved.class)).isEmpty();
    asking.stop();
  }

  @Test
  void of_several_people_who_are_asked_at_once_one_is_skipped_by_the_id_of_the_question() {
    Conversation conversation =
        start(
            chat(1, kim.asAgent(), Person.builder("Lea").build().asAgent(), agent("Ann").build())
                .speakerSelector(SpeakerSelector.parallelRound()));
    assertThat(events.of(InputRequested.class))
        .extracting(InputRequested::person)
        .containsExactly("Kim", "Lea");
    assertThat(conversation.by(BEN).stopSpeaker("i2").join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(events.only(InputResolved.class))
        .isEqualTo(new InputResolved("i2", InputResolved.By.STOPPED, BEN));
    assertThat(conversation.stopSpeaker("i2").join()).isEqualTo(SteeringOutcome.CONFLICT);
    conversation.input("i1", "Tea.").join();
    model.next().tokens("To sum up.").complete();
    assertThat(events.isEnded()).isTrue();
    assertThat(events.of(NewMessage.class)).extracting(NewMessage::sender).doesNotContain("Lea");
    assertThat(events).isWellFormed();
  }

  @Test
  void another_process_asks_again_and_a_stop_takes_the_question_back() {
    GroupChat.Builder chat = chat(1, agent("Ann").build(), kim.asAgent());
    Conversation conversation = start(chat);
    model.next().tokens("one").complete();
    ConversationState state =
        ConversationStateJson.read(ConversationStateJson.write(conversation.snapshot().join()));
    conversation.stop();
    assertThat(events).isWellFormed();

    RecordedEvents restored = new RecordedEvents();
    Conversation again = chat.build().restore(state).inlineListener(restored).start();
    InputRequested asked = restored.of(InputRequested.class).get(0);
    assertThat(asked.requestId()).isEqualTo("i2");
    again.input("i2", "Here.").join();
    assertThat(restored.of(NewMessage.class))
        .extracting(NewMessage::sender)
        .containsExactly("user", "Ann", "Kim");
    assertThat(restored.of(ConversationEnded.class)).hasSize(1);
    assertThat(restored).isWellFormed();
  }

  @Test
  void only_people_may_talk_with_each_other() {
    Person lea = Person.builder("Lea").prompt("And you?").build();
    Conversation conversation = start(chat(1, List.of(kim.asAgent(), lea.asAgent())));
    conversation.say("Hi.").join();
    assertThat(events.of(InputRequested.class).get(1).prompt()).isEqualTo("And you?");
    conversation.say("Hello.").join();
    assertThat(events.isEnded()).isTrue();
    assertThat(events).isWellFormed();
  }

  private NewMessage message(String content) {
    return events.of(NewMessage.class).stream()
        .filter(said -> said.content().equals(content))
        .findFirst()
        .orElseThrow();
  }
}
