package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.StreamingComplete;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ModelServer;
import io.agentstream.examples.config.ModelSpec;
import io.agentstream.examples.config.Provider;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.Eventually;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import io.agentstream.upstream.Diagnosis;
import io.agentstream.upstream.UpstreamCall;
import io.agentstream.upstream.UpstreamCalls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agents on providers' own protocols, as these send them. */
@Timeout(300)
class ProvidersTest {

  private static final int STREAMS = 60;

  private final StubModelServer server = StubModelServer.start();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void close() {
    never.countDown();
    server.close();
  }

  /** An agent's model, with a key of its own in the environment. */
  private StreamingChatModel model(Provider provider) throws ConfigException {
    ModelSpec spec =
        new ModelSpec(
            provider, "m", server.baseUrl(), "MY_KEY", Map.of(), Map.of(), null, true, true);
    Map<String, String> environment = Map.of("MY_KEY", "own", "ANTHROPIC_API_KEY", "canary");
    return new Models(ModelServer.from(Map.of()), Timeouts.defaults(), environment).of(spec);
  }

  private static ChatRequest request() {
    return ChatRequest.builder()
        .messages(UserMessage.from("Hi"))
        .toolSpecifications(
            ToolSpecification.builder()
                .name("brew")
                .parameters(JsonObjectSchema.builder().addIntegerProperty("cups").build())
                .build())
        .build();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI")
  void text_streams_and_thinking_is_apart(Provider provider) throws Exception {
    server.enqueue(ProviderWires.answer(provider));
    Heard heard = new Heard();
    model(provider).chat(request(), heard);
    assertThat(heard.end.join().aiMessage().text()).isEqualTo("Tea or coffee");
    assertThat(heard.tokens).containsExactly("Tea or", " coffee");
    assertThat(heard.thinking).containsExactly("Hm");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI")
  void a_tool_is_called(Provider provider) throws Exception {
    server.enqueue(ProviderWires.toolCall(provider));
    Heard heard = new Heard();
    model(provider).chat(request(), heard);
    assertThat(heard.end.join().aiMessage().toolExecutionRequests())
        .singleElement()
        .satisfies(
            call -> {
              assertThat(call.name()).isEqualTo("brew");
              assertThat(call.arguments()).isEqualToIgnoringWhitespace("{\"cups\":2}");
            });
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI")
  void a_call_is_hung_up_on_before_its_first_token(Provider provider) throws Exception {
    server.enqueue(StubAnswer.stream().stallUntil(never).head());
    List<UpstreamCall> calls = new ArrayList<>();
    StreamingChatModel model = model(provider);
    Heard heard = new Heard();
    UpstreamCalls.observing(calls::add, () -> model.chat(request(), heard));
    StubRequest request = server.awaitRequest();
    assertThat(calls).hasSize(1);
    calls.get(0).cancel();
    request.awaitHangUp();
    assertThat(heard.end).isNotDone();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI")
  void the_agents_own_key_is_sent_and_no_other(Provider provider) throws Exception {
    server.enqueue(ProviderWires.answer(provider));
    Heard heard = new Heard();
    model(provider).chat(request(), heard);
    heard.end.join();
    StubRequest request = server.awaitRequest();
    String key =
        switch (provider) {
          case ANTHROPIC -> request.header("x-api-key");
          case GEMINI -> request.header("x-goog-api-key");
          default -> request.header("Authorization");
        };
    assertThat(key).endsWith("own");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI")
  void a_refused_key_is_a_failure_with_its_cause(Provider provider) throws Exception {
    server.enqueue(StubAnswer.status(401).body("canary"));
    Heard heard = new Heard();
    model(provider).chat(request(), heard);
    assertThat(heard.cause()).isEqualTo(ErrorCause.KEY_REFUSED);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI")
  void a_refused_temperature_is_left_out_at_once_and_from_then_on(Provider provider)
      throws Exception {
    StubAnswer refusal =
        StubAnswer.status(400)
            .body("{\"error\":{\"message\":\"`temperature` may only be set to 1\"}}");
    ChatRequest hot =
        ChatRequest.builder().messages(UserMessage.from("Hi")).temperature(0.5).build();
    StreamingChatModel model = model(provider);
    server.enqueue(refusal, ProviderWires.answer(provider), ProviderWires.answer(provider));
    for (int i = 0; i < 2; i++) {
      Heard heard = new Heard();
      model.chat(hot, heard);
      assertThat(heard.end.join().aiMessage().text()).isEqualTo("Tea or coffee");
    }
    assertThat(server.awaitRequest().body()).contains("0.5");
    assertThat(server.awaitRequest().body()).doesNotContain("0.5");
    assertThat(server.awaitRequest().body()).doesNotContain("0.5");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI")
  void a_call_that_is_made_again_can_be_hung_up_on(Provider provider) throws Exception {
    server.enqueue(
        StubAnswer.status(400).body("temperature"), StubAnswer.stream().stallUntil(never).head());
    ChatRequest hot =
        ChatRequest.builder().messages(UserMessage.from("Hi")).temperature(0.5).build();
    List<UpstreamCall> calls = new ArrayList<>();
    StreamingChatModel model = model(provider);
    UpstreamCalls.observing(calls::add, () -> model.chat(hot, new Heard()));
    server.awaitRequest();
    StubRequest again = server.awaitRequest();
    assertThat(calls).hasSize(1);
    calls.get(0).cancel();
    again.awaitHangUp();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OPENAI")
  void no_thread_waits_for_a_stream(Provider provider) throws Exception {
    server.otherwise(ProviderWires.begins(provider).stallUntil(never));
    StreamingChatModel model = model(provider);
    int before = threads();
    for (int i = 0; i < STREAMS; i++) {
      model.chat(request(), new Heard());
    }
    for (int i = 0; i < STREAMS; i++) {
      server.awaitRequest();
    }
    Eventually.await("hardly a thread is busy", () -> threads() - before < STREAMS / 4);
  }

  /** Returns how many threads there are, without those of pools that wait for work. */
  private static int threads() {
    return (int)
        Thread.getAllStackTraces().entrySet().stream()
            .filter(entry -> !entry.getKey().getName().startsWith(StubModelServer.THREAD_PREFIX))
            .filter(entry -> !waitsForWork(entry.getValue()))
            .count();
  }

  private static boolean waitsForWork(StackTraceElement[] stack) {
    return Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("getTask"));
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "OLLAMA"})
  void a_body_that_ends_before_the_answer_does_is_a_failure_at_once(Provider provider)
      throws Exception {
    server.otherwise(ProviderWires.begins(provider).end());
    RecordedEvents events = turn(provider);
    assertThat(events.only(ChatError.class).cause()).isEqualTo(ErrorCause.BROKEN_STREAM);
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("Tea or");
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "GEMINI"})
  void an_error_in_mid_answer_is_a_failure_with_its_cause(Provider provider) throws Exception {
    server.otherwise(
        ProviderWires.begins(provider).event(ProviderWires.overloaded(provider)).end());
    RecordedEvents events = turn(provider);
    assertThat(events.only(ChatError.class).cause()).isEqualTo(ErrorCause.OVERLOADED);
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("Tea or");
  }

  @ParameterizedTest
  @EnumSource(names = {"ANTHROPIC", "GEMINI"})
  void an_error_before_the_answer_is_a_failure_with_its_cause(Provider provider) throws Exception {
    server.otherwise(StubAnswer.stream().event(ProviderWires.overloaded(provider)).end());
    assertThat(turn(provider).only(ChatError.class).cause()).isEqualTo(ErrorCause.OVERLOADED);
  }

  private RecordedEvents turn(Provider provider) throws Exception {
    Agent agent =
        Agent.builder("Ann").model(model(provider)).retryPolicy(RetryPolicy.none()).build();
    RecordedEvents events = new RecordedEvents();
    GroupChat.builder()
        .participants(agent)
        .maxRounds(1)
        // Its time stands still, so that no timeout can end the turn.
        .clock(new ManualClock())
        .build()
        .newConversation("Tea?")
        .inlineListener(events)
        .start()
        .result()
        .join();
    return events;
  }

  @Test
  void a_stream_of_ollamas_that_stops_without_done_is_a_failure() throws Exception {
    server.enqueue(
        ProviderWires.ollama("{\"message\":{\"role\":\"assistant\",\"content\":\"Tea\"}}\n"));
    Heard heard = new Heard();
    model(Provider.OLLAMA).chat(request(), heard);
    assertThat(heard.cause()).isEqualTo(ErrorCause.BROKEN_STREAM);
    assertThat(heard.tokens).containsExactly("Tea");
  }

  @Test
  void an_error_of_ollamas_in_mid_answer_is_a_failure() throws Exception {
    server.enqueue(
        ProviderWires.ollama(
            """
            {"message":{"role":"assistant","content":"Tea"}}
            {"error":"model 'm' not found"}
            """));
    Heard heard = new Heard();
    model(Provider.OLLAMA).chat(request(), heard);
    assertThat(heard.cause()).isEqualTo(ErrorCause.UNKNOWN_MODEL);
  }

  private static final class Heard implements StreamingChatResponseHandler {

    final List<String> tokens = new ArrayList<>();
    final List<String> thinking = new ArrayList<>();
    final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

    @Override
    public void onPartialResponse(String piece) {
      tokens.add(piece);
    }

    @Override
    public void onPartialThinking(PartialThinking piece) {
      thinking.add(piece.text());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
      end.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    ErrorCause cause() {
      return end.handle((response, error) -> Diagnosis.of(error).cause()).join();
    }
  }
}
