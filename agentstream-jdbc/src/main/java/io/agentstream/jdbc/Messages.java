package io.agentstream.jdbc;

import io.agentstream.store.ConversationChange;
import io.agentstream.store.StoredMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Reads and writes the table {@code agentstream_message}. */
final class Messages {

  private Messages() {}

  static void save(Connection connection, ConversationChange change) throws SQLException {
    String id = change.conversationId();
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM agentstream_message WHERE conversation_id = ? AND place >= ?")) {
      delete.setString(1, id);
      delete.setInt(2, change.kept());
      delete.executeUpdate();
    }
    if (change.messages().isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO agentstream_message VALUES (?, ?, ?, ?, ?)")) {
      int place = change.kept();
      for (StoredMessage message : change.messages()) {
        insert.setString(1, id);
        insert.setInt(2, place++);
        insert.setString(3, message.messageId());
        insert.setString(4, Texts.plain(message.text()));
        insert.setString(5, Texts.json(message.document()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static List<String> documents(Connection connection, String conversationId) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT document FROM agentstream_message WHERE conversation_id = ? ORDER BY place")) {
      select.setString(1, conversationId);
      return Rows.texts(select);
    }
  }
}
