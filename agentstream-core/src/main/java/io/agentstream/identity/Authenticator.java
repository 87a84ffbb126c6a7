package io.agentstream.identity;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Authenticates viewers: by the handshake, by a token that the viewer sends afterwards, or by
 * either. Both methods are called on the hub's executor, where they may block, and from several
 * threads at once. They may also complete later.
 *
 * <p>{@link io.agentstream.settings.Timeouts#authentication()} bounds the time from the handshake
 * to the result. An exception closes the connection with a code that lets the viewer come back.
 * Only the exception's class is logged, because its text may contain the viewer's secrets.
 */
public interface Authenticator {

  /**
   * Authenticates a connection before its welcome. By default it waits for a token.
   *
   * @param handshake the cookies and headers
   */
  default CompletionStage<Authentication> authenticate(Handshake handshake) {
    return CompletableFuture.completedStage(Authentication.awaitToken());
  }

  /**
   * Checks the token of a viewer who is not known yet or who renews the authentication. By default
   * every token is refused.
   *
   * @param token not blank; compare it in constant time
   * @param handshake the connection's handshake
   */
  default CompletionStage<Authentication> authenticate(String token, Handshake handshake) {
    return CompletableFuture.completedStage(Authentication.refused());
  }

  /** Returns an authenticator that uses only cookies or headers; {@code look} may block. */
  static Authenticator byHandshake(Function<Handshake, Authentication> look) {
    return new Authenticator() {
      @Override
      public CompletionStage<Authentication> authenticate(Handshake handshake) {
        return CompletableFuture.completedStage(look.apply(handshake));
      }
    };
  }

  /** Returns an authenticator that requires a token of each viewer; {@code look} may block. */
  static Authenticator byToken(BiFunction<String, Handshake, Authentication> look) {
    return new Authenticator() {
      @Override
      public CompletionStage<Authentication> authenticate(String token, Handshake handshake) {
        return CompletableFuture.completedStage(look.apply(token, handshake));
      }
    };
  }
}
