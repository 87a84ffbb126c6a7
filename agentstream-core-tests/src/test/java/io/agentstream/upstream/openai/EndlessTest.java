package io.agentstream.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ErrorCause;
import io.agentstream.test.ManualClock;
import io.agentstream.test.StubAnswer;
import io.agentstream.upstream.Diagnosis;
import io.agentstream.upstream.EventDrivenHttpClient;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An endless stream is cancelled, and recognised as endless. */
class EndlessTest extends ModelServerFixture {

  static Stream<Arguments> streams() {
    String kilobyte = "x".repeat(1_000);
    return Stream.of(
        Arguments.of("empty events", "data: {}\n\n", "events with nothing in them"),
        Arguments.of("empty deltas", delta(""), "events with nothing in them"),
        Arguments.of("text that is no JSON", "data: ping\n\n", "events with nothing in them"),
        Arguments.of(
            "thinking", delta("\"reasoning_content\":\"" + kilobyte + "\""), "its thinking"),
        Arguments.of(
            "thinking in parts",
            delta("\"content\":[{\"type\":\"thinking\",\"thinking\":\"" + kilobyte + "\"}]"),
            "its thinking"),
        Arguments.of(
            "arguments",
            delta(
                "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\""
                    + kilobyte
                    + "\"}}]"),
            "its tool arguments"),
        Arguments.of(
            "a name",
            delta("\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"" + kilobyte + "\"}}]"),
            "its tool arguments"),
        Arguments.of("comments", ": " + kilobyte.repeat(10) + "\n", "maxResponseBytes"),
        Arguments.of("stray lines", kilobyte.repeat(10) + "\n", "maxResponseBytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void is_hung_up_on(String what, String piece, String limit) throws Exception {
    model =
        model()
            .httpClientBuilder(EventDrivenHttpClient.builder().maxResponseBytes(4_000_000))
            .build();
    StubAnswer endless = StubAnswer.stream();
    String block = piece.repeat(Math.max(1, 20_000 / piece.length()));
    for (int i = 0; i < 400; i++) {
      endless.bytes(block);
    }
    Diagnosis failure = ask(endless).failure();
    assertThat(failure.cause()).as(what).isEqualTo(ErrorCause.TOO_LONG);
    assertThat(failure.advice()).contains(limit);
    assertThat(failure.retryable()).isFalse();
    server.awaitRequest().awaitHangUp();
  }

  @Test
  void twenty_thousand_tool_calls_in_one_answer_are_too_many() throws Exception {
    StringBuilder calls = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      calls.append(i == 0 ? "" : ",").append("{\"index\":").append(i);
      calls.append(",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
    }
    model =
        model().httpClientBuilder(EventDrivenHttpClient.builder().maxEventBytes(4_000_000)).build();
    Diagnosis failure = ask(stream(delta("\"tool_calls\":[" + calls + "]"))).failure();
    assertThat(failure.cause()).isEqualTo(ErrorCause.TOO_LONG);
    assertThat(failure.advice()).contains("128 tool calls");
  }

  @Test
  void an_endless_line_is_too_long() throws Exception {
    StubAnswer endless = StubAnswer.stream().bytes("data: ");
    for (int i = 0; i < 400; i++) {
      endless.bytes("x".repeat(10_000));
    }
    assertThat(ask(endless).failure().cause()).isEqualTo(ErrorCause.TOO_LONG);
  }

  @Test
  void an_answer_that_goes_on_after_its_finish_reason_is_not_cut_off() throws Exception {
    ManualClock clock = new ManualClock();
    model = model().httpClientBuilder(EventDrivenHttpClient.builder().clock(clock)).build();
    CountDownLatch more = new CountDownLatch(1);
    CountDownLatch rest = new CountDownLatch(1);
    StubAnswer answer = StubAnswer.stream().bytes(text("Te") + finish("stop")).stallUntil(more);
    server.enqueue(
        answer.bytes(text("a") + finish("stop")).stallUntil(rest).bytes(text(".")).end());
    Asked asked = new Asked();
    model.chat("Hi", asked);
    clock.awaitAlarm(ModelStream.AFTER_FINISH);
    more.countDown();
    asked.awaitTokens(2);
    clock.advance(ModelStream.AFTER_FINISH);
    rest.countDown();
    assertThat(asked.await().message().text()).isEqualTo("Tea.");
  }

  @Test
  void a_finished_answer_does_not_wait_for_a_body_that_never_ends() throws Exception {
    ManualClock clock = new ManualClock();
    model = model().httpClientBuilder(EventDrivenHttpClient.builder().clock(clock)).build();
    server.enqueue(StubAnswer.stream().bytes(text("Tea.") + finish("stop")));
    Asked asked = new Asked();
    model.chat("Hi", asked);
    clock.awaitAlarm(ModelStream.AFTER_FINISH);
    clock.advance(ModelStream.AFTER_FINISH);
    assertThat(asked.await().message().text()).isEqualTo("Tea.");
    server.awaitRequest().awaitHangUp();
  }
}
