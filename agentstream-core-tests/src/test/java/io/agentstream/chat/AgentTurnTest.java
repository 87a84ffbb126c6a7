package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.MessageReset;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.upstream.UpstreamHttpException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AgentTurnTest extends ChatFixture {

  private static final RetryPolicy TWICE =
      new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(30), 0);

  @Test
  void a_failure_before_the_first_token_is_retried_in_silence() {
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).build())));
    model.next().fail(new IllegalStateException());
    clock.advance(Duration.ofSeconds(1));
    model.next().fail(new IllegalStateException());
    clock.advance(Duration.ofMillis(1_999));
    assertThat(model.isIdle()).isTrue();
    clock.advance(Duration.ofMillis(1));
    model.next().tokens("Yes.").complete();

    assertThat(events.types())
        .doesNotContain("error", "message_reset")
        .endsWith(
            "speaker_change",
            "streaming_token",
            "streaming_complete",
            "new_message",
            "conversation_ended");
  }

  @Test
  void a_failure_after_a_token_voids_the_text_and_starts_over() {
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).build())));
    ScriptedCall broken = model.next().thinking("hm").tokens("Ye");
    broken.fail(new IllegalStateException());
    clock.advance(Duration.ofSeconds(1));
    broken.tokens("late");
    model.next().thinking("ah").tokens("No.").complete();

    assertThat(events.only(MessageReset.class).offset()).isZero();
    assertThat(events.of(StreamingThinking.class))
        .extracting(StreamingThinking::offset)
        .containsExactly(0, 0);
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("No.");
  }

  @Test
  void the_model_server_says_when_to_come_back() {
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).build())));
    model.next().fail(new UpstreamHttpException(429, "", Duration.ofSeconds(7)));
    clock.advance(Duration.ofMillis(6_999));
    assertThat(model.isIdle()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(model.isIdle()).isFalse();
  }

  @Test
  void a_refused_key_is_not_retried_and_the_fallback_takes_over() {
    ScriptedModel second = new ScriptedModel();
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).fallbackModel(second).build())));
    model.next().fail(new UpstreamHttpException(401, "", null));
    clock.advance(Duration.ZERO);
    second.next().tokens("Yes.").complete();

    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("Yes.");
    assertThat(model.isIdle()).isTrue();
  }

  @Test
  void failed_turns_are_skipped_and_the_third_in_a_row_ends_the_run() {
    start(chat(9, "Ann", "Ben"));
    model.next().fail(new IllegalStateException());
    model.next().tokens("fine").complete();
    model.next().fail(new IllegalStateException());
    model.next().fail(new IllegalStateException());
    model.next().fail(new IllegalStateException());

    assertThat(events.of(ChatError.class))
        .extracting(ChatError::fatal)
        .containsExactly(false, false, false, true);
    assertThat(events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.FAILED);
  }

  @Test
  void a_model_that_never_begins_and_one_that_falls_silent_are_hung_up_on() {
    Timeouts times =
        Timeouts.builder()
            .firstToken(Duration.ofSeconds(30))
            .tokenIdle(Duration.ofSeconds(10))
            .build();
    start(chat(2, List.of(agent("Ann").timeouts(times).build())));
    clock.advance(Duration.ofSeconds(30));
    ScriptedCall second = callAfter(1);
    for (int i = 0; i < 5; i++) {
      second.tokens("x");
      clock.advance(Duration.ofSeconds(9));
    }
    assertThat(events.of(StreamingComplete.class)).hasSize(1);
    clock.advance(Duration.ofSeconds(1));

    assertThat(events.of(ChatError.class))
        .extracting(ChatError::code)
        .containsExactly(ErrorCode.UPSTREAM_TIMEOUT, ErrorCode.UPSTREAM_TIMEOUT);
    assertThat(complete("m3").fullContent()).isEqualTo("xxxxx");
  }

  private ScriptedCall callAfter(int calls) {
    for (int i = 0; i < calls; i++) {
      model.next();
    }
    return model.next();
  }

  @Test
  void thinking_streams_apart_and_never_enters_the_history() {
    start(chat(1, "Ann", "Ben"));
    model.next().thinking("Let me ", "see.").tokens("Yes.").complete();

    assertThat(events.of(StreamingThinking.class))
        .containsExactly(
            new StreamingThinking("m2", 0, "Let me "), new StreamingThinking("m2", 7, "see."));
    assertThat(model.next().messages().toString()).doesNotContain("Let me");
  }

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

  @Test
  void a_nested_team_speaks_for_itself_with_the_path_of_names() {
    GroupChat inner = chat(1, "Ivy", "Joe").build();
    start(chat(1, List.of(agent("Ann").build(), inner.asAgent("Team", "Two heads."))));
    model.next().tokens("a").complete();
    model.next().tokens("i").complete();
    ScriptedCall joe = model.next();
    assertThat(joe.messages().toString()).contains("Ann: a").contains("Ivy: i");
    joe.tokens("j").complete();

    assertThat(events.of(SpeakerChange.class))
        .extracting(change -> change.agentPath())
        .containsExactly(null, List.of("Team", "Ivy"), List.of("Team", "Joe"));
    assertThat(events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.MAX_ROUNDS);
  }

  @Test
  void a_stop_reaches_a_nested_team() {
    GroupChat inner = chat(1, "Ivy", "Joe").build();
    Conversation conversation = start(chat(1, List.of(inner.asAgent("Team", "Two heads."))));
    model.next().tokens("half");
    conversation.stop();

    assertThat(complete("m2").finishReason()).isEqualTo(TurnFinishReason.STOPPED);
    assertThat(speakers()).containsExactly("Ivy");
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void usage_is_estimated_where_the_model_server_tells_nothing() {
    Conversation conversation = start(chat(1, "Ann"));
    model.next().tokens("12345678");
    conversation.stop();

    Usage usage = complete("m2").usage();
    assertThat(usage.estimated()).isTrue();
    assertThat(usage.outputTokens()).isEqualTo(2);
    assertThat(usage.inputTokens()).isPositive();
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
