package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.SelectionContext;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.NewMessage;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ScriptedCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SteeringTest extends ChatFixture {

  @Test
  void what_is_said_waits_for_the_end_of_the_turn_and_is_seen_by_the_next_speaker() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    ScriptedCall ann = model.next().tokens("I thi");

    assertThat(conversation.say("Be brief.").join()).isEqualTo(SteeringOutcome.ACCEPTED);
    ann.tokens("nk so.").complete();

    assertThat(complete("m2").finishReason()).isEqualTo(TurnFinishReason.STOP);
    assertThat(model.next().messages())
        .containsExactly(UserMessage.from("user: Tea?\n\nAnn: I think so.\n\nuser: Be brief."));
    assertThat(events.of(NewMessage.class).get(2))
        .isEqualTo(
            new NewMessage("m3", NewMessage.Role.USER, "user", "Be brief.", 1, null, "q1-1"));
  }

  @Test
  void an_interruption_cuts_the_speaker_and_keeps_the_partial_text() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    ScriptedCall ann = model.next().tokens("I thi");

    conversation.interrupt("Stop that.").join();
    ann.tokens("late").complete();

    assertThat(complete("m2").finishReason()).isEqualTo(TurnFinishReason.INTERRUPTED);
    assertThat(complete("m2").fullContent()).isEqualTo("I thi");
    assertThat(model.next().messages())
        .containsExactly(UserMessage.from("user: Tea?\n\nAnn: I thi\n\nuser: Stop that."));
  }

  @Test
  void what_is_said_in_the_last_turn_is_still_answered() {
    Conversation conversation = start(chat(1, "Ann"));
    conversation.say("And then?").join();
    model.next().tokens("Done.").complete();

    assertThat(events.of(ConversationStarted.class)).hasSize(2);
    model.next().tokens("Then tea.").complete();
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
  }

  @Test
  void a_speaker_is_stopped_and_the_chat_goes_on() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    model.next().tokens("I thi");

    assertThat(conversation.stopSpeaker().join()).isEqualTo(SteeringOutcome.ACCEPTED);

    assertThat(complete("m2").finishReason()).isEqualTo(TurnFinishReason.STOPPED);
    assertThat(speakers()).containsExactly("Ann", "Ben");
  }

  @Test
  void a_stop_for_an_answer_that_is_over_is_a_conflict() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    model.next().tokens("Yes.").complete();

    assertThat(conversation.stopSpeaker("m2").join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(conversation.stopSpeaker("m3").join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(conversation.stopSpeaker().join()).isEqualTo(SteeringOutcome.CONFLICT);
  }

  @Test
  void a_conversation_goes_on_after_a_stop_a_failure_and_an_end_every_time() {
    Conversation conversation = start(chat(1, "Ann", "Ben").onFailure(FailurePolicy.end()));
    for (int i = 0; i < 3; i++) {
      ScriptedCall late = model.next().tokens("half");
      conversation.stop();
      conversation.say("Go on.").join();
      late.tokens("late").complete();
      model.next().fail(new IllegalStateException());
      conversation.say("Once more.").join();
      model.next().tokens("fine").complete();
      model.next().tokens("too").complete();
      conversation.say("Again.").join();
    }
    conversation.stop();

    assertThat(events.of(ConversationEnded.class))
        .extracting(ConversationEnded::reason)
        .startsWith(EndReason.STOPPED, EndReason.FAILED, EndReason.MAX_ROUNDS)
        .hasSize(10);
    assertThat(events.of(ConversationStarted.class))
        .extracting(ConversationStarted::run)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(events.all().toString()).doesNotContain("late");
  }

  @Test
  void round_robin_goes_on_with_whose_turn_it_is() {
    Conversation conversation = start(chat(1, "Ann", "Ben", "Cho"));
    model.next().complete();
    conversation.stop();
    conversation.say("Go on.").join();
    model.next().complete();
    model.next().complete();
    model.next().complete();

    assertThat(speakers()).containsExactly("Ann", "Ben", "Ben", "Cho", "Ann");
  }

  @Test
  void a_pause_takes_effect_before_the_next_turn() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    assertThat(conversation.pause().join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(conversation.pause().join()).isEqualTo(SteeringOutcome.CONFLICT);
    model.next().tokens("Yes.").complete();

    assertThat(events.types()).endsWith("new_message", "conversation_paused");
    assertThat(model.isIdle()).isTrue();
    assertThat(conversation.unpause().join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(conversation.unpause().join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(speakers()).containsExactly("Ann", "Ben");
  }

  @Test
  void the_time_of_the_conversation_stands_still_in_a_pause() {
    Conversation conversation = start(chat(9, "Ann").timeouts(patient()));
    clock.advance(Duration.ofMinutes(20));
    conversation.pause().join();
    model.next().fail(new IllegalStateException());
    clock.advance(Duration.ofHours(5));
    conversation.unpause().join();
    clock.advance(Duration.ofMinutes(9));
    assertThat(conversation.result()).isNotDone();
    clock.advance(Duration.ofMinutes(1));

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.TIMEOUT);
  }

  @Test
  void what_is_said_in_a_pause_is_shown_at_once() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    conversation.pause().join();
    model.next().complete();
    conversation.say("While we wait.").join();

    assertThat(events.types()).endsWith("conversation_paused", "new_message");
  }

  @Test
  void a_stop_in_a_pause_ends_it() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    conversation.pause().join();
    model.next().complete();
    conversation.stop();

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.STOPPED);
    assertThat(clock.alarms()).isZero();
    conversation.say("Go on.").join();
    assertThat(speakers()).containsExactly("Ann", "Ben");
  }

  @Test
  void an_answer_to_a_question_becomes_a_message() {
    Conversation conversation = start(chat(2, "Ann").speakerSelector(new AsksFirst()));
    InputRequested request = events.only(InputRequested.class);
    assertThat(request.prompt()).isEqualTo("And you?");
    assertThat(conversation.input("i9", "x").join()).isEqualTo(SteeringOutcome.NOT_FOUND);

    assertThat(conversation.input(request.requestId(), "I agree.").join())
        .isEqualTo(SteeringOutcome.ACCEPTED);

    assertThat(events.only(InputResolved.class).by()).isEqualTo(InputResolved.By.USER);
    assertThat(model.next().messages())
        .containsExactly(UserMessage.from("user: Tea?\n\nuser: I agree."));
  }

  @Test
  void a_question_that_nobody_answers_ends_the_run() {
    Conversation conversation = start(chat(2, "Ann").speakerSelector(new AsksFirst()));
    clock.advance(Timeouts.defaults().input());

    assertThat(events.only(ChatError.class).code()).isEqualTo(ErrorCode.INPUT_TIMEOUT);
    assertThat(events.only(InputResolved.class).by()).isEqualTo(InputResolved.By.TIMEOUT);
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.TIMEOUT);
  }

  @Test
  void a_question_that_nobody_answers_may_be_passed_over() {
    start(chat(2, "Ann").speakerSelector(new AsksFirst()).onInputTimeout(InputTimeoutPolicy.GO_ON));
    clock.advance(Timeouts.defaults().input());

    assertThat(speakers()).containsExactly("Ann");
  }

  @Test
  void a_stop_withdraws_the_question() {
    Conversation conversation = start(chat(2, "Ann").speakerSelector(new AsksFirst()));
    conversation.stop();

    assertThat(events.only(InputResolved.class).by()).isEqualTo(InputResolved.By.STOPPED);
    assertThat(conversation.input("i1", "late").join()).isEqualTo(SteeringOutcome.NOT_FOUND);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void several_speak_at_once_and_one_of_them_is_stopped() {
    Conversation conversation =
        start(chat(1, "Ann", "Ben", "Cho").speakerSelector(new AllAtOnce()));
    ScriptedCall ann = model.next().tokens("a");
    ScriptedCall ben = model.next().tokens("b");
    ScriptedCall cho = model.next().tokens("c");
    conversation.stopSpeaker("m3").join();
    cho.tokens("c").complete();
    ann.tokens("a").complete();
    ben.tokens("late");

    assertThat(complete("m2").fullContent()).isEqualTo("aa");
    assertThat(complete("m3").fullContent()).isEqualTo("b");
    assertThat(complete("m4").fullContent()).isEqualTo("cc");
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(conversation.result().join().messages())
        .extracting(NewMessage::sender)
        .containsExactly("user", "Ben", "Cho", "Ann");
  }

  @Test
  void a_selector_that_fails_ends_the_run_and_the_conversation_can_go_on() {
    Conversation conversation =
        start(
            chat(1, "Ann")
                .speakerSelector(
                    new Scripted() {
                      @Override
                      Selection choose(SelectionContext context) {
                        if (context.messages().size() == 1) {
                          throw new IllegalStateException("secret");
                        }
                        return Selection.speak("Ann");
                      }
                    }));
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.FAILED);
    assertThat(events.only(ChatError.class).message()).isEqualTo("Nobody could be picked.");

    conversation.say("Try again.").join();
    assertThat(speakers()).containsExactly("Ann");
  }

  private abstract static class Scripted implements SpeakerSelector {
    @Override
    public String name() {
      return "scripted";
    }

    abstract Selection choose(SelectionContext context);

    @Override
    public CompletionStage<Selection> select(SelectionContext context) {
      return CompletableFuture.completedStage(choose(context));
    }
  }

  private static final class AsksFirst extends Scripted {
    @Override
    Selection choose(SelectionContext context) {
      return context.input() == null
          ? Selection.ask(InputKind.TEXT, "And you?", null)
          : Selection.speak("Ann");
    }
  }

  private static final class AllAtOnce extends Scripted {
    @Override
    Selection choose(SelectionContext context) {
      return Selection.speak(
          List.of(Selection.Turn.of("Ann"), Selection.Turn.of("Ben"), Selection.Turn.of("Cho")));
    }
  }
}
