package io.agentstream.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Makes the tables and brings older ones up to date. Each step is a file {@code v1.sql}, {@code
 * v2.sql} and so on, runs once and in a transaction, and is entered in {@code agentstream_schema}.
 */
final class Migrations {

  /** The newest version that this library knows. */
  static final int NEWEST = 3;

  private final Product product;

  Migrations(Product product) {
    this.product = product;
  }

  /**
   * Runs the steps that are missing.
   *
   * @throws IllegalStateException if the tables were made by a newer library
   */
  void run(Database database) {
    int version = database.write(Migrations::version);
    if (version > NEWEST) {
      throw new IllegalStateException(
          "The database has version "
              + version
              + " of agentstream's tables, this agentstream knows up to version "
              + NEWEST
              + ": use the agentstream that wrote it, or a newer one");
    }
    for (int step = version + 1; step <= NEWEST; step++) {
      int next = step;
      database.write(connection -> apply(connection, next));
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS agentstream_schema"
              + " (version INTEGER NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)");
      try (ResultSet row =
          statement.executeQuery("SELECT COALESCE(MAX(version), 0) FROM agentstream_schema")) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private boolean apply(Connection connection, int version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : script(version).split(";\\s*\n", -1)) {
        if (!sql.isBlank()) {
          statement.execute(product.sql(sql));
        }
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO agentstream_schema VALUES (?, ?)")) {
      insert.setInt(1, version);
      insert.setLong(2, System.currentTimeMillis());
      return insert.executeUpdate() == 1;
    }
  }

  private static String script(int version) {
    String name = "v" + version + ".sql";
    try (InputStream in = Objects.requireNonNull(Migrations.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
