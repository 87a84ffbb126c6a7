package io.agentstream.event;

import java.util.Objects;

/**
 * A message that was said before a conversation began, for example in another program. The
 * conversation's history begins with it.
 *
 * @param role the kind of sender
 * @param sender the name of an agent or, for a message from a person, any other name
 * @param content the text; not blank
 */
public record PastMessage(NewMessage.Role role, String sender, String content) {

  /**
   * @throws IllegalArgumentException if the sender or the content is blank
   */
  public PastMessage {
    Objects.requireNonNull(role, "role");
    if (sender.isBlank() || content.isBlank()) {
      throw new IllegalArgumentException("A past message has a sender and a content");
    }
  }
}
