package io.agentstream.jdbc;

import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.store.ConversationChange;
import io.agentstream.store.EngineDocuments;
import io.agentstream.store.StoredConversation;
import io.agentstream.wire.Snapshot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the table {@code agentstream_conversation}, except for lists. */
final class Conversations {

  private static final String REMOVE = "DELETE FROM agentstream_conversation WHERE id = ?";

  /** The columns that {@link #info} reads. */
  static final String INFO = "id, owner_id, anonymous, topic, agents, created_at";

  /** Stands between the names of agents, which have no control characters. */
  private static final String SEPARATOR = "\u001F";

  private Conversations() {}

  static int add(Connection connection, ConversationInfo info) throws SQLException {
    if (isAdded(connection, info)) {
      return 0;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO agentstream_conversation (id, owner_key, owner_id, anonymous, topic,"
                + " agents, created_at, changed_at, epoch, ended)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, FALSE)")) {
      User owner = info.owner();
      insert.setString(1, info.conversationId());
      insert.setString(2, owner == null ? null : ownerKey(owner));
      insert.setString(3, owner == null ? null : Texts.plain(owner.id()));
      insert.setBoolean(4, owner != null && owner.anonymous());
      insert.setString(5, Texts.plain(info.topic()));
      insert.setString(6, Texts.plain(String.join(SEPARATOR, info.agents())));
      insert.setLong(7, info.createdAt().toEpochMilli());
      insert.setLong(8, info.createdAt().toEpochMilli());
      return insert.executeUpdate();
    }
  }

  /** A commit whose confirmation was lost is repeated. */
  private static boolean isAdded(Connection connection, ConversationInfo info) throws SQLException {
    return find(connection, info.conversationId())
        .filter(there -> there.createdAt().toEpochMilli() == info.createdAt().toEpochMilli())
        .filter(there -> there.topic().equals(Texts.plain(info.topic())))
        .isPresent();
  }

  /** Returns what names an owner in the index, whose columns are short. */
  static String ownerKey(User owner) {
    return Texts.key((owner.anonymous() ? "anonymous:" : "user:") + owner.id());
  }

  private static String requestKey(StartRequest request) {
    String userId = request.userId();
    return Texts.key(
        (userId == null ? "anonymous" : "user:" + userId) + '\0' + request.requestId());
  }

  static Optional<String> startedBy(Connection connection, StartRequest request)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM agentstream_conversation WHERE request_key = ?")) {
      select.setString(1, requestKey(request));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  static String started(Connection connection, StartRequest request, String id)
      throws SQLException {
    Optional<String> earlier = startedBy(connection, request);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE agentstream_conversation SET request_key = ? WHERE id = ?")) {
      update.setString(1, requestKey(request));
      update.setString(2, id);
      update.executeUpdate();
      return id;
    }
  }

  /** Returns false if the conversation is not there, or in another epoch. */
  static boolean save(Connection connection, ConversationChange change) throws SQLException {
    EngineDocuments engine = change.engine();
    String columns =
        "UPDATE agentstream_conversation SET changed_at = ?, state = ?, ended = ?, content = ?"
            + (engine == null ? "" : ", definition = ?, engine = ?")
            + " WHERE id = ? AND epoch = ?";
    try (PreparedStatement update = connection.prepareStatement(columns)) {
      int next = 1;
      update.setLong(next++, change.changedAt().toEpochMilli());
      update.setString(next++, change.state().name());
      update.setBoolean(next++, change.state() == Snapshot.State.ENDED);
      update.setString(next++, Texts.json(change.content()));
      if (engine != null) {
        update.setString(next++, Texts.json(engine.definition()));
        update.setString(next++, Texts.json(engine.state()));
      }
      update.setString(next++, change.conversationId());
      update.setLong(next, change.epoch());
      return update.executeUpdate() == 1;
    }
  }

  static long claim(Connection connection, String id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE agentstream_conversation SET epoch = epoch + 1 WHERE id = ?")) {
      update.setString(1, id);
      if (update.executeUpdate() == 0) {
        return 0;
      }
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT epoch FROM agentstream_conversation WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  static boolean claim(Connection connection, String id, long epoch) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE agentstream_conversation SET epoch = ? WHERE id = ? AND epoch <= ?")) {
      update.setLong(1, epoch);
      update.setString(2, id);
      update.setLong(3, epoch);
      return update.executeUpdate() == 1;
    }
  }

  static Optional<StoredConversation> load(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + INFO
                + ", title, epoch, content, definition, engine"
                + " FROM agentstream_conversation WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(stored(row, Messages.documents(connection, id)))
            : Optional.empty();
      }
    }
  }

  private static StoredConversation stored(ResultSet row, List<String> messages)
      throws SQLException {
    String definition = row.getString("definition");
    String engine = row.getString("engine");
    return new StoredConversation(
        info(row),
        row.getString("title"),
        row.getLong("epoch"),
        row.getString("content"),
        definition == null || engine == null ? null : new EngineDocuments(definition, engine),
        messages);
  }

  static Optional<ConversationInfo> find(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + INFO + " FROM agentstream_conversation WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(info(row)) : Optional.empty();
      }
    }
  }

  static ConversationInfo info(ResultSet row) throws SQLException {
    String owner = row.getString("owner_id");
    String agents = row.getString("agents");
    return new ConversationInfo(
        row.getString("id"),
        owner == null ? null : new User(owner, row.getBoolean("anonymous")),
        row.getString("topic"),
        agents.isEmpty() ? List.of() : List.of(agents.split(SEPARATOR, -1)),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  static Map<String, Snapshot.State> states(Connection connection, Collection<String> ids)
      throws SQLException {
    Map<String, Snapshot.State> states = new HashMap<>();
    if (ids.isEmpty()) {
      return states;
    }
    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, state FROM agentstream_conversation"
                + " WHERE state IS NOT NULL AND id IN ("
                + places
                + ")")) {
      int next = 1;
      for (String id : ids) {
        select.setString(next++, id);
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          states.put(row.getString(1), Snapshot.State.valueOf(row.getString(2)));
        }
      }
    }
    return states;
  }

  static List<String> unfinished(Connection connection, @Nullable String after, int most)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM agentstream_conversation WHERE ended = FALSE AND id > ?"
                + " ORDER BY ended, id LIMIT ?")) {
      select.setString(1, after == null ? "" : after);
      select.setInt(2, most);
      return Rows.texts(select);
    }
  }

  static boolean rename(Connection connection, String id, String title) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE agentstream_conversation SET title = ? WHERE id = ?")) {
      update.setString(1, Texts.plain(title));
      update.setString(2, id);
      return update.executeUpdate() == 1;
    }
  }

  /** Removes the messages too, by the foreign key. */
  static boolean remove(Connection connection, String id) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
      delete.setString(1, id);
      return delete.executeUpdate() == 1;
    }
  }

  static int removeOlderThan(Connection connection, Instant before, int most) throws SQLException {
    List<String> old;
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id FROM agentstream_conversation WHERE ended = TRUE AND changed_at < ?"
                + " ORDER BY ended, changed_at LIMIT ?")) {
      select.setLong(1, before.toEpochMilli());
      select.setInt(2, most);
      old = Rows.texts(select);
    }
    if (!old.isEmpty()) {
      try (PreparedStatement delete = connection.prepareStatement(REMOVE)) {
        for (String id : old) {
          delete.setString(1, id);
          delete.addBatch();
        }
        delete.executeBatch();
      }
    }
    return old.size();
  }
}
