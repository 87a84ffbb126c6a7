package io.agentstream.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings with which an H2 database keeps what it has committed. A commit is in the file when
 * it returns, the database closes with the last connection, and it writes no trace files. H2 moves
 * no chunks within the file: its recovery after a kill in mid-move opens the file, but leaves
 * chunks that the second recovery does not find, and that one then falls back to an older version
 * (2.4.240, {@code CommitTest}).
 */
final class H2Settings {

  private static final Logger log = LoggerFactory.getLogger(H2Settings.class);

  private static final String PREFIX = "jdbc:h2:";

  /** Without these two, a kill can undo commits. */
  private static final List<String> NO_MOVES =
      List.of("AUTO_COMPACT_FILL_RATE", "MAX_COMPACT_TIME");

  private static final List<String> ALL =
      List.of(
          "WRITE_DELAY=0",
          "DB_CLOSE_ON_EXIT=FALSE",
          "TRACE_LEVEL_FILE=0",
          "MAX_LENGTH_INPLACE_LOB=65536",
          "AUTO_COMPACT_FILL_RATE=0",
          "MAX_COMPACT_TIME=0");

  private H2Settings() {}

  /** Returns the URL with the settings that it does not give, or as it is if it is not of H2. */
  static String with(String url) {
    if (!url.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      return url;
    }
    Set<String> given =
        Arrays.stream(url.split(";", -1)).skip(1).map(H2Settings::name).collect(Collectors.toSet());
    return ALL.stream()
        .filter(setting -> !given.contains(name(setting)))
        .map(setting -> ";" + setting)
        .collect(Collectors.joining("", url, ""));
  }

  private static String name(String setting) {
    int end = setting.indexOf('=');
    return (end < 0 ? setting : setting.substring(0, end)).strip().toUpperCase(Locale.ROOT);
  }

  /** Warns if a kill could undo commits of a database that the application has set up. */
  static void check(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      if (connection.getMetaData().getURL().contains(":mem:")) {
        return;
      }
      List<String> missing = new ArrayList<>();
      for (String name : NO_MOVES) {
        if (value(statement, name) != 0) {
          missing.add(name + "=0");
        }
      }
      if (!missing.isEmpty()) {
        log.warn(
            "A kill of the process can undo commits of this H2 database: add ;{} to its JDBC URL",
            String.join(";", missing));
      }
    } catch (SQLException e) {
      log.warn("The settings of the database cannot be read, H2 gives code {}", e.getErrorCode());
    }
  }

  /** Returns a setting of the open database; 0 if it has none of this name. */
  static long value(Statement statement, String name) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT setting_value FROM information_schema.settings WHERE setting_name = '"
                + name
                + "'")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
