package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.FailurePolicy;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.test.ScriptedCall;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectorsInChatTest {

  static final String GOING =
      "SATISFIED: no\nLOOP: no\nPROGRESS: yes\nNEXT: Ben\nINSTRUCTION: Boil water.";
  static final String DONE = "SATISFIED: yes";

  static List<SpeakerSelector> kinds() {
    return List.of(
        SpeakerSelector.roundRobin(),
        SpeakerSelector.random(),
        SpeakerSelector.function(chat -> Optional.of("Ben")),
        SpeakerSelector.model(new Brain(question -> "Ben")),
        SpeakerSelector.handoff().keepsTheFloor(),
        SpeakerSelector.manual(),
        SpeakerSelector.planner(Brain.planning(GOING)),
        SpeakerSelector.parallelRound("Cho"));
  }

  @Test
  void the_kinds_are_named_as_on_the_wire() {
    assertThat(kinds())
        .extracting(SpeakerSelector::name)
        .containsExactly(
            "round_robin",
            "random",
            "function",
            "model",
            "handoff",
            "manual",
            "planner",
            "parallel");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_turn_streams_and_ends_once(SpeakerSelector kind) {
    ChatOf chat = new ChatOf(kind, 2);
    Conversation conversation = chat.start();
    chat.answerPending();
    while (!conversation.result().isDone()) {
      chat.model.next().tokens("so ", "so").complete();
      chat.answerPending();
    }

    assertThat(chat.events.only(ConversationCreated.class).speakerSelection())
        .isEqualTo(kind.name());
    assertThat(chat.speakers()).hasSizeGreaterThanOrEqualTo(2);
    assertThatEveryTurnIsWhole(chat);
    assertThat(chat.events.of(StreamingComplete.class))
        .allMatch(complete -> complete.fullContent().equals("so so"));
    assertThat(chat.events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(chat.clock.alarms()).isZero();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void stop_then_say_continues(SpeakerSelector kind) {
    ChatOf chat = new ChatOf(kind, 2);
    Conversation conversation = chat.start();
    for (int run = 1; run <= 3; run++) {
      chat.answerPending();
      ScriptedCall call = chat.model.next().tokens("half ");
      conversation.stop();
      call.tokens("late").complete();
      drain(chat);
      assertThat(conversation.result().join().reason()).isEqualTo(EndReason.STOPPED);

      conversation.say("Go on.").join();
    }
    chat.answerPending();
    chat.model.next().tokens("whole").complete();

    assertThat(chat.events.of(ConversationStarted.class)).hasSize(4);
    assertThat(contents(chat)).contains("half ", "Go on.", "whole").doesNotContain("half late");
    conversation.stop();
    assertThatEveryTurnIsWhole(chat);
    assertThat(chat.clock.alarms()).isZero();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void fail_then_say_continues(SpeakerSelector kind) {
    ChatOf chat = new ChatOf(kind, 2);
    chat.chat.onFailure(FailurePolicy.end());
    Conversation conversation = chat.start();
    for (int run = 1; run <= 3; run++) {
      chat.answerPending();
      while (!conversation.result().isDone()) {
        chat.model.next().fail(new RuntimeException("no"));
      }
      assertThat(conversation.result().join().reason()).isEqualTo(EndReason.FAILED);

      conversation.say("Go on.").join();
    }
    chat.answerPending();
    chat.model.next().tokens("whole").complete();

    assertThat(chat.events.of(ConversationStarted.class)).hasSize(4);
    assertThat(contents(chat)).contains("whole");
    conversation.stop();
    assertThatEveryTurnIsWhole(chat);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void the_end_then_say_continues(SpeakerSelector kind) {
    ChatOf chat = new ChatOf(kind, 1);
    Conversation conversation = chat.start();
    chat.answerPending();
    while (!conversation.result().isDone()) {
      chat.model.next().tokens("so").complete();
      chat.answerPending();
    }

    conversation.say("And then?").join();
    chat.answerPending();

    assertThat(((UserMessage) lastOf(chat.model.next().messages())).singleText())
        .contains("user: And then?");
    conversation.stop();
    assertThatEveryTurnIsWhole(chat);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_restored_conversation_goes_on(SpeakerSelector kind) {
    ChatOf chat = new ChatOf(kind, 3);
    Conversation conversation = chat.start();
    chat.answerPending();
    chat.model.next().tokens("one").complete();
    ConversationState state = conversation.snapshot().join();
    conversation.stop();
    drain(chat);

    Conversation restored = chat.restore(state);
    chat.answerPending();
    while (!restored.result().isDone()) {
      chat.model.next().tokens("two").complete();
      chat.answerPending();
    }

    assertThat(contents(chat)).contains("one", "two");
    assertThat(restored.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThatEveryTurnIsWhole(chat);
  }

  @Test
  void random_and_parallel_let_every_member_stream() {
    for (SpeakerSelector selector :
        List.of(SpeakerSelector.random(7), SpeakerSelector.parallelRound("Cho"))) {
      ChatOf chat = new ChatOf(selector, 9);
      Conversation conversation = chat.start();
      while (!conversation.result().isDone()) {
        chat.model.next().tokens("so").complete();
      }

      assertThat(chat.speakers()).contains("Ann", "Ben", "Cho");
    }
  }

  @Test
  void parallel_speakers_stream_at_once_and_the_summary_is_of_the_same_round() {
    ChatOf chat = new ChatOf(SpeakerSelector.parallelRound("Cho", "Sum up."), 1);
    Conversation conversation = chat.start();
    ScriptedCall ann = chat.model.next();
    ScriptedCall ben = chat.model.next();
    ann.tokens("a");
    ben.tokens("b");
    ann.tokens("a").complete();
    ben.tokens("b").complete();
    ScriptedCall cho = chat.model.next();

    assertThat(cho.messages())
        .containsExactly(UserMessage.from("user: Tea?\n\nAnn: aa\n\nBen: bb\n\nSum up."));
    cho.tokens("c").complete();
    assertThat(chat.events.of(SpeakerChange.class))
        .extracting(SpeakerChange::agentName, SpeakerChange::round)
        .containsExactly(tuple("Ann", 1), tuple("Ben", 1), tuple("Cho", 1));
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
  }

  static void assertThatEveryTurnIsWhole(ChatOf chat) {
    List<String> turns =
        chat.events.of(SpeakerChange.class).stream().map(SpeakerChange::messageId).toList();
    assertThat(chat.events.of(StreamingComplete.class))
        .extracting(StreamingComplete::messageId)
        .containsExactlyInAnyOrderElementsOf(turns);
    for (StreamingComplete complete : chat.events.of(StreamingComplete.class)) {
      assertThat(chat.events.textOf(complete.messageId())).isEqualTo(complete.fullContent());
      assertThat(chat.events.of(NewMessage.class))
          .filteredOn(message -> message.messageId().equals(complete.messageId()))
          .extracting(NewMessage::content)
          .isEqualTo(
              complete.fullContent().isEmpty() ? List.of() : List.of(complete.fullContent()));
      assertThat(complete.finishReason())
          .isIn(TurnFinishReason.STOP, TurnFinishReason.STOPPED, TurnFinishReason.ERROR);
    }
  }

  /** Forgets the calls of turns that a stop cut. */
  static void drain(ChatOf chat) {
    while (!chat.model.isIdle()) {
      chat.model.next().tokens("late").complete();
    }
  }

  static List<String> contents(ChatOf chat) {
    return chat.events.of(NewMessage.class).stream().map(NewMessage::content).toList();
  }

  static <T> T lastOf(List<T> list) {
    return list.get(list.size() - 1);
  }
}
