package io.agentstream.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import io.agentstream.chat.Agent;
import io.agentstream.chat.InterruptedCallPolicy;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.settings.Timeouts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A process that ends while a tool runs, and another one that continues the conversation. */
class InterruptedCallsTest {

  @Test
  void by_default_a_person_says_that_the_call_happened() {
    ToolProcess second = interrupted(ann -> ann);

    InputRequested question = second.events.only(InputRequested.class);
    assertThat(question.kind()).isEqualTo(InputKind.INTERRUPTED_CALL);
    assertThat(question.agentName()).isEqualTo("Ann");
    assertThat(question.callId()).isEqualTo("c1");
    assertThat(question.prompt())
        .isEqualTo("Ann was calling pay when the server stopped. Did the call happen?");
    assertThat(question.choices()).containsExactly("happened", "not_happened", "call_again");
    second.runTools();
    assertThat(second.keys).isEmpty();

    second.answer(question, "happened");

    assertResult(
        second,
        "The call was interrupted. A person says that it happened; its result is lost.",
        false);
    second.finish();
  }

  @Test
  void a_person_says_that_it_did_not_happen() {
    ToolProcess second = interrupted(ann -> ann);

    second.answer(second.events.only(InputRequested.class), "not_happened");

    assertResult(second, "The call was interrupted. A person says that it did not happen.", true);
    second.finish();
  }

  @Test
  void a_person_has_it_called_again_under_the_same_key() {
    ToolProcess second = interrupted(ann -> ann);

    second.answer(second.events.only(InputRequested.class), "call_again");
    second.runTools();

    assertThat(second.keys).hasSize(1).isEqualTo(second.keysBefore);
    assertResult(second, "paid", false);
    second.finish();
  }

  @Test
  void a_question_that_nobody_answers_in_time_fails_the_call() {
    ToolProcess second = interrupted(ann -> ann);

    second.clock.advance(Timeouts.defaults().input());

    assertResult(second, "The call was interrupted. Nobody knows whether it happened.", true);
    second.finish();
  }

  @Test
  void an_idempotent_tool_is_called_again_under_the_same_key() {
    ToolProcess second =
        interrupted(ann -> ann.interruptedCalls(call -> InterruptedCallPolicy.CALL_AGAIN));
    second.runTools();

    assertThat(second.keys).hasSize(1).isEqualTo(second.keysBefore);
    assertThat(second.events.of(InputRequested.class)).isEmpty();
    assertResult(second, "paid", false);
    second.finish();
  }

  @Test
  void a_tool_that_is_to_fail_is_answered_as_failed() {
    ToolProcess second =
        interrupted(
            ann ->
                ann.interruptedCalls(
                    call ->
                        call.name().equals("pay")
                            ? InterruptedCallPolicy.FAIL
                            : InterruptedCallPolicy.ASK));

    second.runTools();
    assertThat(second.keys).isEmpty();
    assertResult(second, "The call was interrupted. Nobody knows whether it happened.", true);
    second.finish();
  }

  @Test
  void a_rule_that_throws_or_gives_nothing_fails_the_call() {
    List<Function<ToolExecutionRequest, InterruptedCallPolicy>> broken =
        List.of(
            call -> null,
            call -> {
              throw new AssertionError("stubbed");
            });
    for (Function<ToolExecutionRequest, InterruptedCallPolicy> rule : broken) {
      ToolProcess second = interrupted(ann -> ann.interruptedCalls(rule));

      second.runTools();
      assertThat(second.keys).isEmpty();
      assertResult(second, "The tool failed.", true);
      second.finish();
    }
  }

  @Test
  void a_tool_that_is_gone_is_not_called_again() {
    ToolProcess first = ToolProcess.started(ann -> ann).callTool();

    ToolProcess second = new ToolProcess(toolless());
    second.restore(first.document());

    assertResult(second, "There is no tool of this name.", true);
    second.finish();
  }

  @Test
  void a_call_with_a_result_is_not_made_again_and_the_text_before_it_stays() {
    ToolProcess first = ToolProcess.started(ann -> ann);
    first.next().thinking("Hm.").tokens("I pay. ").toolCall("pay", "{}").complete();
    first.runTools();
    first.next().tokens("lost with the proc");

    ToolProcess second = ToolProcess.restored(first.document(), ann -> ann);

    second.runTools();
    assertThat(second.keys).isEmpty();
    assertThat(second.events.only(ToolCall.class))
        .usingRecursiveComparison()
        .ignoringFields("messageId")
        .isEqualTo(first.events.only(ToolCall.class));
    assertResult(second, "paid", false);
    assertThat(second.events.only(StreamingThinking.class).token()).isEqualTo("Hm.");
    second.finish();
    assertThat(second.events.only(StreamingComplete.class).fullContent()).isEqualTo("I pay. Done.");
    assertThat(second.events.of(NewMessage.class))
        .last()
        .extracting("content")
        .isEqualTo("I pay. Done.");
  }

  @Test
  void each_of_several_calls_is_settled_by_what_is_known_of_it() {
    ToolProcess first = ToolProcess.started(ann -> ann);
    first.next().toolCall("pay", "{}").toolCall("pay", "{}").complete();
    first.tasks.remove().run();

    ToolProcess second = ToolProcess.restored(first.document(), ann -> ann);

    assertThat(second.events.of(ToolCall.class))
        .extracting(ToolCall::callId)
        .containsExactly("c1", "c2");
    assertThat(second.events.only(ToolResult.class).callId()).isEqualTo("c1");
    assertThat(second.events.only(InputRequested.class).callId()).isEqualTo("c2");
    second.answer(second.events.only(InputRequested.class), "happened");
    second.finish();
    assertThat(second.events.of(ToolResult.class)).hasSize(2);
  }

  @Test
  void a_call_that_waited_for_approval_waits_for_it_again() {
    UnaryOperator<Agent.Builder> approving = ann -> ann.needsApproval(call -> true);
    ToolProcess first = ToolProcess.started(approving);
    first.next().toolCall("pay", "{}").complete();

    ToolProcess second = ToolProcess.restored(first.document(), approving);

    assertThat(second.events.only(InputRequested.class).kind()).isEqualTo(InputKind.APPROVAL);
    second.answer(second.events.only(InputRequested.class), "approve");
    second.runTools();
    assertThat(second.keys).hasSize(1);
    second.finish();
  }

  @Test
  void a_process_that_ends_before_it_continues_loses_nothing_of_the_calls() {
    ToolProcess first = ToolProcess.started(ann -> ann).callTool();
    first.conversation.pause().join();
    ToolProcess second = ToolProcess.restored(first.document(), ann -> ann);
    assertThat(second.events.of(ToolCall.class)).isEmpty();

    ToolProcess third = ToolProcess.restored(second.document(), ann -> ann);
    third.conversation.unpause().join();

    assertThat(third.events.only(InputRequested.class).kind())
        .isEqualTo(InputKind.INTERRUPTED_CALL);
    ToolProcess fourth = ToolProcess.restored(third.document(), ann -> ann);
    fourth.answer(fourth.events.only(InputRequested.class), "call_again");
    fourth.runTools();
    assertThat(fourth.keys)
        .isEqualTo(fourth.keysBefore)
        .isEqualTo(ToolProcess.keys(first.document()));
    fourth.finish();
  }

  @Test
  void a_turn_that_is_stopped_while_its_question_is_open_ends_with_a_result_for_the_call() {
    ToolProcess second = interrupted(ann -> ann);

    second.conversation.stop();

    assertResult(second, "The call was stopped.", true);
    assertThat(second.events.only(InputResolved.class).by()).isEqualTo(InputResolved.By.STOPPED);
  }

  @Test
  void a_tool_is_called_once_its_call_is_recorded() {
    CompletableFuture<Void> recorded = new CompletableFuture<>();
    ToolProcess process = startedWith(() -> recorded);
    process.next().toolCall("pay", "{}").complete();

    process.runTools();
    assertThat(process.keys).isEmpty();
    recorded.complete(null);
    process.runTools();

    assertThat(process.keys).hasSize(1);
  }

  @Test
  void a_tool_is_not_called_if_its_call_cannot_be_recorded() {
    List<Supplier<CompletionStage<Void>>> failing =
        List.of(
            () -> CompletableFuture.failedStage(new IllegalStateException("stubbed")),
            () -> {
              throw new AssertionError("stubbed");
            });
    for (Supplier<CompletionStage<Void>> record : failing) {
      ToolProcess process = startedWith(record);
      process.next().toolCall("pay", "{}").complete();

      process.runTools();
      assertThat(process.keys).isEmpty();
      assertResult(
          process, "The tool was not called, because the call could not be recorded.", true);
      process.finish();
    }
  }

  @Test
  void every_call_has_a_key_of_its_own() {
    ToolProcess process = ToolProcess.started(ann -> ann);
    process.next().toolCall("pay", "{}").toolCall("pay", "{}").complete();
    process.runTools();

    assertThat(process.keys).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void a_tool_without_a_result_text_still_answers() {
    Agent.Builder ann =
        Agent.builder("Ann")
            .tool(ToolSpecification.builder().name("pay").build(), (request, memory) -> null);
    ToolProcess process = new ToolProcess(ann);
    process.start(() -> CompletableFuture.completedStage(null));
    process.callTool().runTools();

    assertResult(process, "", false);
  }

  private static ToolProcess startedWith(Supplier<CompletionStage<Void>> record) {
    ToolProcess process = new ToolProcess((UnaryOperator<Agent.Builder>) ann -> ann);
    process.start(record);
    return process;
  }

  private static Agent.Builder toolless() {
    return Agent.builder("Ann").interruptedCalls(call -> InterruptedCallPolicy.CALL_AGAIN);
  }

  /** Returns a second process, which continues after the first one ended while the tool ran. */
  private static ToolProcess interrupted(UnaryOperator<Agent.Builder> settings) {
    ToolProcess first = ToolProcess.started(settings).callTool();
    assertThat(first.tasks).hasSize(1);
    return ToolProcess.restored(first.document(), settings);
  }

  private static void assertResult(ToolProcess process, String text, boolean isError) {
    ToolResult result = process.events.only(ToolResult.class);
    assertThat(result.result()).isEqualTo(text);
    assertThat(result.isError()).isEqualTo(isError);
  }
}
