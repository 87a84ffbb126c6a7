package io.agentstream.jdbc;

import io.agentstream.journal.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work in transactions and tells failures apart. Safe from any thread. */
final class Database {

  /** The classes of SQLState of a value or a key that the database refuses. */
  private static final String DATA = "22";

  private static final String INTEGRITY = "23";

  private final DataSource source;

  Database(DataSource source) {
    this.source = source;
  }

  /** Something to do with a connection. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * Does all of the work, or nothing of it.
   *
   * @throws UnavailableException if the database cannot be reached or does not take it now
   * @throws IllegalStateException if the database refuses a value
   */
  <T extends @Nullable Object> T transaction(Work<T> work) {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.with(connection);
        connection.commit();
        return result;
      } catch (Throwable e) {
        rollback(connection, e);
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw translated(e);
    }
  }

  private static void rollback(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** Says nothing of the values, which are what people wrote. */
  private static RuntimeException translated(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith(DATA) || state.startsWith(INTEGRITY)) {
      return new IllegalStateException("The database refuses a value, SQLState " + state);
    }
    return new UnavailableException(
        "The database fails with " + e.getClass().getSimpleName() + ", SQLState " + state);
  }
}
