package io.agentstream.chat;

import static io.agentstream.chat.AgentTurnTest.TWICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.MessageReset;
import io.agentstream.event.NewMessage;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ScriptedCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tools are called within a turn, and their results lead to its answer. */
class ToolsInTurnTest extends ChatFixture {

  @Test
  void tools_are_called_and_their_results_lead_to_the_answer() {
    start(chat(1, List.of(agent("Ann").tools(new Calculator()).build())));
    ScriptedCall first = model.next();
    assertThat(first.request().toolSpecifications())
        .extracting(tool -> tool.name())
        .contains("add");
    first
        .tokens("Let me add. ")
        .toolCall("add", "{\"a\":1,\"b\":2}")
        .toolCall("add", "{\"a\":3,\"b\":4}")
        .complete();
    ScriptedCall second = model.next();
    List<ChatMessage> prompt = second.messages();
    second.tokens("3 and 7.").complete();

    assertThat(events.of(ToolCall.class))
        .containsExactly(
            new ToolCall("m2", "c1", "add", "{\"a\":1,\"b\":2}"),
            new ToolCall("m2", "c2", "add", "{\"a\":3,\"b\":4}"));
    assertThat(events.of(ToolResult.class))
        .containsExactly(
            new ToolResult("m2", "c1", "3", false), new ToolResult("m2", "c2", "7", false));
    assertThat(prompt.get(1)).isInstanceOf(AiMessage.class);
    assertThat(prompt.subList(2, 4))
        .extracting(message -> ((ToolExecutionResultMessage) message).text())
        .containsExactly("3", "7");
    assertThat(complete("m2").fullContent()).isEqualTo("Let me add. 3 and 7.");
    assertThat(complete("m2").usage()).isEqualTo(Usage.counted(20, 2));
    assertThat(events.of(NewMessage.class)).hasSize(2);
  }

  @Test
  void a_failure_after_a_tool_call_goes_on_from_its_result() {
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).tools(new Calculator()).build())));
    model.next().tokens("Adding. ").toolCall("add", "{\"a\":1,\"b\":2}").complete();
    model.next().tokens("It").fail(new IllegalStateException());
    clock.advance(Duration.ofSeconds(1));
    model.next().tokens("Three.").complete();

    assertThat(events.only(MessageReset.class).offset()).isEqualTo("Adding. ".length());
    assertThat(events.of(ToolCall.class)).hasSize(1);
    assertThat(complete("m2").fullContent()).isEqualTo("Adding. Three.");
  }

  @Test
  void a_tool_that_fails_becomes_a_result_without_the_exceptions_text() {
    start(chat(1, List.of(agent("Ann").tools(new Calculator()).build())));
    model
        .next()
        .toolCall("divide", "{\"a\":1,\"b\":0}")
        .toolCall("add", "not json")
        .toolCall("nothing", "{}")
        .complete();

    assertThat(events.of(ToolResult.class))
        .extracting(ToolResult::result)
        .containsExactlyInAnyOrder(
            "The tool failed.",
            "The tool was not called: its arguments are no whole JSON object, perhaps since the answer"
                + " was cut off. Call it again, with shorter arguments.",
            "There is no tool of this name.");
    assertThat(events.of(ToolResult.class)).allMatch(ToolResult::isError);
    assertThat(events.all().toString()).doesNotContain("secret");
    model.next().tokens("Sorry.").complete();
    assertThat(complete("m2").finishReason()).isEqualTo(TurnFinishReason.STOP);
  }

  @Test
  void a_model_that_never_stops_asking_for_tools_is_stopped() {
    start(chat(1, List.of(agent("Ann").maxToolRounds(2).tools(new Calculator()).build())));
    for (int i = 0; i < 3; i++) {
      model.next().toolCall("add", "{\"a\":1,\"b\":2}").complete();
    }
    assertThat(complete("m2").finishReason()).isEqualTo(TurnFinishReason.TOOL_CALLS);
    assertThat(events.of(ToolCall.class)).hasSize(2);
  }

  @Test
  void a_person_approves_a_call_first_or_does_not() {
    Conversation conversation =
        start(
            chat(
                1,
                List.of(agent("Ann").tools(new Calculator()).needsApproval(call -> true).build())));
    model
        .next()
        .toolCall("add", "{\"a\":1,\"b\":2}")
        .toolCall("add", "{\"a\":3,\"b\":4}")
        .complete();
    List<InputRequested> requests = events.of(InputRequested.class);
    assertThat(requests).extracting(InputRequested::kind).containsOnly(InputKind.APPROVAL);
    assertThat(conversation.input("i1", "perhaps").join()).isEqualTo(SteeringOutcome.INVALID);
    conversation.input("i2", "deny").join();
    conversation.input("i1", "approve").join();

    assertThat(events.of(ToolResult.class))
        .containsExactly(
            new ToolResult("m2", "c2", "The call was not approved.", true),
            new ToolResult("m2", "c1", "3", false));
  }

  @Test
  void a_tool_that_takes_too_long_is_interrupted_and_the_turn_goes_on() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Slow slow = new Slow();
      Conversation conversation =
          start(chat(1, List.of(agent("Ann").tools(slow).build())).executor(pool));
      model.awaitNext().toolCall("sleep", "{}").complete();
      assertThat(slow.began.await(1, TimeUnit.MINUTES)).isTrue();
      clock.advance(Timeouts.defaults().toolCall());
      assertThat(slow.interrupted.await(1, TimeUnit.MINUTES)).isTrue();
      model.awaitNext().tokens("Never mind.").complete();
      conversation.result().get(1, TimeUnit.MINUTES);

      assertThat(events.only(ToolResult.class))
          .isEqualTo(new ToolResult("m2", "c1", "The tool took too long.", true));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void a_stop_while_a_tool_runs_gives_the_call_its_result() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    try {
      Slow slow = new Slow();
      Conversation conversation =
          start(chat(1, List.of(agent("Ann").tools(slow).build())).executor(pool));
      model.awaitNext().tokens("Wait").toolCall("sleep", "{}").complete();
      assertThat(slow.began.await(1, TimeUnit.MINUTES)).isTrue();
      conversation.stop();
      conversation.result().get(1, TimeUnit.MINUTES);

      assertThat(events.types())
          .endsWith(
              "tool_call",
              "tool_result",
              "streaming_complete",
              "new_message",
              "conversation_ended");
      assertThat(slow.interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      pool.shutdownNow();
    }
  }

  /** Adds and divides. */
  public static final class Calculator {
    @Tool("Adds")
    public int add(@P("first") int a, @P("second") int b) {
      return a + b;
    }

    @Tool("Divides")
    public int divide(@P("first") int a, @P("second") int b) {
      if (b == 0) {
        throw new ArithmeticException("secret");
      }
      return a / b;
    }
  }

  /** Waits until it is interrupted. */
  public static final class Slow {
    final CountDownLatch began = new CountDownLatch(1);
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Tool("Sleeps")
    public String sleep() {
      began.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return "woken";
    }
  }
}
