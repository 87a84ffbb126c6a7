package io.agentstream.viewer.internal;

import io.agentstream.identity.User;

/**
 * The sender of a request.
 *
 * @param party the party to which it counts
 */
record Asker(User user, Party party) {}
