package io.agentstream.chat;

import io.agentstream.internal.NameKey;
import io.agentstream.internal.PlainText;
import java.util.Objects;
import java.util.Set;

/** Checks what an agent may be called. */
final class AgentName {

  private static final Set<String> RESERVED = Set.of("user", "system", "assistant", "tool");

  private AgentName() {}

  /**
   * Returns the name.
   *
   * @throws IllegalArgumentException if no agent can be called that
   */
  static String checked(String name) {
    Objects.requireNonNull(name, "name");
    if (name.isBlank() || name.length() > Agent.MAX_NAME_LENGTH || !name.equals(name.strip())) {
      throw new IllegalArgumentException(
          "An agent's name must have 1 to "
              + Agent.MAX_NAME_LENGTH
              + " characters and no space at either end: '"
              + name
              + "'");
    }
    if (PlainText.breaksLines(name)) {
      throw new IllegalArgumentException("An agent's name must not hold control characters");
    }
    if (RESERVED.contains(NameKey.of(name))) {
      throw new IllegalArgumentException(
          "An agent cannot be called '"
              + name
              + "': that stands for somebody else in every prompt. Choose another name");
    }
    return name;
  }
}
