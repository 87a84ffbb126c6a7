package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingToken;
import io.agentstream.test.RecordedEvents;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every listener is served everything, and the result waits for it, whatever the executor does. */
@Timeout(180)
class ListenersAreServedTest extends ChatFixture {

  private final RecordedEvents first = new RecordedEvents();
  private final RecordedEvents second = new RecordedEvents();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @RepeatedTest(3)
  void the_result_waits_for_a_listener_that_is_slow_with_the_last_event() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    StreamListener slow =
        new StreamListener() {
          @Override
          public void onConversationEnded(ConversationEnded event) {
            reached.countDown();
            awaitQuietly(goOn);
            first.onEvent(event);
          }
        };
    model.answers("a");
    Conversation conversation =
        chat(1, "Ann").executor(threads).build().start("Tea?", slow, second);

    reached.await();
    assertThat(conversation.result()).isNotDone();
    goOn.countDown();

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.MAX_ROUNDS);
    assertThat(first.types()).containsExactly("conversation_ended");
    assertThat(second.types()).endsWith("conversation_ended");
  }

  @Test
  void a_listener_may_know_its_conversation_from_the_first_event() {
    List<String> told = new CopyOnWriteArrayList<>();
    model.answers("a");
    Conversation conversation =
        chat(1, "Ann")
            .build()
            .newConversation("Tea?")
            .listener(mine -> StreamListener.of(event -> told.add(mine.id() + " " + event.type())))
            .listener(first)
            .start();

    conversation.result().join();
    assertThat(told)
        .containsExactlyElementsOf(
            first.types().stream().map(type -> conversation.id() + " " + type).toList());
  }

  @Test
  void a_listener_that_cannot_be_made_is_an_error_at_the_start() {
    ConversationBuilder builder =
        chat(1, "Ann")
            .build()
            .newConversation("Tea?")
            .inlineListener(first)
            .listener(
                mine -> {
                  throw new IllegalStateException("stubbed");
                });

    assertThatThrownBy(builder::start).hasMessage("stubbed");
    assertThat(first.all()).isEmpty();
  }

  @Test
  void a_moment_in_which_the_executor_is_full_loses_no_event() {
    AtomicInteger full = new AtomicInteger(5);
    Executor executor =
        task -> {
          if (full.getAndDecrement() > 0) {
            throw new RejectedExecutionException("stubbed");
          }
          task.run();
        };
    model.answers("a", "b", "c");
    Conversation conversation = start(executor);

    clock.advance(Duration.ofSeconds(10));

    assertServedEverything(conversation);
    assertThat(events).said("user: Tea?", "Ann: abc").endedWith(EndReason.MAX_ROUNDS);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void an_executor_that_runs_a_task_and_then_throws_runs_nothing_twice() {
    Executor executor =
        task -> {
          task.run();
          throw new IllegalStateException("stubbed");
        };
    model.answers("a", "b");
    Conversation conversation = start(executor);

    clock.advance(Duration.ofSeconds(10));

    assertServedEverything(conversation);
    assertThat(events).said("user: Tea?", "Ann: ab");
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void an_executor_that_is_shut_down_or_never_takes_anything_ends_the_run_and_leaves_nothing() {
    ExecutorService dead = Executors.newSingleThreadExecutor();
    dead.shutdown();
    try (Logged logged = new Logged()) {
      assertThat(start(dead).result()).isDone();
      assertThat(logged.with("takes no more work")).isNotEmpty();
    }
    Executor never =
        task -> {
          throw new RejectedExecutionException("stubbed");
        };
    Conversation conversation =
        chat(1, "Ann").executor(never).build().newConversation("Tea?").listener(first).start();

    clock.advance(PatientExecutor.PATIENCE.multipliedBy(4));

    assertThat(conversation.result())
        .isCompletedWithValueMatching(it -> it.reason() == EndReason.FAILED);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void a_listener_that_was_dropped_hears_what_comes_later() {
    AtomicInteger refusing = new AtomicInteger(1);
    Executor executor =
        task -> {
          if (refusing.get() == 1) {
            throw new RejectedExecutionException("stubbed");
          }
          task.run();
        };
    Conversation conversation =
        chat(1, "Ann").executor(executor).build().newConversation("Tea?").listener(first).start();
    clock.advance(PatientExecutor.PATIENCE.multipliedBy(4));
    assertThat(first.all()).isEmpty();

    refusing.set(0);
    model.answers("b");
    assertThat(conversation.say("And?")).isCompletedWithValue(SteeringOutcome.ACCEPTED);

    assertThat(first.types()).startsWith("conversation_started").endsWith("conversation_ended");
  }

  @RepeatedTest(20)
  void bounded_executors_that_reject_run_on_the_caller_or_block_serve_everything()
      throws Exception {
    ThreadPoolExecutor rejecting =
        new ThreadPoolExecutor(1, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1));
    ThreadPoolExecutor onCaller =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new ThreadPoolExecutor.CallerRunsPolicy());
    Semaphore two = new Semaphore(2);
    Executor blocking =
        task -> {
          two.acquireUninterruptibly();
          threads.execute(
              () -> {
                try {
                  task.run();
                } finally {
                  two.release();
                }
              });
        };
    try {
      for (Executor executor : List.of(rejecting, onCaller, blocking)) {
        RecordedEvents one = new RecordedEvents();
        RecordedEvents other = new RecordedEvents();
        model.always(call -> call.tokens("a", "b", "c", "d").complete());
        ChatResult result =
            chat(3, "Ann", "Ben")
                .clock(ChatClock.system())
                .executor(executor)
                .build()
                .start("Tea?", one, other)
                .result()
                .join();

        assertThat(result.reason()).isEqualTo(EndReason.MAX_ROUNDS);
        assertThat(one).isWellFormed().endedWith(EndReason.MAX_ROUNDS);
        assertThat(other.all()).isEqualTo(one.all());
        assertThat(one.of(StreamingToken.class)).hasSize(24);
      }
    } finally {
      rejecting.shutdownNow();
      onCaller.shutdownNow();
    }
  }

  @Test
  void a_model_is_not_silent_while_its_call_waits_for_a_thread() {
    Conversation conversation = start(waiting::add);
    clock.advance(Duration.ofMinutes(20));

    runAll();
    model.next().tokens("a").complete();
    runAll();

    assertThat(events).said("user: Tea?", "Ann: a").endedWith(EndReason.MAX_ROUNDS);
    assertServedEverything(conversation);
  }

  private void runAll() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private Conversation start(Executor executor) {
    return chat(1, "Ann")
        .executor(executor)
        .build()
        .newConversation("Tea?")
        .inlineListener(events)
        .listener(first)
        .listener(second)
        .start();
  }

  private void assertServedEverything(Conversation conversation) {
    List<ChatEvent> all = events.all();
    assertThat(events).isWellFormed();
    assertThat(first.all()).isEqualTo(all);
    assertThat(second.all()).isEqualTo(all);
    assertThat(conversation.result()).isDone();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
