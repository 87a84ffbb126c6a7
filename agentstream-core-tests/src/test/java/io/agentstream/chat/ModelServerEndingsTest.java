package io.agentstream.chat;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.agentstream.event.ChatError;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.NewMessage;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import io.agentstream.upstream.EventDrivenHttpClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A conversation against model servers that answer well, badly, or not at all, over real HTTP. */
class ModelServerEndingsTest {

  /** No other test's, of whom the log may still tell during this one. */
  private static final String FAYE = "Faye";

  private static final String KEY = "sk-canary-0123456789";

  @RegisterExtension
  static final WireMockExtension OPENAI =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private final RecordedEvents events = new RecordedEvents();

  @Test
  void a_normal_stream() {
    answer(200, chunk("Hel") + chunk("lo") + finish("stop") + usage() + "data: [DONE]\n\n");

    ChatResult result = talk();

    assertThat(result.reason()).isEqualTo(EndReason.MAX_ROUNDS);
    StreamingComplete complete = events.only(StreamingComplete.class);
    assertThat(complete.fullContent()).isEqualTo("Hello").isEqualTo(events.textOf("m2"));
    assertThat(complete.finishReason()).isEqualTo(TurnFinishReason.STOP);
    assertThat(complete.usage()).isEqualTo(Usage.counted(7, 2));
    OPENAI.verify(
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Authorization", equalTo("Bearer " + KEY))
            .withRequestBody(matchingJsonPath("$.stream", equalTo("true")))
            .withRequestBody(matchingJsonPath("$.messages[0].role", equalTo("system")))
            .withRequestBody(matchingJsonPath("$.messages[1].content", equalTo("user: Tea?")))
            .withRequestBody(matchingJsonPath("$.temperature", equalTo("0.5")))
            .withRequestBody(matchingJsonPath("$.max_tokens", equalTo("99"))));
  }

  @Test
  void too_many_requests() {
    answer(429, "{\"error\":{\"message\":\"quota of " + KEY + "\"}}");
    assertFailed(ErrorCode.UPSTREAM_RATE_LIMITED);
  }

  @Test
  void a_refused_key() {
    answer(401, "{\"error\":{\"message\":\"bad key " + KEY + "\"}}");
    assertFailed(ErrorCode.UPSTREAM_ERROR);
  }

  @Test
  void a_server_error() {
    answer(500, "stack trace with " + KEY);
    assertFailed(ErrorCode.UPSTREAM_ERROR);
  }

  @Test
  void an_error_inside_a_200() {
    answer(
        200, chunk("Hel") + "data: {\"error\":{\"message\":\"" + KEY + "\"}}\n\ndata: [DONE]\n\n");
    assertFailed(ErrorCode.UPSTREAM_ERROR);
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("Hel");
  }

  @Test
  void a_connection_that_is_cut_before_the_head() {
    OPENAI.stubFor(
        post("/v1/chat/completions")
            .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    assertFailed(ErrorCode.UPSTREAM_ERROR);
  }

  @Test
  void a_clean_end_without_done_and_without_a_finish_reason_is_truncated() {
    answer(200, chunk("Hel"));

    talk();

    assertThat(events.only(StreamingComplete.class).finishReason())
        .isEqualTo(TurnFinishReason.TRUNCATED);
  }

  @Test
  void a_clean_end_without_done_after_a_finish_reason_is_an_end() {
    answer(200, chunk("Hel") + finish("length"));

    talk();

    assertThat(events.only(StreamingComplete.class).finishReason())
        .isEqualTo(TurnFinishReason.LENGTH);
  }

  @Test
  void a_connection_that_is_cut_between_two_tokens() {
    talkTo(StubAnswer.stream().tokens("Hel", "lo").cut());

    assertThat(events.only(ChatError.class).code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("Hello");
    assertThat(events.of(NewMessage.class).get(1).content()).isEqualTo("Hello");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a web page                 | text/html         | <!doctype html><p>sk-canary | NOT_A_MODEL_SERVER
          a web page in a stream     | text/event-stream | \\n <html>\\n<body>sk-canary</body> | NOT_A_MODEL_SERVER
          a text                     | text/plain        | upstream connect error sk-canary | NOT_A_MODEL_SERVER
          LM Studio's wrong path     | application/json  | {"error":"Unexpected endpoint or method. (POST sk-canary). Returning 200 anyway"} | UNKNOWN_MODEL
          llama.cpp's bare JSON      | text/event-stream | {"error":{"code":400,"message":"sk-canary exceeds the available context size"}} | CONTEXT_TOO_LONG
          bare JSON in mid-answer    | text/event-stream | data: {"choices":[{"delta":{"content":"Hel"}}]}\\n\\n{"error":{"code":500}}\\n\\n | SERVER_ERROR
          llama.cpp's error field    | text/event-stream | error: {"code":400,"message":"sk-canary"}\\n\\n | BAD_REQUEST
          the field in mid-answer    | text/event-stream | data: {"choices":[{"delta":{"content":"Hel"}}]}\\n\\nerror: {"code":503}\\n\\n | OVERLOADED
          Venice's error_type        | text/event-stream | data: {"error_type":"context_length_exceeded","error_message":"sk-canary"}\\n\\n | CONTEXT_TOO_LONG
          a page in mid-answer       | text/event-stream | data: {"choices":[{"delta":{"content":"Hel"}}]}\\n\\n<html>\\nsk-canary\\n | SERVER_ERROR
          problem details            | application/json  | {"type":"about:blank","status":503,"detail":"sk-canary"} | OVERLOADED
          an empty body              | text/event-stream | '' | EMPTY_ANSWER
          [DONE] alone               | text/event-stream | data: [DONE]\\n\\n | EMPTY_ANSWER
          comments alone             | text/event-stream | : hello\\n\\n: hello\\n\\n | EMPTY_ANSWER
          an empty object            | application/json  | {} | EMPTY_ANSWER
          an error in a 200          | text/event-stream | data: {"error":{"code":429,"message":"sk-canary"}}\\n\\ndata: [DONE]\\n\\n | RATE_LIMIT
          FastAPI's detail           | application/json  | {"detail":"Model is overloaded"} | OVERLOADED
          LM Studio's error event    | text/event-stream | event: error\\ndata: {"error":{"message":"sk-canary"}}\\n\\n | SERVER_ERROR
          OpenRouter's finish reason | text/event-stream | data: {"choices":[{"delta":{},"finish_reason":"error"}]}\\n\\ndata: [DONE]\\n\\n | SERVER_ERROR
          with text beside it        | text/event-stream | data: {"choices":[{"delta":{"content":"Hel"},"finish_reason":"error"}]}\\n\\ndata: [DONE]\\n\\n | SERVER_ERROR
          with an error in the choice| text/event-stream | data: {"choices":[{"delta":{"content":""},"finish_reason":"error","error":{"code":503}}]}\\n\\n | OVERLOADED
          with an error beside it    | text/event-stream | data: {"choices":[{"delta":{"content":"x"}}],"error":{"code":502,"message":"sk-canary"}}\\n\\n | SERVER_ERROR
          """)
  void a_success_that_is_no_answer(String what, String type, String body, ErrorCause cause) {
    try (Logged log = new Logged(AgentTurn.class)) {
      ChatResult result = talkTo(success(type, body));

      assertThat(result.reason()).as(what).isEqualTo(EndReason.FAILED);
      assertThat(events.only(ChatError.class).cause()).isEqualTo(cause);
      assertThat(events.only(StreamingComplete.class).finishReason())
          .isEqualTo(TurnFinishReason.ERROR);
      assertThat(log.with("'Faye' got no answer")).hasSize(1);
      assertThat(log.with("canary")).isEmpty();
    }
    assertThat(events.all().toString()).doesNotContain("canary");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a whole answer            | application/json  | {"choices":[{"message":{"content":"Tea."},"finish_reason":"stop"}]} | Tea. | STOP
          without a finish reason   | application/json  | {"choices":[{"message":{"content":"Tea."}}]} | Tea. | STOP
          in an event               | text/event-stream | data: {"choices":[{"message":{"content":"Tea."},"finish_reason":"stop"}]}\\n\\n | Tea. | STOP
          again after its pieces    | text/event-stream | data: {"choices":[{"delta":{"content":"Tea."}}]}\\n\\ndata: {"choices":[{"message":{"content":"Tea."},"finish_reason":"stop"}]}\\n\\n | Tea. | STOP
          cut by its length         | application/json  | {"choices":[{"message":{"content":"Tea"},"finish_reason":"length"}]} | Tea | LENGTH
          called an event stream    | text/event-stream | {\\n"choices":[{"message":{"content":"Tea."},"finish_reason":"stop"}]\\n}\\n | Tea. | STOP
          with thoughts in its text | application/json  | {"choices":[{"message":{"content":"<think>Hm.</think>Tea."},"finish_reason":"stop"}]} | Tea. | STOP
          nothing, with a reason    | text/event-stream | data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\\n\\n | '' | STOP
          thinking alone            | text/event-stream | data: {"choices":[{"delta":{"content":"<think>Hm.</think>"}}]}\\n\\ndata: {"choices":[{"delta":{},"finish_reason":"stop"}]}\\n\\n | '' | STOP
          an error as a bare text   | text/event-stream | data: {"choices":[{"delta":{"content":"Hel"}}]}\\n\\nupstream connect error\\n | Hel | TRUNCATED
          """)
  void a_success_that_is_an_answer(
      String what, String type, String body, String text, TurnFinishReason reason) {
    talkTo(success(type, body));

    assertThat(events.of(ChatError.class)).as(what).isEmpty();
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo(text);
    assertThat(events.only(StreamingComplete.class).finishReason()).isEqualTo(reason);
    assertThat(events.of(NewMessage.class)).hasSize(text.isEmpty() ? 1 : 2);
  }

  @Test
  void a_server_that_stalls_is_hung_up_on_when_the_time_is_up() throws Exception {
    ManualClock clock = new ManualClock();
    Timeouts fiveMinutes = Timeouts.builder().agentResponse(Duration.ofMinutes(5)).build();
    CountDownLatch token = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    try (StubModelServer server = StubModelServer.start()) {
      server.otherwise(StubAnswer.stream().tokens("Hel").stallUntil(never));
      Conversation conversation =
          chat(server.baseUrl(), fiveMinutes, clock)
              .newConversation("Tea?")
              .inlineListener(events)
              .inlineListener(
                  new StreamListener() {
                    @Override
                    public void onStreamingToken(StreamingToken event) {
                      token.countDown();
                    }
                  })
              .start();
      StubRequest request = server.awaitRequest();
      assertThat(token.await(1, TimeUnit.MINUTES)).isTrue();

      clock.advance(fiveMinutes.agentResponse());

      conversation.result().get(1, TimeUnit.MINUTES);
      request.awaitHangUp();
      assertThat(events.only(ChatError.class).code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
      assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("Hel");
      never.countDown();
    }
  }

  @Test
  void a_stop_before_the_first_token_hangs_up() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (StubModelServer server = StubModelServer.start()) {
      server.otherwise(StubAnswer.stream().stallUntil(never));
      Conversation conversation =
          chat(server.baseUrl(), Timeouts.defaults(), new ManualClock())
              .newConversation("Tea?")
              .inlineListener(events)
              .start();
      StubRequest request = server.awaitRequest();

      conversation.stop();

      request.awaitHangUp();
      conversation.result().get(1, TimeUnit.MINUTES);
      assertThat(events.of(SpeakerChange.class)).hasSize(1);
      assertThat(events.types()).endsWith("streaming_complete", "conversation_ended");
      never.countDown();
    }
  }

  private void assertFailed(ErrorCode code) {
    ChatResult result = talk();

    assertThat(result.reason()).isEqualTo(EndReason.FAILED);
    assertThat(events.only(ChatError.class).code()).isEqualTo(code);
    assertThat(events.all().toString()).doesNotContain(KEY);
  }

  private ChatResult talk() {
    return talk(OPENAI.baseUrl() + "/v1");
  }

  private ChatResult talkTo(StubAnswer answer) {
    try (StubModelServer server = StubModelServer.start()) {
      server.otherwise(answer);
      return talk(server.baseUrl());
    }
  }

  private ChatResult talk(String baseUrl) {
    return chat(baseUrl, Timeouts.defaults(), new ManualClock())
        .newConversation("Tea?")
        .inlineListener(events)
        .start()
        .result()
        .orTimeout(1, TimeUnit.MINUTES)
        .join();
  }

  private static StubAnswer success(String type, String body) {
    return StubAnswer.status(200).header("Content-Type", type).body(body.replace("\\n", "\n"));
  }

  private static GroupChat chat(String baseUrl, Timeouts timeouts, ManualClock clock) {
    Agent agent =
        Agent.builder(FAYE)
            .systemPrompt("Be kind.")
            .temperature(0.5)
            .maxTokens(99)
            .retryPolicy(RetryPolicy.none())
            .model(
                OpenAiStreamingChatModel.builder()
                    .httpClientBuilder(EventDrivenHttpClient.builder())
                    .baseUrl(baseUrl)
                    .apiKey(KEY)
                    .modelName("test")
                    .build())
            .build();
    return GroupChat.builder()
        .participants(agent)
        .maxRounds(1)
        .onFailure(FailurePolicy.end())
        .timeouts(timeouts)
        .clock(clock)
        .build();
  }

  private static void answer(int status, String body) {
    OPENAI.stubFor(
        post("/v1/chat/completions")
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader(
                        "Content-Type", status == 200 ? "text/event-stream" : "application/json")
                    .withBody(body)));
  }

  private static String chunk(String content) {
    return event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + content + "\"}}]}");
  }

  private static String finish(String reason) {
    return event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}");
  }

  private static String usage() {
    return event(
        "{\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2,"
            + "\"total_tokens\":9}}");
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }
}
