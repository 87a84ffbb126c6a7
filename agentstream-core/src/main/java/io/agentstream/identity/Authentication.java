package io.agentstream.identity;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The result of an {@link Authenticator}. */
public sealed interface Authentication {

  /** Returns a known user, for as long as the connection lasts. */
  static Authentication of(String userId) {
    return new Known(User.of(userId), null);
  }

  /**
   * Returns a known user until {@code expiresAt}. The viewer is warned before that time and closed
   * at it, unless it authenticates again. An authentication that has already expired counts as
   * refused.
   */
  static Authentication of(String userId, Instant expiresAt) {
    return new Known(User.of(userId), Objects.requireNonNull(expiresAt, "expiresAt"));
  }

  /** Returns a known user, who may have a name, for as long as the connection lasts. */
  static Authentication of(User user) {
    return new Known(Objects.requireNonNull(user, "user"), null);
  }

  /** Returns an anonymous viewer, who may stay anonymous or authenticate later. */
  static Authentication anonymous() {
    return new Anonymous();
  }

  /**
   * Returns that the viewer is not known yet and must send a token. As the result for a token it
   * means refused.
   */
  static Authentication awaitToken() {
    return new AwaitToken();
  }

  /** Returns that the viewer is not admitted. */
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
