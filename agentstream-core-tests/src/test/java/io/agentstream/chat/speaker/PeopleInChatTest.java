package io.agentstream.chat.speaker;

import static io.agentstream.chat.speaker.SelectorsInChatTest.DONE;
import static io.agentstream.chat.speaker.SelectorsInChatTest.GOING;
import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.Person;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.NewMessage;
import io.agentstream.internal.HandoffTools;
import io.agentstream.settings.Timeouts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ben is a person, Ann and Cho are agents. */
class PeopleInChatTest {

  static List<SpeakerSelector> kinds() {
    return SelectorsInChatTest.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_kind_lets_a_person_speak_without_a_thread_that_waits(SpeakerSelector kind) {
    // Enough rounds for every sequence of random picks.
    ChatOf chat = chatWithBen(kind, 60);
    Conversation conversation = chat.start();
    // A handoff needs an agent that hands over.
    if (kind instanceof HandoffSelector) {
      chat.model.next().toolCall(HandoffTools.nameFor("Ben"), "{}").complete();
    }
    for (int step = 0; step < 60 && saidBy(chat, "Ben").isEmpty(); step++) {
      speak(chat);
    }

    assertThat(saidBy(chat, "Ben")).first().isEqualTo("Ben");
    assertThat(chat.speakers()).doesNotContain("Ben");
    assertThat(conversation.result()).isNotDone();
    conversation.stop();
    assertThat(chat.pending()).isEmpty();
    assertThat(chat.events).isWellFormed();
    assertThat(chat.clock.alarms()).isZero();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_kind_goes_on_if_nobody_answers(SpeakerSelector kind) {
    ChatOf chat = chatWithBen(kind, 2);
    Conversation conversation = chat.start();
    for (int step = 0; step < 12 && !conversation.result().isDone(); step++) {
      List<InputRequested> turns =
          chat.pending().stream().filter(question -> question.person() != null).toList();
      if (turns.isEmpty()) {
        speak(chat);
      } else {
        chat.clock.advance(Timeouts.defaults().input());
      }
    }

    assertThat(chat.events.only(ConversationEnded.class).reason())
        .isIn(EndReason.MAX_ROUNDS, EndReason.COMPLETED);
    assertThat(saidBy(chat, "Ben")).isEmpty();
    assertThat(chat.events).isWellFormed();
  }

  /** The planner's instruction is the question, without the ledger of the plan. */
  @Test
  void a_planner_asks_the_person_and_an_agent_gives_the_final_answer() {
    List<String> judged = new ArrayList<>();
    ChatOf chat =
        chatWithBen(
            SpeakerSelector.planner(
                new Brain(
                    question -> {
                      judged.add(question);
                      return question.contains("SATISFIED")
                          ? question.contains("It boils") ? DONE : GOING
                          : "Well.";
                    })),
            2);
    Conversation conversation = chat.start();
    InputRequested asked = chat.events.only(InputRequested.class);
    assertThat(asked.prompt()).isEqualTo("Boil water.");
    assertThat(asked.person()).isEqualTo("Ben");
    conversation.input(asked.requestId(), "It boils.").join();
    chat.model.next().tokens("Tea is served.").complete();

    assertThat(judged.get(judged.size() - 1)).contains("Ben: It boils.");
    assertThat(chat.speakers()).hasSize(1).doesNotContain("Ben");
    assertThat(chat.events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.COMPLETED);
  }

  @Test
  void a_model_that_picks_sees_the_person_among_the_others() {
    List<String> asked = new ArrayList<>();
    ChatOf chat =
        chatWithBen(
            SpeakerSelector.model(
                new Brain(
                    question -> {
                      asked.add(question);
                      return question.contains("Ben: Green.") ? "Cho" : "Ben";
                    })),
            3);
    Conversation conversation = chat.start();
    conversation.say("Green.").join();

    assertThat(asked.get(0)).contains("Ben: Drinks the tea.");
    assertThat(chat.speakers()).containsExactly("Cho");
    assertThat(
            ((UserMessage) SelectorsInChatTest.lastOf(chat.model.next().messages())).singleText())
        .contains("Ben: Green.");
  }

  @Test
  void a_person_who_was_named_in_manual_is_asked_for_the_text() {
    ChatOf chat = chatWithBen(SpeakerSelector.manual(), 3);
    Conversation conversation = chat.start();
    InputRequested who = chat.events.only(InputRequested.class);
    assertThat(who.choices()).contains("Ben");
    assertThat(who.person()).isNull();
    conversation.input(who.requestId(), "Ben").join();
    assertThat(chat.pending()).extracting(InputRequested::kind).containsExactly(InputKind.TEXT);
    assertThat(chat.pending()).extracting(InputRequested::person).containsExactly("Ben");
  }

  private static List<String> saidBy(ChatOf chat, String name) {
    return chat.events.of(NewMessage.class).stream()
        .filter(message -> message.sender().equals(name))
        .map(NewMessage::content)
        .toList();
  }

  private static void speak(ChatOf chat) {
    if (chat.pending().isEmpty()) {
      chat.model.next().tokens("so").complete();
    } else {
      chat.answerPending();
    }
  }

  private static ChatOf chatWithBen(SpeakerSelector kind, int rounds) {
    ChatOf chat = new ChatOf(kind, rounds);
    List<Agent> all = new ArrayList<>(chat.agents("Ann", "Cho"));
    all.add(1, Person.builder("Ben").description("Drinks the tea.").build().asAgent());
    chat.chat.participants(all);
    return chat;
  }
}
