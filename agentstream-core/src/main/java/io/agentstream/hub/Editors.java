package io.agentstream.hub;

import io.agentstream.identity.User;

/** Says which users may make agents and teams of their own. */
public enum Editors {
  /** No user. */
  NOBODY,
  /** Users who have authenticated. */
  AUTHENTICATED,
  /** Everybody, also anonymous viewers, whose client keeps what they make. */
  EVERYBODY;

  boolean include(User user) {
    return this == EVERYBODY || (this == AUTHENTICATED && !user.anonymous());
  }
}
