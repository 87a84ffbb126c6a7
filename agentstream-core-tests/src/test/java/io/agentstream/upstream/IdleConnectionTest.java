package io.agentstream.upstream;

import static io.agentstream.upstream.Upstreams.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.Eventually;
import io.agentstream.test.ManualClock;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pool keeps a connection for minutes, but nothing of the calls that it has served. */
@Timeout(240)
class IdleConnectionTest {

  private final StubModelServer server = StubModelServer.start();
  private final EventDrivenHttpClient client = newClient();

  /** No time passes: a body that ends late, as on a busy machine, costs the connection. */
  private static EventDrivenHttpClient newClient() {
    return EventDrivenHttpClient.builder().clock(new ManualClock()).build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void keeps_no_listener_of_a_stream_that_ended_with_done() throws Exception {
    keepsNothingOf(StubAnswer.stream().tokens("a").done());
  }

  @Test
  void keeps_no_listener_of_a_stream_that_ended_without_done() throws Exception {
    keepsNothingOf(StubAnswer.stream().tokens("a").end());
  }

  @Test
  void keeps_no_listener_of_a_refusal() throws Exception {
    keepsNothingOf(StubAnswer.status(429).body("slow down"));
  }

  @Test
  void keeps_no_listener_of_a_redirected_call() throws Exception {
    server.enqueue(
        StubAnswer.status(307)
            .header("Location", server.baseUrl() + "/chat/completions")
            .body("elsewhere"));
    keepsNothingOf(StubAnswer.stream().tokens("a").done());
  }

  private void keepsNothingOf(StubAnswer answer) throws InterruptedException {
    WeakReference<Recorder> listener = served(answer);

    Eventually.awaitCollection("the listener", listener);
    assertThat(server.openConnections()).isEqualTo(1);
  }

  /** In a method of its own, whose variables are gone afterwards. */
  private WeakReference<Recorder> served(StubAnswer answer) throws InterruptedException {
    server.enqueue(answer);
    Recorder recorder = new Recorder();
    client.execute(request(server), recorder);
    recorder.awaitEnd();
    return new WeakReference<>(recorder);
  }

  /** A request holds the text of a whole conversation. */
  @Test
  void keeps_no_request() throws Exception {
    WeakReference<byte[]> request = sent("{}".getBytes(UTF_8));

    Eventually.awaitCollection("the request's body", request);
    assertThat(server.openConnections()).isEqualTo(1);
  }

  private WeakReference<byte[]> sent(byte[] body) throws InterruptedException {
    server.enqueue(StubAnswer.stream().tokens("a").done());
    CountDownLatch ended = new CountDownLatch(1);
    client.stream(
        HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        new EndSink(ended::countDown));
    ended.await();
    assertThat(server.awaitRequest().body()).isEqualTo("{}");
    return new WeakReference<>(body);
  }

  private record EndSink(Runnable then) implements StreamSink {
    @Override
    public void onCall(UpstreamCall call) {}

    @Override
    public void onEvent(@Nullable String type, byte[] bytes, int from, int to) {}

    @Override
    public void onJson(byte[] bytes, int from, int to) {}

    @Override
    public void onEnd(boolean done) {
      then.run();
    }

    @Override
    public void onFailure(Throwable failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void keeps_no_thread_of_a_client_that_nobody_uses() throws Exception {
    WeakReference<Thread> selector = selectorOfForgottenClient();

    Eventually.awaitCollection("the client's thread", selector);
  }

  private WeakReference<Thread> selectorOfForgottenClient() throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    // After the stall an event comes from nowhere but the selector.
    server.enqueue(StubAnswer.stream().event("a").stallUntil(began).event("b").done());
    AtomicReference<Thread> caller = new AtomicReference<>();
    Recorder recorder =
        new Recorder(
            (data, context) -> {
              began.countDown();
              caller.set(Thread.currentThread());
            });
    EventDrivenHttpClient forgotten = newClient();
    try {
      forgotten.execute(request(server), recorder);
      recorder.awaitEnd();
      assertThat(server.openConnections()).isEqualTo(1);
    } finally {
      // Otherwise an early collection may end the client, and with it the connection.
      Reference.reachabilityFence(forgotten);
    }
    return new WeakReference<>(caller.get());
  }
}
