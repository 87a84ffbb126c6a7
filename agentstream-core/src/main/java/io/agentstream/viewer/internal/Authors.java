package io.agentstream.viewer.internal;

import io.agentstream.event.Author;
import io.agentstream.identity.User;
import io.agentstream.internal.PersonName;

/** Shows users as the authors of what they say and do. */
public final class Authors {

  private Authors() {}

  /**
   * Returns the user as others see them: a known user without a name is called by the id, an
   * anonymous one has no name.
   */
  public static Author of(User user) {
    String name = user.name() == null && !user.anonymous() ? user.id() : user.name();
    String clean = name == null ? null : PersonName.clean(name);
    return new Author(user.id(), clean, !user.anonymous());
  }
}
