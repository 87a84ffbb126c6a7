package io.agentstream.jdbc;

import io.agentstream.journal.UnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server out of a PostgreSQL database, since each would continue the conversations
 * of the other. H2 locks its file by itself. The lock belongs to a connection, so it goes with the
 * process, however that ends.
 */
final class ServerLock implements AutoCloseable {

  /** Names the lock among those of other programs in the same database. */
  private static final long KEY = 0x6167656E74737472L;

  private final @Nullable Connection connection;

  private ServerLock(@Nullable Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes the lock.
   *
   * @throws UnavailableException if another server has it, or the database cannot be reached
   */
  static ServerLock take(DataSource source, Product product) {
    if (product != Product.POSTGRESQL) {
      return new ServerLock(null);
    }
    try {
      Connection connection = source.getConnection();
      boolean free = false;
      try {
        free = isFree(connection);
      } finally {
        if (!free) {
          connection.close();
        }
      }
      if (free) {
        return new ServerLock(connection);
      }
    } catch (SQLException e) {
      throw new UnavailableException("The database fails, SQLState " + e.getSQLState());
    }
    throw new UnavailableException(
        "Another server uses this database: stop it, or name another database");
  }

  private static boolean isFree(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock(" + KEY + ")")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  @Override
  public void close() {
    if (connection == null) {
      return;
    }
    try (Connection held = connection;
        Statement statement = held.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock(" + KEY + ")");
    } catch (SQLException e) {
      // The lock went with the connection.
    }
  }
}
