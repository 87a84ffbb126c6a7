package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AudienceTest {

  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration NEARLY = GRACE.minusMillis(1);

  private final ManualClock clock = new ManualClock();
  private final List<String> orphans = new ArrayList<>();
  private final Audience audience = new Audience(clock, orphans::add);

  @Test
  void a_conversation_that_nobody_ever_views_is_an_orphan_after_the_grace() {
    audience.started("c", GRACE);
    clock.advance(NEARLY);
    assertThat(orphans).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(orphans).containsExactly("c");
  }

  @Test
  void as_long_as_one_views_it_it_is_none() {
    audience.started("c", GRACE);
    audience.joined("c");
    audience.joined("c");
    audience.left("c");
    clock.advance(GRACE.multipliedBy(3));
    assertThat(orphans).isEmpty();
  }

  @Test
  void the_grace_counts_from_when_the_last_has_left() {
    audience.started("c", GRACE);
    audience.joined("c");
    clock.advance(GRACE);
    audience.left("c");
    clock.advance(NEARLY);
    assertThat(orphans).isEmpty();
    clock.advance(Duration.ofMillis(1));
    assertThat(orphans).containsExactly("c");
  }

  @Test
  void who_comes_back_in_time_keeps_it() {
    audience.started("c", GRACE);
    audience.joined("c");
    audience.left("c");
    clock.advance(NEARLY);
    audience.joined("c");
    clock.advance(GRACE);
    assertThat(orphans).isEmpty();
  }

  @Test
  void after_its_end_nobody_is_needed_until_it_goes_on() {
    audience.started("c", GRACE);
    audience.ended("c");
    clock.advance(GRACE);
    assertThat(orphans).isEmpty();
    audience.started("c", GRACE);
    clock.advance(GRACE);
    assertThat(orphans).containsExactly("c");
  }

  @Test
  void what_was_not_started_over_the_wire_needs_nobody() {
    audience.joined("c");
    audience.left("c");
    clock.advance(GRACE);
    assertThat(orphans).isEmpty();
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void a_grace_of_zero_is_for_ever() {
    Audience patient = new Audience(clock, orphans::add);
    patient.started("c", Duration.ZERO);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void who_viewed_it_before_it_began_here_counts() {
    audience.joined("c");
    audience.started("c", GRACE);
    clock.advance(GRACE);
    assertThat(orphans).isEmpty();
    audience.left("c");
    clock.advance(GRACE);
    assertThat(orphans).containsExactly("c");
  }

  @Test
  void who_leaves_before_the_join_is_counted_is_not_there() {
    audience.started("c", GRACE);
    audience.left("c");
    audience.joined("c");
    clock.advance(GRACE);
    assertThat(orphans).containsExactly("c");
  }

  @Test
  void what_is_wanted_elsewhere_has_another_grace() {
    audience.started("c", GRACE);
    clock.advance(GRACE);
    audience.wantedElsewhere("c");
    clock.advance(NEARLY);
    assertThat(orphans).containsExactly("c");
    clock.advance(Duration.ofMillis(1));
    assertThat(orphans).containsExactly("c", "c");
  }

  @Test
  void nothing_is_left_of_what_neither_runs_nor_is_viewed() {
    audience.started("c", GRACE);
    audience.joined("c");
    audience.ended("c");
    assertThat(audience.size()).isEqualTo(1);
    audience.left("c");
    assertThat(audience.size()).isZero();
    assertThat(clock.alarms()).isZero();
  }
}
