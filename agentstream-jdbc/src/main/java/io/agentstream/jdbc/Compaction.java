package io.agentstream.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shortens an H2 file of which most is out of use. H2 writes what is in use into a new file, which
 * then takes the place of the old one, so a kill at any moment leaves one of the two.
 */
final class Compaction {

  private static final Logger log = LoggerFactory.getLogger(Compaction.class);

  private static final long LEAST_BYTES = 8L << 20;
  private static final int FEW_PERCENT = 30;

  private Compaction() {}

  /** Closes the database of a pool, and shortens its file first where that is worth the time. */
  static void close(HikariDataSource pool) {
    if (pool.isClosed()) {
      return;
    }
    boolean isShort = false;
    try (pool;
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      if (H2Settings.value(statement, "info.FILE_SIZE") >= LEAST_BYTES
          && H2Settings.value(statement, "info.CHUNKS_FILL_RATE") < FEW_PERCENT) {
        statement.execute("SHUTDOWN COMPACT");
      }
      isShort = true;
    } catch (SQLException e) {
      // The database is closed after SHUTDOWN, so that a statement cannot be closed any more.
      if (!isShort) {
        log.warn("The H2 file was not shortened, H2 gives code {}", e.getErrorCode());
      }
    }
  }
}
