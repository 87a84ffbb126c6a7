package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.AuthenticationException;
import io.agentstream.chat.speaker.Participant;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.SelectionContext;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.EndReason;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.ToolResult;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Faults that random conversations have found. */
class EngineEdgesTest extends ChatFixture {

  @Test
  void a_late_piece_of_a_tool_call_sets_no_alarm() {
    start(chat(1, "Ann"));
    ScriptedCall call = model.next();
    call.complete();

    call.toolCall("look", "{}");

    assertThat(clock.alarms()).isZero();
  }

  @Test
  void each_run_has_its_own_result_even_if_the_executor_is_late() {
    List<Runnable> tasks = new ArrayList<>();
    Conversation conversation = start(chat(1, "Ann").executor(tasks::add));
    conversation.stop();
    CompletableFuture<ChatResult> first = conversation.result();

    assertThat(conversation.say("More?")).isCompleted();
    CompletableFuture<ChatResult> second = conversation.result();
    tasks.forEach(Runnable::run);
    tasks.clear();

    assertThat(first).isCompletedWithValueMatching(it -> it.reason() == EndReason.STOPPED);
    assertThat(second).isNotDone();
    model.next().tokens("Yes.").complete();
    tasks.forEach(Runnable::run);
    assertThat(second).isCompletedWithValueMatching(it -> it.reason() == EndReason.MAX_ROUNDS);
  }

  @Test
  void a_model_stopped_before_its_first_token_is_hung_up_on_at_that_token() {
    Conversation conversation = start(chat(1, "Ann"));
    conversation.stop();
    ScriptedCall call = model.next();

    call.tokens("late");

    assertThat(call.isHungUp()).isTrue();
    assertThat(events.types()).endsWith("streaming_complete", "conversation_ended");
  }

  @Test
  void a_pause_holds_every_team_that_speaks_at_once_and_lets_go_of_all() {
    Agent one = chat(1, "Ann", "Ben").build().asAgent("One", "");
    Agent two = chat(1, "Cho", "Dan").build().asAgent("Two", "");
    Conversation conversation = start(chat(1, one, two).speakerSelector(everybody()));
    ScriptedCall ann = model.next();
    ScriptedCall cho = model.next();

    assertThat(conversation.pause()).isCompletedWithValue(SteeringOutcome.ACCEPTED);
    ann.tokens("a").complete();
    cho.tokens("c").complete();
    assertThat(events).spoke("Ann", "Cho");
    assertThat(events.of(ConversationPaused.class)).hasSize(1);

    assertThat(conversation.unpause()).isCompletedWithValue(SteeringOutcome.ACCEPTED);
    model.next().tokens("b").complete();
    model.next().tokens("d").complete();
    assertThat(events)
        .isWellFormed()
        .spoke("Ann", "Cho", "Ben", "Dan")
        .endedWith(EndReason.MAX_ROUNDS);
  }

  @Test
  void in_a_pause_nobody_takes_the_floor_beside_a_team_that_waits() {
    List<Runnable> tasks = new ArrayList<>();
    Agent team = chat(1, "Ann").build().asAgent("One", "");
    Conversation conversation =
        start(
            chat(1, team, agent("Ben").build()).speakerSelector(everybody()).executor(tasks::add));

    assertThat(conversation.pause()).isCompletedWithValue(SteeringOutcome.ACCEPTED);
    List.copyOf(tasks).forEach(Runnable::run);

    assertThat(events).spoke().isWellFormed();
    assertThat(events.types()).endsWith("conversation_paused");
  }

  @Test
  void what_was_said_before_the_last_turn_is_answered_by_it_and_needs_no_further_run() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));

    assertThat(conversation.say("And?")).isCompletedWithValue(SteeringOutcome.ACCEPTED);
    model.next().tokens("a").complete();
    model.next().tokens("b").complete();

    assertThat(events)
        .said("user: Tea?", "Ann: a", "user: And?", "Ben: b")
        .endedWith(EndReason.MAX_ROUNDS);
  }

  @Test
  void what_is_said_while_the_last_speaker_would_be_picked_is_answered_too() {
    List<Runnable> tasks = new ArrayList<>();
    Conversation conversation =
        start(chat(1, "Ann").speakerSelector(everybody()).executor(tasks::add));
    tasks.remove(0).run();
    tasks.remove(0).run();
    model.next().tokens("a").complete();

    assertThat(conversation.say("And?")).isCompletedWithValue(SteeringOutcome.ACCEPTED);
    tasks.remove(0).run();

    assertThat(events).isWellFormed().said("user: Tea?", "Ann: a", "user: And?").isNotEnded();
    assertThat(events.types()).endsWith("conversation_ended", "conversation_started");
  }

  @Test
  void a_failure_policy_that_throws_ends_the_run_and_the_turn() {
    Conversation conversation =
        start(
            chat(1, "Ann")
                .onFailure(
                    failure -> {
                      throw new IllegalStateException("stubbed");
                    }));
    model.next().tokens("half").fail(new IOException("stubbed"));

    assertThat(events).isWellFormed().said("user: Tea?", "Ann: half").endedWith(EndReason.FAILED);
    assertThat(conversation.say("More?")).isCompletedWithValue(SteeringOutcome.ACCEPTED);
    assertThat(events).isNotEnded();
  }

  @Test
  void a_context_window_that_throws_fails_its_turn_alone() {
    Agent ann =
        agent("Ann")
            .contextWindow(
                (all, asker) -> {
                  throw new IllegalStateException("stubbed");
                })
            .build();
    start(chat(1, ann, agent("Ben").build()).speakerSelector(everybody()));
    model.next().tokens("b").complete();

    assertThat(events).isWellFormed().spoke("Ann", "Ben").said("user: Tea?", "Ben: b");
    assertThat(events).endedWith(EndReason.MAX_ROUNDS);
  }

  @Test
  void an_approval_rule_that_throws_fails_the_call_and_runs_no_tool() {
    Agent ann =
        agent("Ann")
            .tool(
                ToolSpecification.builder().name("dare").build(),
                (request, memory) -> {
                  throw new AssertionError("it ran");
                })
            .needsApproval(
                call -> {
                  throw new IllegalStateException("stubbed");
                })
            .build();
    start(chat(1, ann));
    model.next().toolCall("dare", "{}").complete();
    model.next().tokens("a").complete();

    assertThat(events).isWellFormed().said("user: Tea?", "Ann: a");
    assertThat(events.only(ToolResult.class).isError()).isTrue();
  }

  @Test
  void a_team_without_words_is_not_credited_with_what_others_said() {
    List<String> words = new ArrayList<>();
    Agent one = chat(1, "Ann").build().asAgent("One", "");
    Agent two = chat(1, "Ben").build().asAgent("Two", "");
    start(
        chat(1, one, two)
            .terminateWhen(
                run -> {
                  words.clear();
                  run.turns().forEach(turn -> words.add(turn.complete().fullContent()));
                  return Optional.empty();
                }));
    model.next().tokens("a").complete();
    model.next().complete();

    assertThat(events).isWellFormed().spoke("Ann", "Ben").endedWith(EndReason.MAX_ROUNDS);
    assertThat(words).containsExactly("a", "");
  }

  @Test
  void a_turn_that_is_taken_again_after_a_restore_is_in_its_old_round() {
    GroupChat.Builder chat = chat(1, "Ann", "Ben");
    Conversation conversation = start(chat);
    ConversationState state = conversation.snapshot().join();
    conversation.stop();

    RecordedEvents restored = new RecordedEvents();
    chat.build().restore(state).inlineListener(restored).start();

    assertThat(restored.only(SpeakerChange.class).round()).isEqualTo(1);
  }

  @Test
  void a_run_in_which_every_turn_failed_has_failed_and_its_result_says_why() {
    Conversation conversation = start(chat(1, "Ann", "Ben"));
    model.next().fail(new AuthenticationException("stubbed"));
    model.next().fail(new IOException("stubbed"));

    assertThat(events).isWellFormed().spoke("Ann", "Ben").endedWith(EndReason.FAILED);
    ChatResult result = conversation.result().join();
    assertThat(result.reason()).isEqualTo(EndReason.FAILED);
    assertThat(result.errors()).isEqualTo(events.of(ChatError.class)).hasSize(2);

    assertThat(conversation.say("And?")).isCompletedWithValue(SteeringOutcome.ACCEPTED);
    model.next().tokens("a").complete();
    model.next().fail(new IOException("stubbed"));
    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(conversation.result().join().errors()).hasSize(1);
  }

  @Test
  void a_team_in_which_every_turn_failed_is_a_turn_that_failed() {
    Agent team = chat(1, "Ann").build().asAgent("Team", "");
    start(chat(1, team, agent("Ben").build()));
    model.next().fail(new IOException("stubbed"));
    model.next().fail(new IOException("stubbed"));

    assertThat(events).isWellFormed().spoke("Ann", "Ben").endedWith(EndReason.FAILED);
  }

  static SpeakerSelector everybody() {
    return selector(
        context ->
            CompletableFuture.completedStage(
                Selection.speak(
                    context.participants().stream()
                        .map(Participant::name)
                        .toArray(String[]::new))));
  }

  static SpeakerSelector selector(Function<SelectionContext, CompletionStage<Selection>> select) {
    return new SpeakerSelector() {
      @Override
      public String name() {
        return "own";
      }

      @Override
      public CompletionStage<Selection> select(SelectionContext context) {
        return select.apply(context);
      }
    };
  }
}
