package io.agentstream.examples.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the server.
 *
 * @param tokensFile where the users' tokens are; null for nowhere
 * @param shareAllConversations whether every user sees and steers every conversation; null for yes
 *     on this machine alone, as long as nobody has to log in
 */
public record AuthConfig(@Nullable Path tokensFile, @Nullable Boolean shareAllConversations) {

  /** Without the section. */
  public static AuthConfig defaults() {
    return new AuthConfig(null, null);
  }
}
