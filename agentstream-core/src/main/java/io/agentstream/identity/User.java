package io.agentstream.identity;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The user of a connection.
 *
 * @param id for a known user, an id that stays the same over connections and restarts; for an
 *     anonymous one, the connection's id
 * @param anonymous true if the server does not know the user
 * @param name the user's name for other people and for agents; null for none. A known user without
 *     a name is called by the id. It does not tell users apart: two users with one id are equal.
 */
public record User(String id, boolean anonymous, @Nullable String name) {

  /**
   * @throws IllegalArgumentException if {@code id} is blank
   */
  public User {
    Objects.requireNonNull(id, "id");
    if (id.isBlank()) {
      throw new IllegalArgumentException("A user's id must not be blank");
    }
  }

  /** Creates a user without a name. */
  public User(String id, boolean anonymous) {
    this(id, anonymous, null);
  }

  /** Returns a known user. */
  public static User of(String id) {
    return new User(id, false);
  }

  /** Returns a known user with a name. */
  public static User of(String id, String name) {
    return new User(id, false, Objects.requireNonNull(name, "name"));
  }

  /** Returns an anonymous user, who is a different one on each connection. */
  public static User anonymous(String connectionId) {
    return new User(connectionId, true);
  }

  /** Returns the same user under a name. */
  public User named(String other) {
    return new User(id, anonymous, Objects.requireNonNull(other, "other"));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof User user && anonymous == user.anonymous && id.equals(user.id);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, anonymous);
  }
}
