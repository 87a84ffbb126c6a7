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
 * of the other; only nodes that share their conversations by other means use one together. H2 locks
 * its file by itself. The lock belongs to a connection, so it goes with the process, however that
 * ends.
 */
final class ServerLock implements AutoCloseable {

  /** Names the lock among those of other programs in the same database. */
  private static final long KEY = 0x6167656E74737472L;

  /** Names the lock of the node that brings the tables up to date. */
  private static final long TABLES = KEY + 1;

  private final @Nullable Connection connection;
  private final Sharing sharing;

  /** The servers that may use the database at the same time. */
  enum Sharing {
    ONE_SERVER("pg_try_advisory_lock", "pg_advisory_unlock"),
    NODES("pg_try_advisory_lock_shared", "pg_advisory_unlock_shared");

    private final String lock;
    private final String unlock;

    Sharing(String lock, String unlock) {
      this.lock = lock;
      this.unlock = unlock;
    }
  }

  private ServerLock(@Nullable Connection connection, Sharing sharing) {
    this.connection = connection;
    this.sharing = sharing;
  }

  /**
   * Takes the lock.
   *
   * @throws UnavailableException if another server has it, or the database cannot be reached
   */
  static ServerLock take(DataSource source, Product product, Sharing sharing) {
    if (product != Product.POSTGRESQL) {
      return new ServerLock(null, sharing);
    }
    try {
      Connection connection = source.getConnection();
      boolean free = false;
      try {
        free = isFree(connection, sharing);
      } finally {
        if (!free) {
          connection.close();
        }
      }
      if (free) {
        return new ServerLock(connection, sharing);
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
    throw new UnavailableException(
        sharing == Sharing.NODES
            ? "A server that is no node of these uses this database: stop it, or name another"
                + " database"
            : "Another server uses this database: stop it, or name another database");
  }

  private static UnavailableException unavailable(SQLException e) {
    return new UnavailableException("The database fails, SQLState " + e.getSQLState());
  }

  private static boolean isFree(Connection connection, Sharing sharing) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + sharing.lock + "(" + KEY + ")")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** Does something while no other node does it. */
  void alone(Runnable work) {
    if (connection == null) {
      work.run();
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + TABLES + ")");
      try {
        work.run();
      } finally {
        statement.execute("SELECT pg_advisory_unlock(" + TABLES + ")");
      }
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void close() {
    if (connection == null) {
      return;
    }
    try (Connection held = connection;
        Statement statement = held.createStatement()) {
      statement.execute("SELECT " + sharing.unlock + "(" + KEY + ")");
    } catch (SQLException e) {
      // The lock went with the connection.
    }
  }
}
