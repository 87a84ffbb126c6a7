package io.agentstream.jdbc;

import io.agentstream.journal.UnavailableException;
import java.io.IOException;
import java.sql.SQLException;

/** Tells the failures of a database apart. */
final class Failures {

  /** The classes of SQLState of a value or a key that the database refuses. */
  private static final String DATA = "22";

  private static final String INTEGRITY = "23";

  private static final int MOST_CAUSES = 10;

  private Failures() {}

  /**
   * Says nothing of the values, which are what people wrote, but names what the disk or the network
   * has said.
   */
  static RuntimeException translated(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith(DATA) || state.startsWith(INTEGRITY)) {
      return new IllegalStateException("The database refuses a value, SQLState " + state);
    }
    return new UnavailableException(
        "The database fails with "
            + e.getClass().getSimpleName()
            + ", SQLState "
            + state
            + beneath(e));
  }

  private static String beneath(SQLException e) {
    Throwable cause = e.getCause();
    for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
      if (cause instanceof IOException) {
        return ": " + cause;
      }
      cause = cause.getCause();
    }
    return "";
  }
}
