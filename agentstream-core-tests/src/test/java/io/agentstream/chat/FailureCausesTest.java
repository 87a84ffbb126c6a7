package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.chat.FailurePolicy.TurnFailure;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.Eventually;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.upstream.ModelServerException;
import io.agentstream.upstream.UpstreamCall;
import io.agentstream.upstream.UpstreamCalls;
import io.agentstream.upstream.UpstreamHttpException;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The failure policy, the listeners and the log all learn why a model gave no answer. */
@Timeout(300)
class FailureCausesTest extends ChatFixture {

  /** No other test's, of whom the log may still tell during this one. */
  private static final String FAYE = "Faye";

  private static final RetryPolicy TWICE =
      new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(30), 0);

  private final List<TurnFailure> told = new ArrayList<>();

  private FailurePolicy policy() {
    return failure -> {
      told.add(failure);
      return FailurePolicy.Action.END;
    };
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(http(400, "context_length_exceeded"), ErrorCause.CONTEXT_TOO_LONG, false),
        Arguments.of(http(429, "insufficient_quota"), ErrorCause.QUOTA, false),
        Arguments.of(http(401, ""), ErrorCause.KEY_REFUSED, false),
        Arguments.of(http(404, ""), ErrorCause.UNKNOWN_MODEL, false),
        Arguments.of(http(400, "unsupported_value"), ErrorCause.UNSUPPORTED_PARAMETER, false),
        Arguments.of(http(400, "content_filter"), ErrorCause.CONTENT_POLICY, false),
        Arguments.of(
            new ModelServerException(ErrorCause.NOT_A_MODEL_SERVER, "a page", false),
            ErrorCause.NOT_A_MODEL_SERVER,
            false),
        Arguments.of(http(429, ""), ErrorCause.RATE_LIMIT, true),
        Arguments.of(http(503, ""), ErrorCause.OVERLOADED, true),
        Arguments.of(new ConnectException(), ErrorCause.UNREACHABLE, true),
        Arguments.of(
            new ModelServerException(ErrorCause.BROKEN_STREAM, "cut", true),
            ErrorCause.BROKEN_STREAM,
            true));
  }

  private static UpstreamHttpException http(int status, String code) {
    return new UpstreamHttpException(status, "{\"error\":{\"code\":\"" + code + "\"}}", null);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("failures")
  void a_failure_has_one_cause_everywhere_and_is_asked_again_only_if_that_may_help(
      Throwable error, ErrorCause cause, boolean again) {
    try (Logged log = new Logged(AgentTurn.class)) {
      start(chat(1, List.of(agent(FAYE).retryPolicy(TWICE).build())).onFailure(policy()));
      model.next().fail(error);
      if (again) {
        clock.advance(Duration.ofSeconds(1));
        model.next().fail(error);
        clock.advance(Duration.ofSeconds(2));
        model.next().fail(error);
      }
      assertThat(model.isIdle()).isTrue();
      assertThat(log.with("Agent 'Faye' got no answer")).hasSize(model.calls().size());
    }
    assertThat(events.only(ChatError.class).cause()).isEqualTo(cause);
    assertThat(told).containsExactly(new TurnFailure(FAYE, ModelFailure.codeOf(cause), cause, 1));
  }

  @Test
  void a_failure_of_no_model_server_has_no_cause() {
    ContextWindow broken = (seen, asker) -> CompletableFuture.failedStage(new AssertionError());
    start(chat(1, List.of(agent(FAYE).contextWindow(broken).build())).onFailure(policy()));
    assertThat(told).containsExactly(new TurnFailure(FAYE, ErrorCode.INTERNAL, null, 1));
  }

  @Test
  void a_server_that_sends_comments_and_no_token_is_asked_once_and_the_log_names_the_setting()
      throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Timeouts times = Timeouts.builder().firstToken(Duration.ofSeconds(30)).build();
    try (StubModelServer server = StubModelServer.start();
        Logged log = new Logged(AgentTurn.class)) {
      server.otherwise(StubAnswer.stream().bytes(": keep-alive\n\n").stallUntil(never));
      Seen seen = new Seen(server);
      Agent faye = agent(FAYE).model(seen).retryPolicy(TWICE).build();
      Conversation conversation =
          start(GroupChat.builder().participants(faye).maxRounds(1).clock(clock).timeouts(times));
      server.awaitRequest();
      seen.awaitLife();

      clock.advance(times.firstToken());

      conversation.result().get(1, TimeUnit.MINUTES);
      assertThat(events.only(ChatError.class).code()).isEqualTo(ErrorCode.UPSTREAM_TIMEOUT);
      assertThat(events.only(ChatError.class).cause()).isEqualTo(ErrorCause.SILENT);
      assertThat(events.only(ChatError.class).retryable()).isFalse();
      assertThat(log.with("Agent 'Faye'"))
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage)
          .asString()
          .contains("it sends signs of life", "raise first_token_seconds");
      never.countDown();
    }
  }

  /** A model of the server, and the calls it has made. */
  private static final class Seen implements StreamingChatModel {

    private final Queue<UpstreamCall> calls = new ConcurrentLinkedQueue<>();
    private final StreamingChatModel model;

    Seen(StubModelServer server) {
      model = OpenAiCompatibleModel.builder().baseUrl(server.baseUrl()).modelName("m").build();
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      List<UpstreamCall> made = new ArrayList<>();
      UpstreamCalls.observing(made::add, () -> model.chat(request, handler));
      made.forEach(UpstreamCalls::announce);
      calls.addAll(made);
    }

    void awaitLife() {
      Eventually.await(() -> calls.stream().anyMatch(UpstreamCall::showedLife));
    }
  }
}
