package io.agentstream.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The person who said or did something in a conversation.
 *
 * @param id the person's id; for an anonymous viewer, the id of the connection
 * @param name the name under which agents and viewers know the person, in one line; null if the
 *     person gave none
 * @param verified true if the application vouches for the name, false if the person chose it
 */
public record Author(String id, @Nullable String name, boolean verified) {

  /**
   * @throws IllegalArgumentException if {@code id} is blank
   */
  public Author {
    Objects.requireNonNull(id, "id");
    if (id.isBlank()) {
      throw new IllegalArgumentException("An author's id must not be blank");
    }
  }

  /** Returns a person whom the application knows. */
  public static Author of(String id, String name) {
    return new Author(id, Objects.requireNonNull(name, "name"), true);
  }

  /** Returns the same person under another name. */
  public Author named(@Nullable String other) {
    return Objects.equals(name, other) ? this : new Author(id, other, verified);
  }
}
