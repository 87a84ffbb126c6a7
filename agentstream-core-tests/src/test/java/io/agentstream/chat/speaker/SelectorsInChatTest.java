package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.FailurePolicy;
import io.agentstream.chat.InputTimeoutPolicy;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationCreated;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputRequested;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectorsInChatTest {

  private static final String GOING =
      "SATISFIED: no\nLOOP: no\nPROGRESS: yes\nNEXT: Ben\nINSTRUCTION: Boil water.";
  private static final String DONE = "SATISFIED: yes";

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

  @Test
  void a_model_picks_and_what_it_uses_counts_as_overhead() {
    ChatOf chat =
        new ChatOf(
            SpeakerSelector.model(
                new Brain(question -> question.contains("Cho: so") ? "Ann" : "Cho")),
            2);
    chat.model.answers("so").answers("so");
    ConversationUsage usage = chat.start().result().join().usage();

    assertThat(chat.speakers()).containsExactly("Cho", "Ann");
    assertThat(usage.overhead()).isEqualTo(Usage.counted(200, 20));
    assertThat(usage.byAgent()).containsOnlyKeys("Cho", "Ann");
    assertThat(usage.totalTokens()).isEqualTo(220 + 22);
  }

  @Test
  void a_stop_while_a_model_picks_hangs_up_and_the_next_run_asks_again() {
    ScriptedModel picker = new ScriptedModel();
    ChatOf chat = new ChatOf(SpeakerSelector.model(picker), 2);
    Conversation conversation = chat.start();
    ScriptedCall asked = picker.next();

    conversation.stop();
    asked.tokens("Ben").complete();
    assertThat(chat.speakers()).isEmpty();
    conversation.say("Go on.").join();
    picker.next().tokens("Cho").complete();

    assertThat(chat.speakers()).containsExactly("Cho");
  }

  @Test
  void a_model_that_fails_to_pick_leaves_the_chat_going() {
    ChatOf chat =
        new ChatOf(
            SpeakerSelector.model(
                new Brain(
                    question -> {
                      throw new IllegalStateException("secret");
                    })),
            2);
    chat.model.answers("so").answers("so");

    assertThat(chat.start().result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(chat.speakers()).containsExactly("Ann", "Ben");
    assertThat(chat.events.of(ChatError.class)).isEmpty();
  }

  @Test
  void a_handoff_ends_the_turn_and_gives_the_floor() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff(), 5);
    Conversation conversation = chat.start();
    ScriptedCall ann = chat.model.next();
    assertThat(ann.request().toolSpecifications())
        .extracting(ToolSpecification::name)
        .containsExactly("transfer_to_ben", "transfer_to_cho");
    ann.tokens("Cho knows.").toolCall("transfer_to_cho", "{}").complete();
    ScriptedCall cho = chat.model.next();

    assertThat(cho.messages())
        .containsExactly(
            UserMessage.from(
                "user: Tea?\n\nAnn: Cho knows.\n\nAnn handed the conversation over to you."));
    cho.tokens("Yes.").complete();
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.COMPLETED);
    assertThat(chat.events.of(SpeakerChange.class).get(1).reason()).isEqualTo("Ann handed over.");

    conversation.say("Why?").join();
    assertThat(lastOf(chat.speakers())).isEqualTo("Cho");
  }

  @Test
  void a_handoff_outlives_a_stop_of_the_next_speaker_and_the_end_of_the_run() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff(), 2);
    Conversation conversation = chat.start();
    chat.model.next().toolCall("transfer_to_ben", "{}").complete();
    conversation.stop();
    conversation.say("Go on.").join();
    chat.model.next();
    assertThat(chat.speakers()).containsExactly("Ann", "Ben", "Ben");

    chat.model.next().toolCall("transfer_to_cho", "{}").complete();
    chat.model.next().toolCall("transfer_to_ann", "{}").complete();
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    conversation.say("Go on.").join();
    assertThat(chat.speakers()).endsWith("Cho", "Ann");
  }

  @Test
  void a_handoff_outlives_a_restore() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff(), 1);
    Conversation conversation = chat.start();
    chat.model.next().toolCall("transfer_to_cho", "{}").complete();
    assertThat(conversation.result()).isDone();

    chat.restore(conversation.snapshot().join()).say("Go on.").join();

    assertThat(chat.speakers()).containsExactly("Cho");
  }

  @Test
  void a_handoff_to_the_user_asks_and_the_answer_goes_back() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff().toUser(), 5);
    Conversation conversation = chat.start();
    chat.model.next().tokens("Which?").toolCall("transfer_to_user", "{}").complete();
    InputRequested request = chat.events.only(InputRequested.class);
    // Milliseconds even if they are 0.
    assertThat(request.expiresAt()).isEqualTo("2026-11-23T10:10:00.000Z");
    assertThat(request.agentName()).isEqualTo("Ann");

    conversation.say("Green.").join();

    assertThat(((UserMessage) lastOf(chat.model.next().messages())).singleText())
        .isEqualTo("user: Green.");
    assertThat(chat.speakers()).containsExactly("Ann", "Ann");
  }

  @Test
  void a_chat_that_goes_on_without_the_user_tells_the_agent() {
    ChatOf chat = new ChatOf(SpeakerSelector.handoff().toUser(), 5);
    chat.chat.onInputTimeout(InputTimeoutPolicy.GO_ON);
    chat.start();
    chat.model.next().tokens("Which?").toolCall("transfer_to_user", "{}").complete();

    chat.clock.advance(Duration.ofMinutes(20));

    assertThat(((UserMessage) lastOf(chat.model.next().messages())).singleText())
        .contains("did not answer");
  }

  @Test
  void a_person_names_the_speaker_and_what_they_said_meanwhile_is_seen() {
    ChatOf chat = new ChatOf(SpeakerSelector.manual(), 1);
    Conversation conversation = chat.start();
    InputRequested request = chat.events.only(InputRequested.class);
    assertThat(request.choices()).containsExactly("Ann", "Ben", "Cho");

    conversation.say("Be brief.").join();
    conversation.input(request.requestId(), "Cho").join();

    assertThat(chat.speakers()).containsExactly("Cho");
    assertThat(chat.model.next().messages())
        .containsExactly(UserMessage.from("user: Tea?\n\nuser: Be brief."));
  }

  @Test
  void a_pause_holds_after_the_speaker_was_named() {
    ChatOf chat = new ChatOf(SpeakerSelector.manual(), 1);
    Conversation conversation = chat.start();
    conversation.pause().join();

    chat.answerPending();
    assertThat(chat.speakers()).isEmpty();
    conversation.unpause().join();

    assertThat(chat.speakers()).containsExactly("Ben");
    assertThat(chat.events.of(InputRequested.class)).hasSize(1);
  }

  @Test
  void the_next_in_order_speaks_where_nobody_names_one_in_time() {
    ChatOf chat = new ChatOf(SpeakerSelector.manual(), 2);
    chat.chat.onInputTimeout(InputTimeoutPolicy.GO_ON);
    chat.start();
    chat.answerPending();
    chat.model.next().tokens("so").complete();

    chat.clock.advance(Duration.ofMinutes(20));

    assertThat(chat.speakers()).containsExactly("Ben", "Cho");
  }

  @Test
  void a_plan_is_followed_to_the_final_answer_and_counts_as_overhead() {
    ChatOf chat =
        new ChatOf(
            SpeakerSelector.planner(
                    new Brain(
                        question ->
                            question.contains("SATISFIED")
                                ? question.contains("It boils") ? DONE : GOING
                                : "Well."))
                .finalAnswerBy("Cho"),
            1);
    Conversation conversation = chat.start();
    ScriptedCall ben = chat.model.next();
    assertThat(((UserMessage) lastOf(ben.messages())).singleText())
        .contains("user: Tea?", "You are Ben.", "Boil water.");
    ben.tokens("It boils.").complete();
    chat.model.next().tokens("Tea ", "is served.").complete();

    assertThat(chat.speakers()).containsExactly("Ben", "Cho");
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.COMPLETED);
    assertThat(conversation.result().join().usage().overhead()).isEqualTo(Usage.counted(400, 40));
    assertThat(chat.events.of(NewMessage.class))
        .extracting(NewMessage::sender)
        .containsExactly("user", "Ben", "Cho");

    conversation.say("And cake?").join();
    assertThat(lastOf(chat.speakers())).isEqualTo("Ben");
  }

  @Test
  void the_rounds_used_up_the_planner_still_has_an_answer_given() {
    ChatOf chat = new ChatOf(SpeakerSelector.planner(Brain.planning(GOING)), 1);
    Conversation conversation = chat.start();
    chat.model.next().tokens("It boils.").complete();
    chat.model.next().tokens("Not yet.").complete();

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(chat.events.of(SpeakerChange.class))
        .extracting(SpeakerChange::round)
        .containsExactly(1, 1);
  }

  @Test
  void a_planner_whose_model_fails_fails_the_run_and_can_go_on() {
    boolean[] broken = {true};
    ChatOf chat =
        new ChatOf(
            SpeakerSelector.planner(
                new Brain(
                    question -> {
                      if (broken[0]) {
                        throw new IllegalStateException("secret");
                      }
                      return question.contains("SATISFIED") ? GOING : "Well.";
                    })),
            1);
    Conversation conversation = chat.start();

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.FAILED);
    assertThat(chat.events.only(ChatError.class).code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(chat.events.only(ChatError.class).message()).doesNotContain("secret");
    broken[0] = false;
    conversation.say("Again.").join();
    assertThat(chat.speakers()).containsExactly("Ben");
  }

  private static void assertThatEveryTurnIsWhole(ChatOf chat) {
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
  private static void drain(ChatOf chat) {
    while (!chat.model.isIdle()) {
      chat.model.next().tokens("late").complete();
    }
  }

  private static List<String> contents(ChatOf chat) {
    return chat.events.of(NewMessage.class).stream().map(NewMessage::content).toList();
  }

  private static <T> T lastOf(List<T> list) {
    return list.get(list.size() - 1);
  }
}
