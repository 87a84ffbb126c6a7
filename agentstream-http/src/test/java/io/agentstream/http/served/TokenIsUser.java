package io.agentstream.http.served;

import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows users by a token, in a command or in the cookie {@code login}: it is the user's id. */
public record TokenIsUser() implements Authenticator {

  @Override
  public CompletionStage<Authentication> authenticate(Handshake handshake) {
    String user = handshake.cookie("login");
    return CompletableFuture.completedStage(
        user == null ? Authentication.awaitToken() : Authentication.of(user));
  }

  @Override
  public CompletionStage<Authentication> authenticate(String token, Handshake handshake) {
    return CompletableFuture.completedStage(
        token.equals("wrong") ? Authentication.refused() : Authentication.of(token));
  }
}
