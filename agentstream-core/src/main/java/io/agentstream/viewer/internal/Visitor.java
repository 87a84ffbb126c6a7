package io.agentstream.viewer.internal;

import io.agentstream.identity.User;
import org.jspecify.annotations.Nullable;

/**
 * A user who asks for something in a conversation.
 *
 * @param shareToken the token of the link by which the user came to it; null for none
 */
public record Visitor(User user, @Nullable String shareToken) {

  /** Returns a text without the token. */
  @Override
  public String toString() {
    return "Visitor[" + user.id() + "]";
  }
}
