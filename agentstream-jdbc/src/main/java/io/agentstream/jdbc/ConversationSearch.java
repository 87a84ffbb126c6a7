package io.agentstream.jdbc;

import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationPage.Item;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.identity.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of conversations. A search examines {@value #EXAMINED} of them at a time, until the
 * page is full or has taken {@value #LONGEST_MILLIS} ms.
 */
final class ConversationSearch {

  private static final int EXAMINED = 500;
  private static final long LONGEST_MILLIS = 50;

  private static final String COLUMNS = Conversations.INFO + ", title, changed_at";
  private static final String FOUND =
      ", CASE WHEN topic ILIKE ? ESCAPE '!' OR title ILIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM"
          + " agentstream_message m WHERE m.conversation_id = c.id AND m.said ILIKE ? ESCAPE '!')"
          + " THEN TRUE ELSE FALSE END AS found";

  private final ConversationQuery query;
  private final @Nullable String pattern;
  private final @Nullable Position after;

  /**
   * @throws IllegalArgumentException if the cursor is none
   */
  ConversationSearch(ConversationQuery query) {
    this.query = query;
    String text = query.text();
    this.pattern = text == null ? null : pattern(text);
    String cursor = query.cursor();
    this.after = cursor == null ? null : Position.read(cursor);
  }

  private static String pattern(String text) {
    return "%" + Texts.plain(text).replaceAll("[!%_]", "!$0") + "%";
  }

  /** Returns the page. */
  ConversationPage read(Connection connection) throws SQLException {
    long began = System.nanoTime();
    List<Item> items = new ArrayList<>();
    Position next = read(connection, after, items);
    while (next != null && items.size() < query.limit() && isQuick(began)) {
      next = read(connection, next, items);
    }
    return new ConversationPage(items, next == null ? null : next.cursor());
  }

  private static boolean isQuick(long began) {
    return System.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
  }

  /**
   * Adds to {@code items} what it finds among the next rows.
   *
   * @return the last row that was examined; null if there are no more
   */
  private @Nullable Position read(Connection connection, @Nullable Position from, List<Item> items)
      throws SQLException {
    int rows = pattern == null ? query.limit() : EXAMINED;
    try (PreparedStatement select = connection.prepareStatement(sql(from))) {
      bind(select, from, rows + 1);
      try (ResultSet row = select.executeQuery()) {
        return examine(row, rows, items);
      }
    }
  }

  private String sql(@Nullable Position from) {
    return "SELECT "
        + COLUMNS
        + (pattern == null ? "" : FOUND)
        + " FROM agentstream_conversation c WHERE state IS NOT NULL"
        + (query.owner() == null ? "" : " AND owner_key = ?")
        + (from == null ? "" : " AND created_at <= ? AND (created_at < ? OR id < ?)")
        + " ORDER BY "
        + (query.owner() == null ? "" : "owner_key, ")
        + "created_at DESC, id DESC LIMIT ?";
  }

  private void bind(PreparedStatement select, @Nullable Position from, int rows)
      throws SQLException {
    int next = 1;
    if (pattern != null) {
      select.setString(next++, pattern);
      select.setString(next++, pattern);
      select.setString(next++, pattern);
    }
    User owner = query.owner();
    if (owner != null) {
      select.setString(next++, Conversations.ownerKey(owner));
    }
    if (from != null) {
      select.setLong(next++, from.createdAt());
      select.setLong(next++, from.createdAt());
      select.setString(next++, from.id());
    }
    select.setInt(next, rows);
  }

  private @Nullable Position examine(ResultSet row, int most, List<Item> items)
      throws SQLException {
    Position last = null;
    for (int examined = 0; row.next(); examined++) {
      if (last != null && (examined == most || items.size() == query.limit())) {
        return last;
      }
      last = new Position(row.getLong("created_at"), row.getString("id"));
      if (pattern == null || row.getBoolean("found")) {
        items.add(
            new Item(
                Conversations.info(row),
                row.getString("title"),
                Instant.ofEpochMilli(row.getLong("changed_at"))));
      }
    }
    return null;
  }

  /** The place of a conversation in the order of all. */
  private record Position(long createdAt, String id) {

    static Position read(String cursor) {
      int separator = cursor.indexOf('-');
      if (separator < 1) {
        throw new IllegalArgumentException("no such cursor");
      }
      try {
        long createdAt = Long.parseLong(cursor.substring(0, separator));
        return new Position(createdAt, Texts.plain(cursor.substring(separator + 1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("no such cursor");
      }
    }

    String cursor() {
      return createdAt + "-" + id;
    }
  }
}
