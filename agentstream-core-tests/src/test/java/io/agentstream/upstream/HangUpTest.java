package io.agentstream.upstream;

import static io.agentstream.upstream.Upstreams.request;
import static io.agentstream.upstream.Upstreams.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.test.Eventually;
import io.agentstream.test.ManualClock;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cancelled call closes its connection and says no more. */
@Timeout(300)
class HangUpTest {

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
  void before_the_head_the_server_sees_the_hang_up_and_the_listener_nothing() throws Exception {
    UpstreamCall call = start(StubAnswer.stream().stallUntil(NEVER), recorder);
    StubRequest request = server.awaitRequest();
    call.cancel();
    request.awaitHangUp();
    settle(client);
    assertThat(recorder.calls()).isEmpty();
    assertThat(call.isCancelled()).isTrue();
    clock.awaitAlarms(0);
  }

  @Test
  void between_the_head_and_the_first_token() throws Exception {
    UpstreamCall call = start(StubAnswer.stream().head(), recorder);
    recorder.awaitCall("open");
    call.cancel();
    server.awaitRequest().awaitHangUp();
    settle(client);
    assertThat(recorder.calls()).containsExactly("open");
  }

  @Test
  void between_two_tokens() throws Exception {
    UpstreamCall call = start(StubAnswer.stream().event("a"), recorder);
    recorder.awaitCall("a");
    call.cancel();
    server.awaitRequest().awaitHangUp();
    settle(client);
    assertThat(recorder.calls()).containsExactly("open", "a");
    assertThat(call.isCancelled()).isTrue();
  }

  @Test
  void from_the_callback_by_the_parsing_handle() throws Exception {
    Recorder cancelling =
        new Recorder(
            (data, context) -> {
              context.parsingHandle().cancel();
              assertThat(context.parsingHandle().isCancelled()).isTrue();
            });
    UpstreamCall call =
        start(StubAnswer.stream().bytes("data: a\n\ndata: b\n\n").event("c"), cancelling);
    server.awaitRequest().awaitHangUp();
    settle(client);
    assertThat(cancelling.calls()).containsExactly("open", "a");
    assertThat(call.isCancelled()).isTrue();
  }

  @Test
  void before_it_is_sent_nothing_is_sent() throws Exception {
    UpstreamCalls.observing(UpstreamCall::cancel, () -> client.execute(request(server), recorder));
    start(StubAnswer.stream().event("a").done(), new Recorder());
    assertThat(server.awaitRequest().connection()).isEqualTo(1);
    settle(client);
    assertThat(recorder.calls()).isEmpty();
  }

  @Test
  void after_the_end_it_does_nothing() throws Exception {
    UpstreamCall call = start(StubAnswer.stream().event("a").done(), recorder);
    recorder.awaitEnd();
    call.cancel();
    call.cancel();
    assertThat(call.isCancelled()).isFalse();
    assertThat(recorder.calls()).containsExactly("open", "a", "[DONE]", "close");
  }

  @Test
  void at_any_moment_there_is_one_end_or_silence_and_the_connection_is_gone() throws Exception {
    for (int i = 0; i < 200; i++) {
      Recorder recorder = new Recorder();
      UpstreamCall call = start(StubAnswer.stream().tokens(20), recorder);
      StubRequest request = server.awaitRequest();
      spin(i * 50);
      call.cancel();
      request.awaitHangUp();
      assertThat(call.isCancelled()).isTrue();
      assertThat(recorder.calls()).doesNotContain("close", "error");
    }
  }

  @Test
  void at_any_moment_of_connecting_no_connection_is_left_open() throws Exception {
    server.otherwise(StubAnswer.stream().tokens(20));
    for (int i = 0; i < 200; i++) {
      Recorder recorder = new Recorder();
      List<UpstreamCall> calls = new ArrayList<>();
      UpstreamCalls.observing(calls::add, () -> client.execute(request(server), recorder));
      spin(i * 50);
      calls.forEach(UpstreamCall::cancel);
      assertThat(recorder.calls()).doesNotContain("close", "error");
    }
    settle(client);
    Eventually.await("all connections closed", () -> server.openConnections() == 0);
  }

  @Test
  void an_observer_sees_the_calls_of_its_own_action_alone() throws Exception {
    server.otherwise(StubAnswer.stream().done());
    List<UpstreamCall> outer = new ArrayList<>();
    List<UpstreamCall> inner = new ArrayList<>();
    Runnable call = () -> client.execute(request(server), new Recorder());
    UpstreamCalls.observing(
        outer::add,
        () -> {
          call.run();
          UpstreamCalls.observing(inner::add, call);
          call.run();
        });
    call.run();
    assertThat(outer).hasSize(2);
    assertThat(inner).hasSize(1);
  }

  @Test
  void an_observer_is_gone_after_its_action_has_thrown() {
    server.otherwise(StubAnswer.stream().done());
    List<UpstreamCall> seen = new ArrayList<>();
    assertThatThrownBy(
            () ->
                UpstreamCalls.observing(
                    seen::add,
                    () -> {
                      throw new IllegalStateException("thrown");
                    }))
        .hasMessage("thrown");
    client.execute(request(server), recorder);
    assertThat(seen).isEmpty();
  }

  private static void spin(int times) {
    for (int i = 0; i < times; i++) {
      Thread.onSpinWait();
    }
  }

  private UpstreamCall start(StubAnswer answer, Recorder listener) {
    server.enqueue(answer);
    List<UpstreamCall> calls = new ArrayList<>();
    UpstreamCalls.observing(calls::add, () -> client.execute(request(server), listener));
    assertThat(calls).hasSize(1);
    return calls.get(0);
  }
}
