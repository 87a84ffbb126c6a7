package io.agentstream.identity;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Finds out who a viewer is: by what the handshake brought, by a token that the viewer sends
 * afterwards, or by either. Both methods are called on the hub's executor, where they may block,
 * and from several threads at once; they may also answer later.
 *
 * <p>{@link io.agentstream.settings.Timeouts#authentication()} bounds the time from the handshake
 * to the answer. What they throw, or fail with, closes the connection so that the viewer comes
 * back; of such a failure only the class is logged, since its text may hold what the viewer sent.
 */
public interface Authenticator {

  /**
   * Looks at a connection before it is welcomed. By default a token is awaited.
   *
   * @param handshake its cookies and headers
   */
  default CompletionStage<Authentication> authenticate(Handshake handshake) {
    return CompletableFuture.completedStage(Authentication.awaitToken());
  }

  /**
   * Looks at a token, of a viewer who is not known yet or whose authentication is renewed. By
   * default no token is good.
   *
   * @param token not blank; compare it in constant time
   * @param handshake what the connection began with
   */
  default CompletionStage<Authentication> authenticate(String token, Handshake handshake) {
    return CompletableFuture.completedStage(Authentication.refused());
  }

  /** One that goes by cookies or headers alone; {@code look} may block. */
  static Authenticator byHandshake(Function<Handshake, Authentication> look) {
    return new Authenticator() {
      @Override
      public CompletionStage<Authentication> authenticate(Handshake handshake) {
        return CompletableFuture.completedStage(look.apply(handshake));
      }
    };
  }

  /** One that awaits a token of each viewer; {@code look} may block. */
  static Authenticator byToken(BiFunction<String, Handshake, Authentication> look) {
    return new Authenticator() {
      @Override
      public CompletionStage<Authentication> authenticate(String token, Handshake handshake) {
        return CompletableFuture.completedStage(look.apply(token, handshake));
      }
    };
  }
}
