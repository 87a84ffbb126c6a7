package io.agentstream.http.served;

import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows one user by one token. */
public record OneToken(String token, String user) implements Authenticator {

  @Override
  public CompletionStage<Authentication> authenticate(Handshake handshake) {
    return CompletableFuture.completedStage(Authentication.awaitToken());
  }

  @Override
  public CompletionStage<Authentication> authenticate(String given, Handshake handshake) {
    return CompletableFuture.completedStage(
        given.equals(token) ? Authentication.of(user) : Authentication.refused());
  }
}
