package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.settings.Quotas;
import io.agentstream.test.ManualClock;
import io.agentstream.viewer.internal.Party;
import io.agentstream.viewer.internal.Refusal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccountsTest {

  private final ManualClock clock = new ManualClock();

  @Test
  void a_user_begins_so_many_runs_and_one_more_when_one_has_ended() {
    Accounts accounts =
        accounts(Quotas.builder().runningConversationsPerUser(2).runningConversations(10));
    Account ann = accounts.of(user("ann"));
    assertThat(accounts.begin(ann)).isNull();
    assertThat(accounts.begin(ann)).isNull();
    assertThat(accounts.begin(ann)).isEqualTo(Refusal.TOO_MANY_RUNNING);
    assertThat(accounts.begin(accounts.of(user("ben")))).isNull();
    accounts.end(ann);
    assertThat(accounts.begin(ann)).isNull();
  }

  @Test
  void strangers_together_leave_half_of_the_server_to_known_users() {
    Accounts accounts = accounts(Quotas.builder().runningConversations(4));
    assertThat(accounts.begin(accounts.of(address("192.0.2.1")))).isNull();
    assertThat(accounts.begin(accounts.of(Party.UNKNOWN))).isNull();
    assertThat(accounts.begin(accounts.of(address("192.0.2.2")))).isEqualTo(Refusal.SERVER_BUSY);
    assertThat(accounts.begin(accounts.of(user("ann")))).isNull();
    assertThat(accounts.begin(accounts.of(user("ann")))).isNull();
    assertThat(accounts.begin(accounts.of(user("ben")))).isEqualTo(Refusal.SERVER_BUSY);
  }

  @Test
  void calls_beyond_those_of_the_hour_are_refused_until_the_hour_is_over() {
    Accounts accounts = accounts(Quotas.builder().modelCallsPerHourPerUser(3));
    Account ann = accounts.of(user("ann"));
    for (int i = 0; i < 3; i++) {
      assertThat(accounts.call(ann)).isTrue();
    }
    assertThat(accounts.call(ann)).isFalse();
    assertThat(accounts.begin(ann)).isEqualTo(Refusal.BUDGET);
    assertThat(accounts.call(accounts.of(user("ben")))).isTrue();
    clock.advance(Duration.ofMinutes(63));
    assertThat(accounts.call(ann)).isTrue();
  }

  @Test
  void calls_are_refused_once_the_tokens_of_the_day_are_used_up() {
    Accounts accounts = accounts(Quotas.builder().tokensPerDayPerUser(100));
    Account ann = accounts.of(user("ann"));
    accounts.used(ann, 99);
    assertThat(accounts.call(ann)).isTrue();
    accounts.used(ann, 1);
    assertThat(accounts.call(ann)).isFalse();
    assertThat(accounts.begin(ann)).isEqualTo(Refusal.BUDGET);
    clock.advance(Duration.ofHours(25));
    assertThat(accounts.begin(ann)).isNull();
  }

  @Test
  void what_a_model_server_counts_below_zero_gives_nothing_back() {
    Accounts accounts = accounts(Quotas.builder().tokensPerDayPerUser(100));
    Account ann = accounts.of(user("ann"));
    accounts.used(ann, 100);
    accounts.used(ann, -1_000);
    assertThat(accounts.call(ann)).isFalse();
  }

  @Test
  void the_tokens_of_the_server_are_used_by_all_and_half_of_them_by_strangers() {
    Accounts accounts = accounts(Quotas.builder().tokensPerDay(100));
    accounts.used(accounts.of(address("192.0.2.1")), 50);
    assertThat(accounts.call(accounts.of(address("192.0.2.2")))).isFalse();
    assertThat(accounts.call(accounts.of(user("ann")))).isTrue();
    accounts.used(accounts.of(user("ann")), 50);
    assertThat(accounts.call(accounts.of(user("ben")))).isFalse();
  }

  @Test
  void the_program_itself_is_counted_and_never_refused() {
    Accounts accounts = accounts(Quotas.builder().tokensPerDay(100).runningConversations(1));
    Account program = accounts.of(Party.APPLICATION);
    accounts.used(program, 100);
    assertThat(accounts.begin(program)).isNull();
    assertThat(accounts.begin(program)).isNull();
    assertThat(accounts.call(program)).isTrue();
    assertThat(accounts.call(accounts.of(user("ann")))).isFalse();
  }

  @Test
  void many_addresses_do_not_reset_the_count_of_one() {
    Accounts accounts = accounts(Quotas.builder().modelCallsPerHourPerUser(1));
    assertThat(accounts.call(accounts.of(address("192.0.2.1")))).isTrue();
    for (int i = 0; i < 2 * Accounts.MOST_STRANGERS; i++) {
      Account other = accounts.of(address("crowd-" + i));
      accounts.call(other);
    }
    assertThat(accounts.call(accounts.of(address("192.0.2.1")))).isFalse();
    assertThat(accounts.size()).isLessThanOrEqualTo(Accounts.MOST_STRANGERS + 1);
  }

  @Test
  void accounts_that_have_been_idle_for_a_day_make_room_for_others() {
    Accounts accounts = accounts(Quotas.builder());
    for (int i = 0; i < Accounts.MOST_STRANGERS; i++) {
      accounts.used(accounts.of(address("crowd-" + i)), 1);
    }
    clock.advance(Duration.ofHours(26));
    Account late = accounts.of(address("192.0.2.1"));
    assertThat(late.party).isEqualTo(address("192.0.2.1"));
    assertThat(accounts.size()).isEqualTo(1);
  }

  private Accounts accounts(Quotas.Builder quotas) {
    return new Accounts(quotas.build(), clock);
  }

  private static Party user(String id) {
    return new Party(Party.Kind.USER, id);
  }

  private static Party address(String address) {
    return new Party(Party.Kind.ADDRESS, address);
  }
}
