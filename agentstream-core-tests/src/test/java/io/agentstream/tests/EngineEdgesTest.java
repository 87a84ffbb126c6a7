package io.agentstream.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.ChatResult;
import io.agentstream.chat.Conversation;
import io.agentstream.event.EndReason;
import io.agentstream.test.ScriptedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What random conversations have found. */
class EngineEdgesTest extends ScriptedChat {

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
}
