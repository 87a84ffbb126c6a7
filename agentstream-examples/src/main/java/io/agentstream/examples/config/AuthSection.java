package io.agentstream.examples.config;

import io.agentstream.identity.AllowedOrigins;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code auth} and {@code allowed_origins}. */
final class AuthSection {

  private static final Set<String> KEYS = Set.of("tokens_file", "share_all_conversations");

  private AuthSection() {}

  /**
   * Reads {@code auth}.
   *
   * @param folder the folder to which the path of the tokens' file is relative
   */
  static AuthConfig read(Section root, Path folder) throws ConfigException {
    Section section = root.section("auth", KEYS);
    if (section == null) {
      return AuthConfig.defaults();
    }
    return new AuthConfig(tokensFile(section, folder), section.yesOrNo("share_all_conversations"));
  }

  private static @Nullable Path tokensFile(Section section, Path folder) throws ConfigException {
    String file = section.text("tokens_file");
    try {
      return file == null ? null : folder.resolve(file);
    } catch (InvalidPathException e) {
      throw section.wrong("tokens_file", "is no file name");
    }
  }

  static List<String> allowedOrigins(Section root) throws ConfigException {
    List<String> origins = root.texts("allowed_origins");
    if (origins == null) {
      return List.of();
    }
    for (int i = 0; i < origins.size(); i++) {
      try {
        AllowedOrigins.of(origins.get(i));
      } catch (IllegalArgumentException e) {
        throw root.wrong("allowed_origins[" + i + "]", String.valueOf(e.getMessage()));
      }
    }
    return origins;
  }
}
