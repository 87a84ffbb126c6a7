package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.examples.config.AuthConfig;
import io.agentstream.examples.config.CatalogueEdit;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ConfigFile;
import io.agentstream.examples.config.DeliveryConfig;
import io.agentstream.examples.config.HttpSpec;
import io.agentstream.examples.config.ObservationConfig;
import io.agentstream.examples.config.Options;
import io.agentstream.examples.config.RedisSpec;
import io.agentstream.examples.config.ServerConfig;
import io.agentstream.examples.config.StoreSpec;
import io.agentstream.hub.Editors;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorsTest {

  @TempDir private Path folder;

  private static final String TOKEN = "8f3a90c4d1b7e652";
  private static final Map<String, String> TOKENS = Map.of("AGENTSTREAM_TOKENS", "ann:" + TOKEN);

  private final ManualClock clock = new ManualClock();

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
    BearerTokens bearer =
        new BearerTokens(
            Visitors.of(Options.parse(), noAuth(), TOKENS).tokens(),
            new ClientAddress(HttpSpec.defaults()),
            clock,
            Timeouts.defaults().authentication());

    assertThat(of(bearer, "Bearer " + TOKEN)).isEqualTo(Authentication.of("ann"));
    assertThat(of(bearer, "bearer  " + TOKEN)).isEqualTo(Authentication.of("ann"));
    assertThat(of(bearer, "Bearer x" + TOKEN)).isEqualTo(Authentication.refused());
    assertThat(of(bearer, "Basic " + TOKEN)).isEqualTo(Authentication.awaitToken());
    assertThat(bearer.authenticate(Handshake.none()).toCompletableFuture().join())
        .isEqualTo(Authentication.awaitToken());
    assertThat(bearer.authenticate(TOKEN, Handshake.none()).toCompletableFuture().join())
        .isEqualTo(Authentication.of("ann"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cookie: token=%s",
        "Cookie: Authorization=Bearer %s",
        "Sec-WebSocket-Protocol: agentstream.v1, %s",
        "Proxy-Authorization: Bearer %s",
        "X-Authorization: Bearer %s",
        "Referer: http://localhost/?token=%s"
      })
  void a_token_is_taken_from_no_other_header(String header) throws ConfigException {
    BearerTokens bearer =
        new BearerTokens(
            Visitors.of(Options.parse(), noAuth(), TOKENS).tokens(),
            new ClientAddress(HttpSpec.defaults()),
            clock,
            Timeouts.defaults().authentication());
    String[] parts = header.formatted(TOKEN).split(": ", 2);
    Handshake handshake =
        new Handshake(Map.of(parts[0], List.of(parts[1])), false, null, null, null);
    assertThat(bearer.authenticate(handshake).toCompletableFuture().join())
        .isEqualTo(Authentication.awaitToken());
  }

  private Authentication of(BearerTokens bearer, String header) {
    Map<String, List<String>> headers = Map.of("Authorization", List.of(header));
    CompletableFuture<Authentication> known =
        bearer.authenticate(new Handshake(headers, false, null, null, null)).toCompletableFuture();
    clock.advance(Duration.ofSeconds(10));
    return known.join();
  }

  private static ServerConfig noAuth() {
    return ServerConfig.defaults();
  }

  private static ServerConfig sharing(boolean all) {
    return new ServerConfig(
        List.of(),
        Limits.defaults(),
        Quotas.defaults(),
        Timeouts.defaults(),
        DeliveryConfig.defaults(),
        List.of(),
        new AuthConfig(null, all),
        RedisSpec.none(),
        StoreSpec.inMemory(),
        HttpSpec.defaults(),
        ObservationConfig.defaults(),
        null,
        CatalogueEdit.OWNER);
  }

  @ParameterizedTest
  @CsvSource({
    "owner, 127.0.0.1, '', EVERYBODY",
    "owner, 127.0.0.1, token, AUTHENTICATED",
    "owner, 0.0.0.0, token, AUTHENTICATED",
    "owner, 0.0.0.0, '', AUTHENTICATED",
    "everybody, 0.0.0.0, '', EVERYBODY",
    "nobody, 127.0.0.1, '', NOBODY",
    "nobody, 127.0.0.1, token, NOBODY"
  })
  void who_may_make_agents_depends_on_the_setting_and_on_who_is_known(
      String edit, String host, String token, Editors editors) throws Exception {
    Path file =
        Files.writeString(folder.resolve("c.json"), "{\"catalogue\":{\"edit\":\"" + edit + "\"}}");
    Visitors visitors =
        Visitors.of(
            Options.parse("--host", host, "--insecure-no-authentication"),
            ConfigFile.read(file),
            token.isEmpty() ? Map.of() : TOKENS);
    assertThat(visitors.editors()).isEqualTo(editors);
  }

  @Test
  void an_unknown_word_for_who_may_make_agents_is_refused() throws Exception {
    Path file = Files.writeString(folder.resolve("c.json"), "{\"catalogue\":{\"edit\":\"me\"}}");
    assertThatThrownBy(() -> ConfigFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("catalogue.edit")
        .hasMessageContaining("nobody, owner or everybody");
  }
}
