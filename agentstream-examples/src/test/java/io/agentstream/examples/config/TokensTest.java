package io.agentstream.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final String OF_ANN = "7c1e09fb3a52d846";
  private static final String OF_BEN = "be:n4:9f:c7:02:e";

  @TempDir Path folder;

  @Test
  void users_are_found_by_their_tokens_from_both_places() throws Exception {
    Path file = file("# users of the house\n\n ann : " + OF_ANN + " \nann:" + OF_ANN + "new\n");

    Tokens tokens = Tokens.read(file, Map.of("AGENTSTREAM_TOKENS", "ben:" + OF_BEN + ", "));

    assertThat(tokens.isEmpty()).isFalse();
    assertThat(tokens.userOf(OF_ANN)).contains("ann");
    assertThat(tokens.userOf(OF_ANN + "new")).contains("ann");
    assertThat(tokens.userOf(OF_BEN)).contains("ben");
    assertThat(tokens.userOf(OF_ANN + "x")).isEmpty();
    assertThat(tokens.userOf("")).isEmpty();
  }

  @Test
  void there_need_be_none() throws Exception {
    assertThat(Tokens.read(null, Map.of()).isEmpty()).isTrue();
    assertThat(Tokens.read(null, Map.of("AGENTSTREAM_TOKENS", " ")).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"canarycanarycanary", ":canarycanarycanary", "ann:canary", "ann:", " : canary "})
  void a_wrong_entry_is_named_by_its_place_and_not_shown(String entry) throws Exception {
    Path file = file("ben:" + OF_BEN + "\n" + entry);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Tokens.read(file, Map.of()))
        .satisfies(
            e -> assertThat(e.reason()).startsWith(file + ": line 2: ").doesNotContain("canary"));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Tokens.read(null, Map.of("AGENTSTREAM_TOKENS", entry)))
        .satisfies(
            e ->
                assertThat(e.reason())
                    .startsWith("AGENTSTREAM_TOKENS: entry 1: ")
                    .doesNotContain("canary"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "canary",
        "aaaaaaaaaaaaaaaa",
        "aaaaaaaaaaaaaaab",
        "abababababababab",
        "aaaabbbbccccddddd",
        "canary7canary7canary7",
        "0123456789abcdef",
        "1234567890123456",
        "fedcba9876543210",
        "abcdefghijklmnopqrstuvwxyz",
        "canary0000000000000000",
        "passwordcanary-password",
        "ChangeMeChangeIt1changeme",
        "my-secret-token-1",
        "your-token-goes-here",
        "replace-this-token!",
        "P@ssw0rd-4-P@ssw0rd",
        "qwertyuiopasdfghjkl",
        "1q2w3e4r5t6y7u8i9o",
        "correcthorsebatterystaple"
      })
  void a_token_that_can_be_guessed_is_refused_with_the_remedy_and_not_shown(String token) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Tokens.read(null, Map.of("AGENTSTREAM_TOKENS", "ann:" + token)))
        .satisfies(
            e ->
                assertThat(e.reason())
                    .startsWith("AGENTSTREAM_TOKENS: entry 1: the token of 'ann' ")
                    .endsWith("; make one with: openssl rand -hex 32")
                    .doesNotContain(token)
                    .doesNotContain("canary"));
  }

  @RepeatedTest(100)
  void what_openssl_makes_is_taken_however_it_is_written() throws Exception {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    for (String token :
        List.of(
            HexFormat.of().formatHex(random),
            Base64.getEncoder().encodeToString(random),
            UUID.randomUUID().toString())) {
      Tokens tokens = Tokens.read(null, Map.of("AGENTSTREAM_TOKENS", "ann:" + token));
      assertThat(tokens.userOf(token)).contains("ann");
    }
  }

  @Test
  void two_users_with_the_same_token_are_refused_and_one_user_with_it_twice_is_not()
      throws Exception {
    Path file = file("ann:" + OF_ANN + "\nann:" + OF_ANN + "\n");
    assertThat(Tokens.read(file, Map.of()).userOf(OF_ANN)).contains("ann");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Tokens.read(file, Map.of("AGENTSTREAM_TOKENS", "ben:" + OF_ANN)))
        .extracting(ConfigException::reason)
        .isEqualTo(
            "AGENTSTREAM_TOKENS: entry 1: 'ben' has the same token as 'ann'; give each user"
                + " another one: make one with: openssl rand -hex 32");
  }

  @Test
  void a_file_that_is_not_there_or_holds_nothing_is_an_error() throws Exception {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Tokens.read(folder.resolve("none"), Map.of()))
        .extracting(ConfigException::reason)
        .isEqualTo(folder.resolve("none") + ": there is no such file");
    Path empty = file("# nobody\n");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Tokens.read(empty, Map.of()))
        .extracting(ConfigException::reason)
        .isEqualTo(empty + ": holds no token; write user:token on a line");
  }

  @Test
  void its_text_shows_no_token() throws Exception {
    Tokens tokens = Tokens.read(null, Map.of("AGENTSTREAM_TOKENS", "ann:" + OF_ANN));
    assertThat(tokens.toString()).isEqualTo("Tokens[ann]");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("tokens.txt"), content);
  }
}
