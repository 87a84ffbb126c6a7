package io.agentstream.journal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store that takes no writes for a while. */
class ReachTest {

  private static final Duration HOLD_AFTER = Duration.ofSeconds(10);

  private final ManualClock clock = new ManualClock();
  private final Reach reach = new Reach(clock, HOLD_AFTER, new Silent());
  private final List<Boolean> heard = new ArrayList<>();

  @Test
  void conversations_pause_after_a_while_and_continue_with_the_next_write() {
    reach.onChange(heard::add);
    reach.failed(new IllegalStateException());
    clock.advance(HOLD_AFTER.minusMillis(1));
    assertThat(heard).isEmpty();
    clock.advance(Duration.ofMillis(1));
    reach.succeeded();
    assertThat(heard).containsExactly(false, true);
  }

  @Test
  void a_write_that_succeeds_while_conversations_begin_to_pause_is_heard_of_afterwards() {
    reach.onChange(
        reachable -> {
          if (!reachable) {
            reach.succeeded();
          }
          heard.add(reachable);
        });
    reach.failed(new IllegalStateException());
    clock.advance(HOLD_AFTER);
    assertThat(heard).containsExactly(false, true);
  }

  private static final class Silent implements Reach.Log {
    @Override
    public void failing(Throwable cause) {}

    @Override
    public void paused() {}

    @Override
    public void back(long millis) {}
  }
}
