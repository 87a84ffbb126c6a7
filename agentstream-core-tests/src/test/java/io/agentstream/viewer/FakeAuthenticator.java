package io.agentstream.viewer;

import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows some tokens, takes one in the cookie {@code token} too, and answers late if asked to. */
public final class FakeAuthenticator implements Authenticator {

  private final Map<String, Authentication> tokens = new HashMap<>();
  private Authentication withoutCookie = Authentication.awaitToken();
  private boolean late;
  public CompletableFuture<Authentication> pending = new CompletableFuture<>();

  public FakeAuthenticator knows(String token, Authentication outcome) {
    tokens.put(token, outcome);
    return this;
  }

  public FakeAuthenticator withoutCookie(Authentication outcome) {
    withoutCookie = outcome;
    return this;
  }

  /** From now on the test answers through {@link #pending}. */
  public FakeAuthenticator late() {
    late = true;
    pending = new CompletableFuture<>();
    return this;
  }

  @Override
  public CompletionStage<Authentication> authenticate(Handshake handshake) {
    String cookie = handshake.cookie("token");
    return answer(cookie == null ? withoutCookie : outcomeOf(cookie));
  }

  @Override
  public CompletionStage<Authentication> authenticate(String token, Handshake handshake) {
    return answer(outcomeOf(token));
  }

  private Authentication outcomeOf(String token) {
    return tokens.getOrDefault(token, Authentication.refused());
  }

  private CompletionStage<Authentication> answer(Authentication outcome) {
    return late ? pending : CompletableFuture.completedStage(outcome);
  }
}
