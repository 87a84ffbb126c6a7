package io.agentstream.identity;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an {@link Authenticator} finds out about a viewer. */
public sealed interface Authentication {

  /** A known user, for as long as the connection lasts. */
  static Authentication of(String userId) {
    return new Known(User.of(userId), null);
  }

  /**
   * A known user, until {@code expiresAt}: the viewer is warned before and closed then, unless it
   * authenticates anew. What has expired already counts as refused.
   */
  static Authentication of(String userId, Instant expiresAt) {
    return new Known(User.of(userId), Objects.requireNonNull(expiresAt, "expiresAt"));
  }

  /** Nobody in particular, who may go on as such, and may authenticate later. */
  static Authentication anonymous() {
    return new Anonymous();
  }

  /** Not known yet: the viewer has to send a token. To a token it means the same as refused. */
  static Authentication awaitToken() {
    return new AwaitToken();
  }

  /** Not to be let in. */
  static Authentication refused() {
    return new Refused();
  }

  /**
   * See {@link Authentication#of(String, Instant)}.
   *
   * @param expiresAt null for never
   */
  record Known(User user, @Nullable Instant expiresAt) implements Authentication {}

  /** See {@link Authentication#anonymous()}. */
  record Anonymous() implements Authentication {}

  /** See {@link Authentication#awaitToken()}. */
  record AwaitToken() implements Authentication {}

  /** See {@link Authentication#refused()}. */
  record Refused() implements Authentication {}
}
