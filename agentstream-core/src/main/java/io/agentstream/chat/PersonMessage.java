package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.event.Delivery;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person's message to a conversation.
 *
 * @param text the text; not blank
 * @param author who says it; null if nobody is known
 * @param when the moment at which it enters the conversation
 * @param dedupeId an id for the message: the same message with the same id is accepted and adds no
 *     second one. The ids of an author whom the application knows are that author's own. May be
 *     null
 */
public record PersonMessage(
    String text, @Nullable Author author, Delivery when, @Nullable String dedupeId) {

  /**
   * @throws IllegalArgumentException if the text is blank
   */
  public PersonMessage {
    if (text.isBlank()) {
      throw new IllegalArgumentException("The text must not be blank");
    }
    Objects.requireNonNull(when, "when");
  }

  /** Returns a message for the end of the current turn, of nobody known and without an id. */
  public static PersonMessage of(String text) {
    return new PersonMessage(text, null, Delivery.TURN, null);
  }

  /** Returns the same message of this person. */
  public PersonMessage by(@Nullable Author person) {
    return new PersonMessage(text, person, when, dedupeId);
  }

  /** Returns the same message for another moment. */
  public PersonMessage at(Delivery moment) {
    return new PersonMessage(text, author, moment, dedupeId);
  }

  /** Returns the same message with an id. */
  public PersonMessage withId(@Nullable String id) {
    return new PersonMessage(text, author, when, id);
  }
}
