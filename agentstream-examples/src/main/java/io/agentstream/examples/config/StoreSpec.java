package io.agentstream.examples.config;

import io.agentstream.store.StoreSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says where conversations are kept.
 *
 * @param folder the folder of an embedded database; null for none
 * @param url the JDBC URL of a database; null for none
 * @param user the user of that database; null if the URL names it
 * @param passwordEnv the environment variable that holds the password; null for none
 * @param settings how the store is used
 */
public record StoreSpec(
    @Nullable Path folder,
    @Nullable String url,
    @Nullable String user,
    @Nullable String passwordEnv,
    StoreSettings settings) {

  /** The folder where the command line and the configuration name nothing. */
  public static final Path DEFAULT_FOLDER = Path.of("agentstream-data");

  /** Keeps nothing beyond the process. */
  public static StoreSpec inMemory() {
    return in(null, StoreSettings.defaults());
  }

  /** Returns true if conversations end with the process. */
  public boolean isInMemory() {
    return folder == null && url == null;
  }

  /** Returns this, with what the command line says, or the default folder if nothing says more. */
  public StoreSpec with(Options options) {
    if (options.inMemory()) {
      return in(null, settings);
    }
    Path data = options.data();
    if (data != null) {
      return in(data, settings);
    }
    return isInMemory() ? in(DEFAULT_FOLDER, settings) : this;
  }

  private static StoreSpec in(@Nullable Path folder, StoreSettings settings) {
    return new StoreSpec(folder, null, null, null, settings);
  }
}
