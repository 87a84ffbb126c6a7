package io.agentstream.examples.server;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.StoreSpec;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.journal.UnavailableException;
import io.agentstream.store.Store;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what the configuration says that conversations are kept in. */
final class OpenedStore {

  private static final Logger log = LoggerFactory.getLogger(OpenedStore.class);

  private OpenedStore() {}

  /**
   * Opens it.
   *
   * @return null if conversations end with the process
   * @throws ConfigException if it cannot be used; the password is not told
   */
  static @Nullable Store open(StoreSpec spec, Map<String, String> environment)
      throws ConfigException {
    Path folder = spec.folder();
    String url = spec.url();
    try {
      if (folder != null) {
        return JdbcStore.inFolder(folder);
      }
      if (url != null) {
        return JdbcStore.at(url, spec.user(), password(spec, environment));
      }
    } catch (UnavailableException | IllegalStateException | IllegalArgumentException e) {
      throw new ConfigException((folder == null ? "store.url: " : "--data: ") + e.getMessage());
    }
    return null;
  }

  /** Says in the log where conversations are kept. */
  static void announce(StoreSpec spec) {
    Path folder = spec.folder();
    if (folder != null) {
      log.info("Conversations are kept in {}", folder.toAbsolutePath());
    } else if (spec.url() != null) {
      log.info("Conversations are kept in the database of store.url");
    } else {
      log.info("Conversations are kept in memory, and end with the server");
    }
  }

  private static @Nullable String password(StoreSpec spec, Map<String, String> environment)
      throws ConfigException {
    String variable = spec.passwordEnv();
    if (variable == null) {
      return null;
    }
    String password = environment.get(variable);
    if (password == null) {
      throw new ConfigException(
          "store.password_env: the environment has no variable '" + variable + "'");
    }
    return password;
  }
}
