package io.agentstream.identity;

import java.util.Objects;

/**
 * The user of a connection.
 *
 * @param id for a known user, an id that stays the same over connections and restarts; for an
 *     anonymous one, the connection's id
 * @param anonymous true if the server does not know the user
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

  /** Returns a known user. */
  public static User of(String id) {
    return new User(id, false);
  }

  /** Returns an anonymous user, who is a different one on each connection. */
  public static User anonymous(String connectionId) {
    return new User(connectionId, true);
  }
}
