package io.agentstream.upstream;

import static io.agentstream.upstream.Upstreams.request;
import static io.agentstream.upstream.Upstreams.settle;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.Eventually;
import io.agentstream.test.ManualClock;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.net.http.HttpClient.Version;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The costs of streams: connections and threads. */
@Timeout(300)
class ConnectionsTest {

  private static final int STREAMS = 500;

  /** The client's selector, the clock, and a few of the JDK's common pool that come and go. */
  private static final int FEW = 6;

  private final StubModelServer server = StubModelServer.start();
  private final EventDrivenHttpClient client = EventDrivenHttpClient.builder().build();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void after_done_the_connection_serves_the_next_call() throws Exception {
    // No time passes: a body that ends late, as on a busy machine, costs the connection.
    EventDrivenHttpClient patient =
        EventDrivenHttpClient.builder().clock(new ManualClock()).build();
    for (int i = 0; i < 20; i++) {
      // The body's end may come a moment after [DONE].
      CountDownLatch sent = new CountDownLatch(1);
      server.enqueue(StubAnswer.stream().tokens("a").done().then(sent::countDown));
      Recorder recorder = new Recorder();
      patient.execute(request(server), recorder);
      recorder.awaitEnd();
      sent.await();
      settle(patient);
      assertThat(server.awaitRequest().connection()).isEqualTo(1);
    }
  }

  @Test
  void stalled_streams_hold_no_threads_and_all_go_on() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    server.otherwise(StubAnswer.stream().event("a").stallUntil(released).event("b").done());
    settle(client);
    long before = threads();
    List<Recorder> recorders = Stream.generate(Recorder::new).limit(STREAMS).toList();
    recorders.forEach(recorder -> client.execute(request(server), recorder));
    for (Recorder recorder : recorders) {
      recorder.awaitCall("a");
    }
    Eventually.await("at most a few threads more", () -> threads() <= before + FEW);
    released.countDown();
    for (Recorder recorder : recorders) {
      assertThat(recorder.awaitEnd().calls()).containsExactly("open", "a", "b", "[DONE]", "close");
    }
  }

  @Test
  void by_default_no_upgrade_to_http_2_is_offered() throws Exception {
    server.otherwise(StubAnswer.stream().done());
    client.execute(request(server), new Recorder());
    assertThat(server.awaitRequest().header("Upgrade")).isNull();
  }

  @Test
  void with_http_2_an_upgrade_is_offered() throws Exception {
    server.otherwise(StubAnswer.stream().done());
    EventDrivenHttpClient second =
        EventDrivenHttpClient.builder().httpVersion(Version.HTTP_2).build();
    second.execute(request(server), new Recorder());
    assertThat(server.awaitRequest().header("Upgrade")).isEqualTo("h2c");
  }

  @Test
  void with_an_executor_of_its_own_a_listener_is_called_there() throws Exception {
    server.otherwise(StubAnswer.stream().tokens("a").done());
    List<String> seen = new CopyOnWriteArrayList<>();
    EventDrivenHttpClient pooled =
        EventDrivenHttpClient.builder()
            .executor(task -> new Thread(task, "listeners").start())
            .build();
    CountDownLatch asked = new CountDownLatch(1);
    server.enqueue(StubAnswer.stream().stallUntil(asked).event("a").done());
    Recorder recorder = new Recorder((data, context) -> seen.add(Thread.currentThread().getName()));
    pooled.execute(request(server), recorder);
    asked.countDown();
    recorder.awaitEnd();
    assertThat(seen).containsExactly("listeners", "listeners");
  }

  @Test
  void streams_are_spread_over_the_selectors_that_were_asked_for() throws Exception {
    CountDownLatch allBegan = new CountDownLatch(8);
    CountDownLatch released = new CountDownLatch(1);
    server.otherwise(StubAnswer.stream().event("a").stallUntil(released).event("b").done());
    EventDrivenHttpClient wide = EventDrivenHttpClient.builder().selectors(2).build();
    Map<String, Integer> streams = new ConcurrentHashMap<>();
    List<Recorder> recorders =
        Stream.generate(() -> new Recorder((data, context) -> note(data, streams, allBegan)))
            .limit(8)
            .toList();
    recorders.forEach(recorder -> wide.execute(request(server), recorder));
    allBegan.await();
    released.countDown();
    for (Recorder recorder : recorders) {
      recorder.awaitEnd();
    }
    assertThat(streams.values()).containsExactly(4, 4);
  }

  /** After the stall an event comes from nowhere but the selector. */
  private static void note(String data, Map<String, Integer> streams, CountDownLatch began) {
    if (data.equals("a")) {
      began.countDown();
    } else if (data.equals("b")) {
      streams.merge(Thread.currentThread().getName(), 1, Integer::sum);
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith(StubModelServer.THREAD_PREFIX))
        .count();
  }
}
