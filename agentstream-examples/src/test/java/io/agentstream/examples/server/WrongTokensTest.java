package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.config.HttpSpec;
import io.agentstream.examples.config.Tokens;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WrongTokensTest {

  private static final String TOKEN = "8f3a90c4d1b7e652";

  private final ManualClock clock = new ManualClock();
  private BearerTokens bearer;

  @BeforeEach
  void known() throws Exception {
    bearer =
        new BearerTokens(
            Tokens.read(null, Map.of("AGENTSTREAM_TOKENS", "ann:" + TOKEN)),
            new ClientAddress(HttpSpec.defaults()),
            clock,
            Timeouts.defaults().authentication());
  }

  @Test
  void refusals_of_an_address_come_ever_more_slowly() {
    int refused = 0;
    CompletableFuture<Authentication> answer = authenticate("wrong", "192.0.2.7");
    for (int step = 0; step < 600; step++) {
      clock.advance(Duration.ofMillis(100));
      if (answer.isDone()) {
        refused++;
        answer = authenticate("wrong", "192.0.2.7");
      }
    }
    assertThat(refused).isBetween(15, 30);
  }

  @Test
  void many_at_once_get_no_more_answers_than_one_after_the_other() {
    List<CompletableFuture<Authentication>> answers =
        IntStream.range(0, 2_000).mapToObj(i -> authenticate("wrong" + i, "192.0.2.7")).toList();
    clock.advance(Duration.ofMillis(2_400));
    assertThat(answers.stream().filter(CompletableFuture::isDone).count()).isLessThan(10);
    clock.advance(Duration.ofSeconds(10));
    assertThat(answers).allMatch(answer -> answer.join().equals(Authentication.refused()));
  }

  @Test
  void a_refusal_comes_in_half_the_time_that_a_viewer_has_to_authenticate() {
    aThousandWrongTokens();
    CompletableFuture<Authentication> answer = authenticate("wrong", "192.0.2.7");
    clock.advance(Timeouts.defaults().authentication().dividedBy(2));
    assertThat(answer).isDone();
  }

  @Test
  void a_right_token_never_waits_also_from_the_same_address() {
    aThousandWrongTokens();
    assertThat(authenticate(TOKEN, "192.0.2.7").join()).isEqualTo(Authentication.of("ann"));
  }

  @Test
  void other_addresses_are_not_slowed_and_old_faults_are_forgotten() {
    aThousandWrongTokens();
    CompletableFuture<Authentication> other = authenticate("wrong", "192.0.2.8");
    clock.advance(Duration.ofMillis(100));
    assertThat(other).isDone();

    clock.advance(Duration.ofMinutes(11));
    CompletableFuture<Authentication> later = authenticate("wrong", "192.0.2.7");
    clock.advance(Duration.ofMillis(100));
    assertThat(later).isDone();
  }

  private void aThousandWrongTokens() {
    for (int i = 0; i < 1_000; i++) {
      CompletableFuture<Authentication> unused = authenticate("wrong", "192.0.2.7");
    }
  }

  private CompletableFuture<Authentication> authenticate(String token, String address) {
    return bearer
        .authenticate(token, new Handshake(Map.of(), false, address, null, null))
        .toCompletableFuture();
  }
}
