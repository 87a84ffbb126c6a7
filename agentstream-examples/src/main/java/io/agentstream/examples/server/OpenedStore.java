package io.agentstream.examples.server;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.StoreSpec;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.journal.UnavailableException;
import io.agentstream.store.Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store of conversations that the configuration names. */
final class OpenedStore {

  private static final Logger log = LoggerFactory.getLogger(OpenedStore.class);

  private OpenedStore() {}

  /**
   * Opens the store of a single node.
   *
   * @return null if the configuration names none, so that conversations end with the process
   * @throws ConfigException if the store cannot be used; the message does not contain the password
   */
  static @Nullable Store open(StoreSpec spec, Map<String, String> environment)
      throws ConfigException {
    Path folder = spec.folder();
    return folder == null
        ? at(spec, environment, JdbcStore::at)
        : opened("--data", () -> JdbcStore.inFolder(folder));
  }

  /**
   * Opens the database that several nodes share.
   *
   * @return null if the configuration names none; a folder does not count, because other nodes
   *     cannot read it
   * @throws ConfigException if the store cannot be used; the message does not contain the password
   */
  static @Nullable Store openForNodes(StoreSpec spec, Map<String, String> environment)
      throws ConfigException {
    return at(spec, environment, JdbcStore::ofNodesAt);
  }

  private interface Opening {
    Store at(String url, @Nullable String user, @Nullable String password);
  }

  private static @Nullable Store at(
      StoreSpec spec, Map<String, String> environment, Opening opening) throws ConfigException {
    String url = spec.url();
    if (url == null) {
      return null;
    }
    String password = password(spec, environment);
    return opened("store.url", () -> opening.at(url, spec.user(), password));
  }

  private static Store opened(String setting, Supplier<Store> opening) throws ConfigException {
    try {
      return opening.get();
    } catch (UnavailableException | IllegalStateException | IllegalArgumentException e) {
      throw new ConfigException(setting + ": " + e.getMessage());
    }
  }

  /** Logs where conversations are kept. */
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
