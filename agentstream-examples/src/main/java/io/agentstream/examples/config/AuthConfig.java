package io.agentstream.examples.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the server.
 *
 * @param tokensFile the file with the users' tokens, or null
 * @param shareAllConversations true if every user sees and steers every conversation; null means
 *     true if the server listens on this machine's own address and nobody has to log in
 */
public record AuthConfig(@Nullable Path tokensFile, @Nullable Boolean shareAllConversations) {

  /** Returns the defaults, for a file without this section. */
  public static AuthConfig defaults() {
    return new AuthConfig(null, null);
  }
}
