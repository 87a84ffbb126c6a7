package io.agentstream.jdbc;

import io.agentstream.backplane.KeptDefinitions.Kept;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads and writes the table {@code agentstream_definitions}. */
final class UserDefinitions {

  /** The class of SQLState of a key that is there already. */
  private static final String INTEGRITY = "23";

  private UserDefinitions() {}

  static Optional<Kept> of(Connection connection, String userId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT version, document FROM agentstream_definitions WHERE user_key = ?")) {
      select.setString(1, Texts.key(userId));
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Kept(row.getLong(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  static boolean keep(Connection connection, String userId, long earlier, String document)
      throws SQLException {
    if (earlier == 0 && of(connection, userId).isEmpty()) {
      return insert(connection, userId, document);
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE agentstream_definitions SET version = version + 1, document = ?"
                + " WHERE user_key = ? AND version = ?")) {
      update.setString(1, Texts.json(document));
      update.setString(2, Texts.key(userId));
      update.setLong(3, earlier);
      return update.executeUpdate() == 1;
    }
  }

  private static boolean insert(Connection connection, String userId, String document)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO agentstream_definitions VALUES (?, 1, ?)")) {
      insert.setString(1, Texts.key(userId));
      insert.setString(2, Texts.json(document));
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state != null && state.startsWith(INTEGRITY)) {
        // Another node was first.
        return false;
      }
      throw e;
    }
  }
}
