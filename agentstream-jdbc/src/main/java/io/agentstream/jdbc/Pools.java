package io.agentstream.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.agentstream.journal.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens small pools of connections: one for the thread that writes, and some that read. */
final class Pools {

  private static final int CONNECTIONS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String SOCKET_SECONDS = "30";

  private static final String NAME = "agentstream";
  private static final int IN_USE = 90020;
  private static final int UNKNOWN_SETTING = 90113;
  private static final int BROKEN_FROM = 90028;
  private static final int BROKEN_TO = 90030;

  private Pools() {}

  static HikariDataSource h2(Path folder) {
    Path absolute = folder.toAbsolutePath();
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw new UnavailableException(
          "The folder " + folder + " cannot be made: name another, or make it");
    }
    HikariConfig config = config();
    config.setJdbcUrl(H2Settings.with("jdbc:h2:file:" + absolute.resolve(NAME)));
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw new UnavailableException(h2Problem(folder, e));
    }
  }

  private static String h2Problem(Path folder, PoolInitializationException e) {
    int code = e.getCause() instanceof SQLException cause ? cause.getErrorCode() : 0;
    if (code == IN_USE) {
      return "Another server has the folder " + folder + " open: stop it, or name another folder";
    }
    if (code >= BROKEN_FROM && code <= BROKEN_TO) {
      return "The database in the folder "
          + folder
          + " is broken: put a backup in its place, or move the folder away to begin anew";
    }
    return "The database in the folder " + folder + " cannot be opened, H2 gives code " + code;
  }

  static HikariDataSource at(String url, @Nullable String user, @Nullable String password) {
    HikariConfig config = config();
    config.setJdbcUrl(H2Settings.with(url));
    if (user != null) {
      config.setUsername(user);
    }
    if (password != null) {
      config.setPassword(password);
    }
    if (url.startsWith("jdbc:postgresql:")) {
      config.addDataSourceProperty("socketTimeout", SOCKET_SECONDS);
      config.addDataSourceProperty("connectTimeout", Long.toString(PATIENCE.toSeconds()));
      config.addDataSourceProperty("tcpKeepAlive", "true");
      config.addDataSourceProperty("ApplicationName", NAME);
    }
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw new UnavailableException(problem(e));
    } catch (RuntimeException e) {
      // Without the reason, which may quote the URL with its password.
      throw new IllegalArgumentException(
          "The URL must be one of H2 or PostgreSQL, such as jdbc:postgresql://localhost/agentstream");
    }
  }

  private static String problem(PoolInitializationException e) {
    SQLException cause = e.getCause() instanceof SQLException sql ? sql : new SQLException();
    return switch (cause.getErrorCode()) {
      case IN_USE -> "Another server has the database open: stop it, or name another";
      case UNKNOWN_SETTING -> "The URL has a setting that H2 does not know";
      default ->
          "The database cannot be reached or does not let this user in, SQLState "
              + cause.getSQLState();
    };
  }

  /** Has a pool open new connections in place of all that it has. */
  static void renew(DataSource source) {
    if (source instanceof HikariDataSource pool && pool.getHikariPoolMXBean() != null) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  private static HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName(NAME);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(PATIENCE.toMillis());
    return config;
  }
}
