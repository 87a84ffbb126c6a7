package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.agentstream.examples.config.AuthConfig;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ObservationConfig;
import io.agentstream.examples.config.Options;
import io.agentstream.examples.config.RedisSpec;
import io.agentstream.examples.config.ServerConfig;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorsTest {

  private static final String TOKEN = "0123456789abcdef";
  private static final Map<String, String> TOKENS = Map.of("AGENTSTREAM_TOKENS", "ann:" + TOKEN);

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
  void on_this_machine_alone_nobody_has_to_log_in_and_all_is_shared(String host)
      throws ConfigException {
    Visitors visitors = Visitors.of(Options.parse("--host", host), noAuth(), Map.of());
    assertThat(visitors.tokens().isEmpty()).isTrue();
    assertThat(visitors.shareAll()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "::ffff:192.0.2.7"})
  void where_others_can_reach_it_somebody_has_to_ask_who_comes(String host) throws ConfigException {
    Options options = Options.parse("--host", host);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Visitors.of(options, noAuth(), Map.of()))
        .extracting(ConfigException::reason)
        .isEqualTo(
            "--host "
                + host
                + ": others could use this server without logging in; set auth.tokens_file or"
                + " AGENTSTREAM_TOKENS, or say --insecure-no-authentication");

    assertThat(Visitors.of(options, noAuth(), TOKENS).shareAll()).isFalse();
    Options insecure = Options.parse("--host", host, "--insecure-no-authentication");
    assertThat(Visitors.of(insecure, noAuth(), Map.of()).shareAll()).isFalse();
  }

  @Test
  void what_is_shared_can_be_said() throws ConfigException {
    Options here = Options.parse();
    assertThat(Visitors.of(here, noAuth(), TOKENS).shareAll()).isFalse();
    assertThat(Visitors.of(here, sharing(true), TOKENS).shareAll()).isTrue();
    assertThat(Visitors.of(here, sharing(false), Map.of()).shareAll()).isFalse();
  }

  @Test
  void a_bearer_token_is_taken_from_the_handshake_or_awaited() throws ConfigException {
    BearerTokens bearer = new BearerTokens(Visitors.of(Options.parse(), noAuth(), TOKENS).tokens());

    assertThat(of(bearer, "Bearer " + TOKEN)).isEqualTo(Authentication.of("ann"));
    assertThat(of(bearer, "bearer  " + TOKEN)).isEqualTo(Authentication.of("ann"));
    assertThat(of(bearer, "Bearer x" + TOKEN)).isEqualTo(Authentication.refused());
    assertThat(of(bearer, "Basic " + TOKEN)).isEqualTo(Authentication.awaitToken());
    assertThat(bearer.authenticate(Handshake.none()).toCompletableFuture().join())
        .isEqualTo(Authentication.awaitToken());
    assertThat(bearer.authenticate(TOKEN, Handshake.none()).toCompletableFuture().join())
        .isEqualTo(Authentication.of("ann"));
  }

  private static Authentication of(BearerTokens bearer, String header) {
    Map<String, List<String>> headers = Map.of("Authorization", List.of(header));
    return bearer
        .authenticate(new Handshake(headers, false, null, null, null))
        .toCompletableFuture()
        .join();
  }

  private static ServerConfig noAuth() {
    return ServerConfig.defaults();
  }

  private static ServerConfig sharing(boolean all) {
    return new ServerConfig(
        List.of(),
        Limits.defaults(),
        Timeouts.defaults(),
        Duration.ZERO,
        List.of(),
        new AuthConfig(null, all),
        RedisSpec.none(),
        ObservationConfig.defaults());
  }
}
