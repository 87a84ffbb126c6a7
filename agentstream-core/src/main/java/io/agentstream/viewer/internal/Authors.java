package io.agentstream.viewer.internal;

import io.agentstream.event.Author;
import io.agentstream.identity.User;
import io.agentstream.internal.PersonName;

/** Makes the authors of events from users. */
public final class Authors {

  private Authors() {}

  /**
   * Returns the user as others see them. The name of a known user without a name is the id; an
   * anonymous user has no name.
   */
  public static Author of(User user) {
    String name = user.name() == null && !user.anonymous() ? user.id() : user.name();
    String clean = name == null ? null : PersonName.clean(name);
    return new Author(user.id(), clean, !user.anonymous());
  }
}
