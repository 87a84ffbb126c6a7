package io.agentstream.identity;

import java.util.Objects;

/**
 * Whom a connection belongs to.
 *
 * @param id for a known user the one that stays the same over connections and restarts; for an
 *     anonymous one that of the connection
 * @param anonymous whether the server does not know who it is
 */
public record User(String id, boolean anonymous) {

  /**
   * @throws IllegalArgumentException if {@code id} is blank
   */
  public User {
    Objects.requireNonNull(id, "id");
    if (id.isBlank()) {
      throw new IllegalArgumentException("A user's id must not be blank");
    }
  }

  /** A known user. */
  public static User of(String id) {
    return new User(id, false);
  }

  /** A viewer nobody knows, who is another one on each connection. */
  public static User anonymous(String connectionId) {
    return new User(connectionId, true);
  }
}
