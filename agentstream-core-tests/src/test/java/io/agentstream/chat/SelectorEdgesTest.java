package io.agentstream.chat;

import static io.agentstream.chat.EngineEdgesTest.selector;
import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.Usage;
import io.agentstream.test.ScriptedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A selector that is late, is stopped, or has no result. */
class SelectorEdgesTest extends ChatFixture {

  @Test
  void a_selector_that_asks_a_model_after_the_end_gets_no_answer() {
    List<Runnable> tasks = new ArrayList<>();
    List<CompletionStage<String>> answers = new ArrayList<>();
    SpeakerSelector asking =
        selector(
            context -> {
              answers.add(context.ask(model, List.of(UserMessage.from("Who?"))));
              return answers.get(0).thenApply(Selection::speak);
            });
    Conversation conversation = start(chat(1, "Ann").speakerSelector(asking).executor(tasks::add));

    conversation.stop();
    List.copyOf(tasks).forEach(Runnable::run);

    assertThat(model.isIdle()).isTrue();
    assertThat(clock.alarms()).isZero();
    assertThat(answers.get(0)).isCancelled();
  }

  @Test
  void a_stop_lets_go_of_a_selector_that_waits_for_a_model() {
    List<CompletionStage<String>> answers = new ArrayList<>();
    SpeakerSelector asking =
        selector(
            context -> {
              answers.add(context.ask(model, List.of(UserMessage.from("Who?"))));
              return answers.get(0).thenApply(Selection::speak);
            });
    Conversation conversation = start(chat(1, "Ann").speakerSelector(asking));

    conversation.stop();

    assertThat(answers.get(0)).isCancelled();
    assertThat(events).isWellFormed().endedWith(EndReason.STOPPED);
  }

  @Test
  void what_interrupts_a_selector_hangs_up_on_the_model_that_it_asks() {
    List<CompletionStage<String>> answers = new ArrayList<>();
    SpeakerSelector asking =
        selector(
            context -> {
              answers.add(context.ask(model, List.of(UserMessage.from("Who?"))));
              return answers.get(answers.size() - 1).thenApply(Selection::speak);
            });
    Conversation conversation = start(chat(1, "Ann").speakerSelector(asking));
    ScriptedCall first = model.next().tokens("A");

    assertThat(conversation.interrupt("Wait!")).isCompletedWithValue(SteeringOutcome.ACCEPTED);

    assertThat(first.isHungUp()).isTrue();
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).isCancelled();
    model.next().tokens("Ann").complete();
    model.next().tokens("a").complete();
    assertThat(events).isWellFormed().said("user: Tea?", "user: Wait!", "Ann: a");
  }

  @Test
  void a_call_that_was_hung_up_on_counts_as_overhead_all_the_same() {
    SpeakerSelector asking =
        selector(
            context ->
                context
                    .ask(model, List.of(UserMessage.from("Who speaks?")))
                    .thenApply(Selection::speak));
    Conversation conversation = start(chat(1, "Ann").speakerSelector(asking));
    model.next().tokens("A long answer");

    conversation.stop();

    Usage overhead = events.only(ConversationEnded.class).usage().overhead();
    assertThat(overhead).isNotNull();
    assertThat(overhead.inputTokens()).isPositive();
    assertThat(overhead.outputTokens()).isPositive();
    assertThat(overhead.estimated()).isTrue();
  }

  @Test
  void a_selector_without_a_result_ends_the_run_on_any_executor() {
    List<Runnable> tasks = new ArrayList<>();
    start(chat(1, "Ann").speakerSelector(selector(context -> null)).executor(tasks::add));

    tasks.remove(0).run();

    assertThat(events).isWellFormed().endedWith(EndReason.FAILED);
  }
}
