package io.agentstream.examples.server;

import io.agentstream.examples.config.Tokens;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Authenticates users by their tokens: in {@code Authorization: Bearer …} of the handshake, or in
 * {@code authenticate}, because a browser cannot send that header. Other schemes are ignored: they
 * are the login of a proxy that passes the header on.
 */
final class BearerTokens implements Authenticator {

  private static final String SCHEME = "bearer ";

  private final Tokens tokens;
  private final WrongTokens wrong;
  private final ClientAddress address;

  /**
   * @param within how long a viewer has to authenticate
   */
  BearerTokens(Tokens tokens, ClientAddress address, ChatClock clock, Duration within) {
    this.tokens = tokens;
    this.address = address;
    this.wrong = new WrongTokens(clock, within);
  }

  @Override
  public CompletionStage<Authentication> authenticate(Handshake handshake) {
    String header = handshake.header("Authorization");
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return CompletableFuture.completedStage(Authentication.awaitToken());
    }
    return authenticate(header.substring(SCHEME.length()).strip(), handshake);
  }

  @Override
  public CompletionStage<Authentication> authenticate(String token, Handshake handshake) {
    return tokens
        .userOf(token)
        .map(user -> CompletableFuture.completedStage(Authentication.of(user)))
        .orElseGet(() -> wrong.refuse(address.of(handshake)));
  }
}
