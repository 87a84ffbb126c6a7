package io.agentstream.jdbc;

import io.agentstream.backplane.KeptDefinitions.Kept;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;

/**
 * Reads and writes documents that are replaced only by those who know the present version.
 *
 * @param table the table: key, version, document
 * @param key the column of the key
 */
record VersionedDocuments(String table, String key) {

  /** The agents and teams of users. */
  static final VersionedDocuments DEFINITIONS =
      new VersionedDocuments("agentstream_definitions", "user_key");

  /** The links of conversations. */
  static final VersionedDocuments SHARES =
      new VersionedDocuments("agentstream_shares", "conversation_id");

  /** The class of SQLState of a key that is there already. */
  private static final String INTEGRITY = "23";

  Optional<Kept> of(Connection connection, String value) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT version, document FROM " + table + " WHERE " + key + " = ?")) {
      select.setString(1, value);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Kept(row.getLong(1), row.getString(2)))
            : Optional.empty();
      }
    }
  }

  boolean keep(Connection connection, String value, long earlier, String document)
      throws SQLException {
    if (earlier == 0 && of(connection, value).isEmpty()) {
      return insert(connection, value, document);
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE "
                + table
                + " SET version = version + 1, document = ? WHERE "
                + key
                + " = ? AND version = ?")) {
      update.setString(1, Texts.json(document));
      update.setString(2, value);
      update.setLong(3, earlier);
      return update.executeUpdate() == 1;
    }
  }

  private boolean insert(Connection connection, String value, String document) throws SQLException {
    // PostgreSQL gives up the whole transaction at an error, unless there is a savepoint before it.
    Savepoint before = connection.setSavepoint();
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (?, 1, ?)")) {
      insert.setString(1, value);
      insert.setString(2, Texts.json(document));
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state != null && state.startsWith(INTEGRITY)) {
        connection.rollback(before);
        // Another node was first, or the conversation is gone.
        return false;
      }
      throw e;
    }
  }
}
