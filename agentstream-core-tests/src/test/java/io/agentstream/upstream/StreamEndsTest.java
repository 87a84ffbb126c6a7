package io.agentstream.upstream;

import static io.agentstream.upstream.Upstreams.request;
import static io.agentstream.upstream.Upstreams.settle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.TimeoutException;
import io.agentstream.test.ManualClock;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import io.agentstream.test.internal.RefusingPort;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener gets exactly one end, regardless of how the stream ends. */
@Timeout(300)
class StreamEndsTest {

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final StubModelServer server = StubModelServer.start();
  private final ManualClock clock = new ManualClock();
  private final EventDrivenHttpClient client = EventDrivenHttpClient.builder().clock(clock).build();
  private final Recorder recorder = new Recorder();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void done_is_an_event_and_then_one_close() throws Exception {
    stream(StubAnswer.stream().event("a").event("b").done());
    assertThat(callsInTheEnd()).containsExactly("open", "a", "b", "[DONE]", "close");
  }

  @Test
  void a_clean_end_without_done_is_one_close() throws Exception {
    stream(StubAnswer.stream().event("a").end());
    assertThat(callsInTheEnd()).containsExactly("open", "a", "close");
  }

  @Test
  void a_last_event_without_its_empty_line_still_comes_at_a_clean_end() throws Exception {
    stream(StubAnswer.stream().event("a").bytes("data: b").end());
    assertThat(callsInTheEnd()).containsExactly("open", "a", "b", "close");
  }

  static Stream<Arguments> cuts() {
    return Stream.of(
        Arguments.of("closed", StubAnswer.stream().event("a").cut()),
        Arguments.of("closed in an event", StubAnswer.stream().event("a").bytes("data: b").cut()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cuts")
  void a_dirty_cut_is_one_error_and_no_completion(String how, StubAnswer answer) throws Exception {
    stream(answer);
    assertThat(callsInTheEnd()).as(how).containsExactly("open", "a", "error");
    assertThat(recorder.error()).isInstanceOf(IOException.class);
  }

  @Test
  void broken_chunks_are_one_error_and_no_completion() throws Exception {
    stream(StubAnswer.stream().head().wire("no length\r\n".getBytes(UTF_8)));
    assertThat(callsInTheEnd()).endsWith("error").doesNotContain("close");
    assertThat(recorder.error()).isInstanceOf(IOException.class);
  }

  @Test
  void a_reset_is_one_error_and_no_completion() throws Exception {
    CountDownLatch received = new CountDownLatch(1);
    Recorder releasing = new Recorder((data, context) -> received.countDown());
    // Only what the client has read is safe from the reset.
    server.enqueue(StubAnswer.stream().event("a").stallUntil(received).reset());
    client.execute(request(server), releasing);
    releasing.awaitEnd();
    settle(client);
    assertThat(releasing.calls()).containsExactly("open", "a", "error");
    assertThat(releasing.error()).isInstanceOf(IOException.class);
  }

  @Test
  void a_connection_closed_before_the_head_is_one_error() throws Exception {
    stream(StubAnswer.silent().cut());
    assertThat(callsInTheEnd()).containsExactly("error");
    assertThat(recorder.error()).isInstanceOf(IOException.class);
  }

  @Test
  void a_refused_connection_is_one_error() throws Exception {
    try (RefusingPort port = new RefusingPort()) {
      client.execute(request(port.baseUrl()), recorder);
      assertThat(recorder.awaitEnd().calls()).containsExactly("error");
      assertThat(recorder.error()).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void done_with_the_body_left_open_closes_at_once_and_hangs_up_when_the_grace_is_over()
      throws Exception {
    stream(StubAnswer.stream().event("a").doneLeftOpen());
    StubRequest request = server.awaitRequest();
    assertThat(recorder.awaitEnd().calls()).containsExactly("open", "a", "[DONE]", "close");
    assertThat(request.isHungUp()).isFalse();
    clock.advance(StreamingCall.LINGER);
    request.awaitHangUp();
    assertThat(callsInTheEnd()).hasSize(4);
  }

  @Test
  void whatever_follows_done_is_dropped() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    stream(
        StubAnswer.stream()
            .bytes("data: [DONE]\n\ndata: a\n\n")
            .stallUntil(closed)
            .event("b")
            .end());
    assertThat(recorder.awaitEnd().calls()).containsExactly("open", "[DONE]", "close");
    closed.countDown();
    clock.awaitAlarms(0);
    assertThat(recorder.calls()).hasSize(3);
  }

  @Test
  void a_cut_after_done_is_no_error() throws Exception {
    stream(StubAnswer.stream().event("a").doneLeftOpen().cut());
    clock.awaitAlarms(0);
    assertThat(callsInTheEnd()).containsExactly("open", "a", "[DONE]", "close");
  }

  @Test
  void a_parser_for_another_format_is_refused_at_once() {
    assertThatThrownBy(() -> client.execute(request(server), (in, listener) -> {}, recorder))
        .isInstanceOf(ModelServerException.class)
        .hasMessageContaining("parser of its own");
    assertThat(recorder.calls()).isEmpty();
  }

  @Test
  void no_alarm_is_left_set_after_the_end() throws Exception {
    stream(StubAnswer.stream().tokens(100).done());
    recorder.awaitEnd();
    clock.awaitAlarms(0);
  }

  @Test
  void a_failure_inside_an_event_is_an_event() throws Exception {
    stream(StubAnswer.stream().errorInside("overloaded").malformedEvent().end());
    assertThat(callsInTheEnd()).hasSize(4).startsWith("open").endsWith("close");
  }

  @Test
  void an_error_event_is_one_error() throws Exception {
    stream(StubAnswer.stream().event("a").errorEvent("overloaded").event("b").end());
    assertThat(callsInTheEnd()).containsExactly("open", "a", "error");
    assertThat(recorder.error()).isInstanceOf(ModelServerException.class);
  }

  @Test
  void an_event_over_the_limit_is_one_error_and_a_hang_up() throws Exception {
    EventDrivenHttpClient strict =
        EventDrivenHttpClient.builder().maxEventBytes(100).clock(clock).build();
    server.enqueue(StubAnswer.stream().event("a").bytes("data: " + "x".repeat(100)));
    strict.execute(request(server), recorder);
    assertThat(recorder.awaitEnd().calls()).containsExactly("open", "a", "error");
    assertThat(recorder.error()).isInstanceOf(EventTooLongException.class);
    server.awaitRequest().awaitHangUp();
  }

  @Test
  void a_head_that_does_not_come_in_time_is_one_timeout_and_a_hang_up() throws Exception {
    stream(StubAnswer.stream().stallUntil(NEVER));
    StubRequest request = server.awaitRequest();
    clock.advance(Duration.ofMinutes(30).minusNanos(1));
    settle(client);
    assertThat(recorder.calls()).isEmpty();
    clock.advance(Duration.ofNanos(1));
    request.awaitHangUp();
    assertThat(callsInTheEnd()).containsExactly("error");
    assertThat(recorder.error()).isInstanceOf(TimeoutException.class);
  }

  @Test
  void a_stall_after_the_head_is_not_timed() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    stream(StubAnswer.stream().event("a").stallUntil(released).event("b").done());
    recorder.awaitCall("a");
    clock.advance(Duration.ofDays(1));
    released.countDown();
    assertThat(callsInTheEnd()).containsExactly("open", "a", "b", "[DONE]", "close");
  }

  @Test
  void a_listener_that_throws_neither_stops_the_stream_nor_ends_it_twice() throws Exception {
    Recorder throwing =
        new Recorder(
            (data, context) -> {
              if (data.equals("a")) {
                throw new AssertionError(data);
              }
              throw new IllegalStateException(data);
            });
    server.enqueue(StubAnswer.stream().event("a").event("b").done());
    client.execute(request(server), throwing);
    throwing.awaitEnd();
    settle(client);
    assertThat(throwing.calls()).containsExactly("open", "a", "b", "[DONE]", "close");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50})
  void tokens_arrive_whole_whatever_the_chunks(int size) throws Exception {
    stream(StubAnswer.stream().inChunksOf(size).event("Grüße").event("漢字 👋").done());
    assertThat(callsInTheEnd()).containsExactly("open", "Grüße", "漢字 👋", "[DONE]", "close");
  }

  private void stream(StubAnswer answer) {
    server.enqueue(answer);
    client.execute(request(server), recorder);
  }

  private List<String> callsInTheEnd() throws InterruptedException {
    recorder.awaitEnd();
    settle(client);
    return recorder.calls();
  }
}
