package io.agentstream.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The SQL of {@link ServerLock}, for PostgreSQL. */
final class LockStatements {

  /** Names the lock among those of other programs in the same database. */
  private static final long KEY = 0x6167656E74737472L;

  /** Names the lock of the node that brings the tables up to date. */
  private static final long TABLES = KEY + 1;

  private static final String SET = "UPDATE agentstream_server SET server = ?";

  private LockStatements() {}

  /** The database's process for a connection. A later process can have the same number. */
  record Backend(int pid, String startedAt) {}

  static boolean lock(Connection connection, Sharing sharing) throws SQLException {
    return isTrue(connection, "SELECT " + sharing.lock + "(" + KEY + ")");
  }

  static void unlock(Connection connection, Sharing sharing) throws SQLException {
    execute(connection, "SELECT " + sharing.unlock + "(" + KEY + ")");
  }

  static void lockTables(Connection connection) throws SQLException {
    execute(connection, "SELECT pg_advisory_lock(" + TABLES + ")");
  }

  static void unlockTables(Connection connection) throws SQLException {
    execute(connection, "SELECT pg_advisory_unlock(" + TABLES + ")");
  }

  static Backend backend(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pid, extract(epoch FROM backend_start)::text FROM pg_stat_activity"
                    + " WHERE pid = pg_backend_pid()")) {
      row.next();
      return new Backend(row.getInt(1), row.getString(2));
    }
  }

  /**
   * Ends the process of an earlier connection, which the database can take for open long after it
   * has broken.
   *
   * @return false if there is none any more
   */
  static boolean end(Connection connection, Backend backend) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE pid = ? AND extract(epoch FROM backend_start)::text = ?")) {
      statement.setInt(1, backend.pid());
      statement.setString(2, backend.startedAt());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Returns which server has used the database last; empty if none has entered itself. */
  static String lastServer(Connection connection) throws SQLException {
    execute(
        connection, "CREATE TABLE IF NOT EXISTS agentstream_server (server VARCHAR(64) NOT NULL)");
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT server FROM agentstream_server")) {
      return row.next() ? row.getString(1) : "";
    }
  }

  static void enter(Connection connection, String server) throws SQLException {
    if (update(connection, SET, server) == 0) {
      update(connection, "INSERT INTO agentstream_server VALUES (?)", server);
    }
  }

  private static int update(Connection connection, String sql, String server) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, server);
      return statement.executeUpdate();
    }
  }

  private static boolean isTrue(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
