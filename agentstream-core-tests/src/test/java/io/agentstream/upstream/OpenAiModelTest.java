package io.agentstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import io.agentstream.test.ManualClock;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The behaviour of langchain4j's model at each kind of end with this client. */
@Timeout(300)
class OpenAiModelTest {

  private final StubModelServer server = StubModelServer.start();
  private final ManualClock clock = new ManualClock();
  private final OpenAiStreamingChatModel model =
      model(EventDrivenHttpClient.builder().clock(clock));
  private final ModelRecorder handler = new ModelRecorder();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_full_answer_is_complete_with_reason_and_usage() throws Exception {
    chat(StubAnswer.stream().tokens("Hel", "lo").finish("stop").usage(3, 2).done());
    ChatResponse response = handler.awaitResponse();
    assertThat(response.aiMessage().text()).isEqualTo("Hello");
    assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(5);
    assertThat(handler.calls()).containsExactly("Hel", "lo", "unmapped", "unmapped", "complete");
  }

  @Test
  void an_answer_holds_nothing_of_what_was_received_but_its_text() throws Exception {
    chat(StubAnswer.stream().tokens("Hel", "lo").finish("stop").done());
    assertThat(rawEvents(handler.awaitResponse())).hasSize(3).containsOnly("");
  }

  @Test
  void raw_events_are_kept_for_who_wants_them() throws Exception {
    server.enqueue(StubAnswer.stream().tokens("Hello").finish("stop").done());
    model(EventDrivenHttpClient.builder().keepRawEvents()).chat("Hi", handler);
    assertThat(rawEvents(handler.awaitResponse()))
        .hasSize(2)
        .allMatch(data -> !data.isEmpty())
        .first()
        .asString()
        .contains("Hello");
  }

  private static List<String> rawEvents(ChatResponse response) {
    return ((OpenAiChatResponseMetadata) response.metadata())
        .rawServerSentEvents().stream().map(ServerSentEvent::data).toList();
  }

  @Test
  void done_with_the_body_left_open_is_complete_too() throws Exception {
    chat(StubAnswer.stream().tokens("Hello").finish("stop").doneLeftOpen());
    assertThat(handler.awaitResponse().finishReason()).isEqualTo(FinishReason.STOP);
    clock.advance(StreamingCall.LINGER);
    server.awaitRequest().awaitHangUp();
  }

  @Test
  void a_clean_end_without_done_is_complete_without_a_reason() throws Exception {
    chat(StubAnswer.stream().tokens("Hel").end());
    assertThat(handler.awaitResponse().finishReason()).isNull();
    assertThat(handler.calls()).containsExactly("Hel", "complete");
  }

  @Test
  void a_dirty_cut_is_one_error_and_no_completion() throws Exception {
    chat(StubAnswer.stream().tokens("Hel").cut());
    assertThat(callsInTheEnd("error")).containsExactly("Hel", "error");
  }

  @Test
  void an_error_inside_a_200_is_an_unmapped_event_and_a_completion_without_a_reason()
      throws Exception {
    chat(StubAnswer.stream().tokens("Hel").errorInside("overloaded").end());
    assertThat(handler.awaitResponse().finishReason()).isNull();
    assertThat(handler.calls()).containsExactly("Hel", "unmapped error", "complete");
  }

  @Test
  void an_error_event_is_one_error_and_no_completion() throws Exception {
    chat(StubAnswer.stream().tokens("Hel").errorEvent("overloaded").end());
    assertThat(callsInTheEnd("error")).containsExactly("Hel", "error");
  }

  @Test
  void a_malformed_event_is_an_error_and_the_stream_goes_on() throws Exception {
    chat(StubAnswer.stream().tokens("Hel").malformedEvent().tokens("lo").finish("stop").done());
    assertThat(callsInTheEnd("complete"))
        .containsExactly("Hel", "error", "lo", "unmapped", "complete");
  }

  @Test
  void a_refusal_is_the_cause_of_langchain4js_exception() throws Exception {
    chat(StubAnswer.status(429).header("Retry-After", "7").body("slow down"));
    Throwable error = handler.awaitError();
    assertThat(error).isInstanceOf(RateLimitException.class).hasMessageNotContaining("slow down");
    assertThat(error.getCause())
        .isInstanceOf(HttpException.class)
        .isInstanceOfSatisfying(
            UpstreamHttpException.class,
            refusal -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
    assertThat(callsInTheEnd("error")).containsExactly("error");
  }

  @Test
  void without_a_timeout_the_model_waits_a_minute_for_the_head() throws Exception {
    chat(StubAnswer.stream().stallUntil(new CountDownLatch(1)));
    StubRequest request = server.awaitRequest();
    clock.advance(Duration.ofSeconds(60));
    assertThat(handler.awaitError()).isInstanceOf(TimeoutException.class);
    request.awaitHangUp();
  }

  @Test
  void with_kept_timeouts_the_model_waits_half_an_hour_for_the_head() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    server.enqueue(StubAnswer.stream().stallUntil(released).tokens("late").done());
    model(EventDrivenHttpClient.builder().clock(clock).keepTimeouts()).chat("Hi", handler);
    clock.advance(Duration.ofMinutes(29));
    released.countDown();
    assertThat(handler.awaitResponse().aiMessage().text()).isEqualTo("late");
  }

  @Test
  void thinking_and_tool_calls_pass() throws Exception {
    chat(
        StubAnswer.stream()
            .reasoning("Let me ", "see.")
            .toolCall(0, "call_1", "weather", "{\"city\":", "\"Köln\"}")
            .finish("tool_calls")
            .done());
    ChatResponse response = handler.awaitResponse();
    assertThat(response.aiMessage().thinking()).isEqualTo("Let me see.");
    assertThat(response.aiMessage().toolExecutionRequests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.name()).isEqualTo("weather");
              assertThat(request.arguments()).isEqualTo("{\"city\":\"Köln\"}");
            });
    assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
  }

  @Test
  void a_whole_answer_in_place_of_a_stream_brings_its_tool_calls_and_usage() throws Exception {
    chat(
        StubAnswer.status(200)
            .header("Content-Type", "application/json")
            .body(
                """
                {"choices": [{"finish_reason": "tool_calls", "message": {"content": null,
                  "tool_calls": [
                    {"id": "1", "function": {"name": "weather", "arguments": "{}"}},
                    {"id": "2", "function": {"name": "time", "arguments": "{}"}}]}}],
                 "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}}
                """));
    ChatResponse response = handler.awaitResponse();
    assertThat(response.aiMessage().toolExecutionRequests())
        .extracting(ToolExecutionRequest::name)
        .containsExactly("weather", "time");
    assertThat(response.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(5);
  }

  @Test
  void an_observed_call_is_hung_up_on_before_the_first_token() throws Exception {
    server.enqueue(StubAnswer.stream().stallUntil(new CountDownLatch(1)));
    List<UpstreamCall> calls = new ArrayList<>();
    UpstreamCalls.observing(calls::add, () -> model.chat("Hi", handler));
    StubRequest request = server.awaitRequest();
    calls.forEach(UpstreamCall::cancel);
    request.awaitHangUp();
    assertThat(calls).hasSize(1);
    assertThat(handler.calls()).isEmpty();
  }

  @Test
  void the_models_own_handle_hangs_up_and_says_no_more() throws Exception {
    handler.cancelAtFirstToken();
    chat(StubAnswer.stream().tokens("Hel", "lo"));
    server.awaitRequest().awaitHangUp();
    server.enqueue(StubAnswer.stream().tokens("next").done());
    ModelRecorder next = new ModelRecorder();
    model.chat("Hi", next);
    next.awaitResponse();
    assertThat(handler.calls()).containsExactly("Hel");
  }

  private OpenAiStreamingChatModel model(EventDrivenHttpClientBuilder http) {
    return OpenAiStreamingChatModel.builder()
        .baseUrl(server.baseUrl())
        .apiKey("key")
        .modelName("stub")
        .returnThinking(true)
        .httpClientBuilder(http)
        .build();
  }

  private void chat(StubAnswer answer) {
    server.enqueue(answer);
    model.chat("Hi", handler);
  }

  private List<String> callsInTheEnd(String end) throws InterruptedException {
    handler.awaitCall(end);
    server.enqueue(StubAnswer.stream().tokens("next").done());
    ModelRecorder next = new ModelRecorder();
    model.chat("Hi", next);
    next.awaitResponse();
    return handler.calls();
  }
}
