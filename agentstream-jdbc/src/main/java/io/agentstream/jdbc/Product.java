package io.agentstream.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The databases that are supported, and how their SQL differs. */
enum Product {

  /** A commit in H2 reaches the file, and a checkpoint the disk. */
  H2("CHARACTER LARGE OBJECT", "CHECKPOINT SYNC"),
  POSTGRESQL("TEXT", null);

  private static final int H2_CLOSED = 90098;

  private final String text;
  private final @Nullable String afterCommit;

  Product(String text, @Nullable String afterCommit) {
    this.text = text;
    this.afterCommit = afterCommit;
  }

  /**
   * Returns whether one transaction at a time may write. A file that H2 2.4.240 writes for several
   * at once can hold, after a kill, half of a transaction that nobody committed: an index entry
   * without its row, which refuses that row for ever ({@code CommitTest}).
   */
  boolean writesOneByOne() {
    return this == H2;
  }

  /** Returns when what was committed survives the end of the process and of the machine. */
  void secure(Connection connection) throws SQLException {
    if (afterCommit != null) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(afterCommit);
      }
    }
  }

  /**
   * Returns true if the database has closed itself, as H2 does when its disk is full. The pool's
   * other connections are closed then too, and H2 opens the file again for a new one.
   */
  boolean isClosed(SQLException e) {
    return this == H2 && e.getErrorCode() == H2_CLOSED;
  }

  /**
   * Returns the database that calls itself by this name.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Product named(String name) {
    for (Product product : values()) {
      if (product.name().equals(name.toUpperCase(Locale.ROOT))) {
        return product;
      }
    }
    throw new IllegalArgumentException(
        "A store needs H2 or PostgreSQL, and this database is " + name);
  }

  /** Returns the statement with the column types of this database. */
  String sql(String statement) {
    return statement.replace("${text}", text);
  }
}
