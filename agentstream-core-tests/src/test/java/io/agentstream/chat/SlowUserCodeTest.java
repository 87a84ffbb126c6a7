package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.context.ContextWindow;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingToken;
import io.agentstream.internal.UserCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Code of users that holds up the thread that streams is named. */
class SlowUserCodeTest extends ChatFixture {

  @Test
  void a_listener_on_the_thread_that_streams_is_named_once_and_not_for_every_token() {
    try (Logged logged = new Logged()) {
      chat(1, "Ann").build().newConversation("Tea?").inlineListener(new Slow()).start();
      model.next().tokens("a", "b", "c").complete();

      assertThat(logged.with(Slow.class.getName() + " took 101 ms")).hasSize(1);
    }
  }

  @Test
  void a_condition_too_and_one_that_is_quick_is_not() {
    try (Logged logged = new Logged()) {
      start(
          chat(1, "Ann")
              .terminateWhen(
                  run -> {
                    clock.advance(Duration.ofMillis(run.turns().isEmpty() ? 100 : 200));
                    return Optional.empty();
                  }));
      model.next().tokens("a").complete();

      assertThat(logged.with("took 100 ms")).isEmpty();
      assertThat(logged.with(SlowUserCodeTest.class.getName()))
          .singleElement()
          .satisfies(line -> assertThat(line.getFormattedMessage()).contains("took 200 ms"));
    }
  }

  @Test
  void a_listener_on_the_executor_may_take_its_time() {
    try (Logged logged = new Logged()) {
      chat(1, "Ann").build().newConversation("Tea?").listener(new SlowButApart()).start();
      model.next().tokens("a").complete();

      assertThat(logged.with(SlowButApart.class.getName())).isEmpty();
    }
  }

  @Test
  void what_comes_with_the_library_is_not() {
    try (Logged logged = new Logged()) {
      new UserCode(slowClock()).run(ContextWindow.everything(), () -> {}, failure -> {});
      new UserCode(slowClock()).run(new SlowButApart(), () -> {}, failure -> {});

      assertThat(logged.with(ContextWindow.class.getName())).isEmpty();
      assertThat(logged.with(SlowButApart.class.getName())).hasSize(1);
    }
  }

  private static LongSupplier slowClock() {
    AtomicLong seconds = new AtomicLong();
    return () -> Duration.ofSeconds(seconds.incrementAndGet()).toNanos();
  }

  private class Slow implements StreamListener {
    @Override
    public void onStreamingToken(StreamingToken event) {
      clock.advance(Duration.ofMillis(101));
    }
  }

  private final class SlowButApart extends Slow {}
}
