package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.Eventually;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ModelThreadsTest {

  private final ModelThreads threads = new ModelThreads();
  private final CountDownLatch over = new CountDownLatch(1);
  private long nanos;

  @Test
  void a_client_that_waits_for_answers_is_well() throws Exception {
    Set<Thread> before = ModelThreads.running();
    HttpClient client = HttpClient.newHttpClient();
    threads.addAllBut(before);
    assertThat(ModelThreads.running()).anyMatch(thread -> !before.contains(thread));
    for (int check = 0; check < 20; check++) {
      assertThat(problemsAfter(Duration.ofSeconds(5))).isEmpty();
    }
    assertThat(client).isNotNull();
  }

  @Test
  void a_thread_that_has_ended_is_told() throws Exception {
    Thread selector = selector();
    assertThat(problemsAfter(Duration.ZERO)).isEmpty();
    over.countDown();
    selector.join();
    assertThat(problemsAfter(Duration.ZERO))
        .containsExactly("A thread of the HTTP client to the model servers has ended");
  }

  @Test
  void a_thread_that_stays_in_one_place_of_a_callback_is_told() throws Exception {
    Thread selector = selector();
    Eventually.await(() -> selector.getState() == Thread.State.WAITING);
    assertThat(problemsAfter(Duration.ZERO)).isEmpty();
    assertThat(problemsAfter(Duration.ofSeconds(9))).isEmpty();
    assertThat(problemsAfter(Duration.ofSeconds(2)))
        .containsExactly("A thread of the HTTP client to the model servers is stuck");
    over.countDown();
    selector.join();
  }

  private Thread selector() {
    Set<Thread> before = ModelThreads.running();
    Thread selector = new Thread(this::await, "HttpClient-7-SelectorManager");
    selector.start();
    threads.addAllBut(before);
    return selector;
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> problemsAfter(Duration time) {
    nanos += time.toNanos();
    return threads.problems(nanos);
  }
}
