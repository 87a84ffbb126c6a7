package io.agentstream.viewer.internal;

import io.agentstream.identity.User;

/**
 * The sender of a request.
 *
 * @param party the party to which it counts
 * @param links the links by which the connection came to conversations
 * @param presences the conversations in which the connection takes part
 */
record Asker(User user, Party party, Links links, Presences presences) {

  /** Returns the sender with the link by which the connection came to a conversation. */
  Visitor in(String conversationId) {
    return links.visitor(user, conversationId, null);
  }
}
