package io.agentstream.jdbc;

import io.agentstream.jdbc.LockStatements.Backend;
import io.agentstream.journal.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second server out of a PostgreSQL database, since each would continue the conversations
 * of the other; only nodes that share their conversations by other means use one together. H2 locks
 * its file by itself.
 *
 * <p>The lock belongs to a connection, so it goes with the process, however that ends. If only the
 * connection ends, the lock is taken again before the next write. If another server has used the
 * database in between, it has continued this server's conversations, so this one writes no more.
 * Safe from any thread.
 */
final class ServerLock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ServerLock.class);

  private static final long CHECK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int ANSWER_SECONDS = 5;

  private static final String NODES_PREFIX = "nodes ";

  private final DataSource source;
  private final Product product;
  private final Sharing sharing;

  // Guarded by this.
  private @Nullable Connection connection;
  private @Nullable Backend backend;
  private String server = "";
  private long checkedAt;
  private boolean closed;

  private volatile boolean doubted;
  private volatile @Nullable String lost;

  private ServerLock(DataSource source, Product product, Sharing sharing) {
    this.source = source;
    this.product = product;
    this.sharing = sharing;
  }

  /**
   * Takes the lock.
   *
   * @throws UnavailableException if another server has it, or the database cannot be reached
   */
  static ServerLock take(DataSource source, Product product, Sharing sharing) {
    ServerLock lock = new ServerLock(source, product, sharing);
    if (product == Product.POSTGRESQL) {
      lock.takeFirst();
    }
    return lock;
  }

  private synchronized void takeFirst() {
    try {
      Connection fresh = source.getConnection();
      try {
        // A pool of the application may give it otherwise, and its transaction would stay open.
        fresh.setAutoCommit(true);
        if (LockStatements.lock(fresh, sharing)) {
          keep(fresh);
        }
      } finally {
        if (connection == null) {
          end(fresh);
        }
      }
    } catch (SQLException e) {
      throw Failures.translated(e);
    }
    if (connection == null) {
      throw new UnavailableException(
          sharing.other + " uses this database: stop it, or name another database");
    }
  }

  private void keep(Connection locked) throws SQLException {
    backend = LockStatements.backend(locked);
    connection = locked;
    checkedAt = System.nanoTime();
  }

  /** Does something while no other node does it, and enters this server as the one that is here. */
  synchronized void alone(Runnable work) {
    if (connection == null) {
      work.run();
      return;
    }
    try {
      LockStatements.lockTables(connection);
      try {
        work.run();
        enter(connection);
      } finally {
        LockStatements.unlockTables(connection);
      }
    } catch (SQLException e) {
      throw Failures.translated(e);
    }
  }

  /** Nodes that share their conversations are one server here. */
  private void enter(Connection locked) throws SQLException {
    String last = LockStatements.lastServer(locked);
    boolean nodes = sharing == Sharing.NODES;
    if (nodes && last.startsWith(NODES_PREFIX)) {
      server = last;
    } else {
      server = (nodes ? NODES_PREFIX : "") + UUID.randomUUID();
      LockStatements.enter(locked, server);
    }
  }

  /** Has the lock checked before the next write, because a connection has failed. */
  void doubt() {
    doubted = true;
  }

  /**
   * Makes sure before a write that this server still has the lock; asks the database at most once a
   * second.
   *
   * @throws UnavailableException if it has not, and cannot take it now or any more, or if it has
   *     given it back
   */
  synchronized void check() {
    if (product != Product.POSTGRESQL || server.isEmpty()) {
      return;
    }
    if (closed) {
      throw new UnavailableException("The store is closed");
    }
    String problem = lost;
    if (problem != null) {
      throw new UnavailableException(problem);
    }
    if (!doubted && System.nanoTime() - checkedAt < CHECK_EVERY_NANOS) {
      return;
    }
    try {
      doubted = false;
      if (connection == null || !connection.isValid(ANSWER_SECONDS)) {
        takeAgain();
      }
      checkedAt = System.nanoTime();
    } catch (SQLException e) {
      doubted = true;
      throw Failures.translated(e);
    }
  }

  private void takeAgain() throws SQLException {
    doubted = true;
    if (connection != null) {
      end(connection);
      connection = null;
    }
    Connection fresh = source.getConnection();
    try {
      fresh.setAutoCommit(true);
      if (backend != null && LockStatements.end(fresh, backend)) {
        throw new UnavailableException(
            "The database still has the broken connection with this server's lock");
      }
      backend = LockStatements.backend(fresh);
      if (!LockStatements.lock(fresh, sharing)) {
        throw givenUp();
      }
      if (!LockStatements.lastServer(fresh).equals(server)) {
        // Not only by the end of the connection, of which PostgreSQL hears a moment later.
        LockStatements.unlock(fresh, sharing);
        throw givenUp();
      }
      connection = fresh;
      doubted = false;
    } finally {
      if (connection == null) {
        end(fresh);
      }
    }
    log.info("The connection with this server's lock in the database broke; it is locked again");
  }

  private UnavailableException givenUp() {
    String problem =
        sharing.other
            + " has used this database since the connection with this server's lock broke: this"
            + " server writes no more; restart it when the other one has stopped";
    lost = problem;
    log.error("{}", problem);
    return new UnavailableException(problem);
  }

  /** Returns why this server must be restarted; empty if it need not be. */
  List<String> problems() {
    String problem = lost;
    return problem == null ? List.of() : List.of(problem);
  }

  /** Ends a connection for good: a pool that only took it back would keep the lock. */
  private static void end(Connection over) {
    try (over) {
      over.abort(Runnable::run);
    } catch (SQLException e) {
      log.debug("The connection of a lock was broken already, SQLState {}", e.getSQLState());
    }
  }

  @Override
  public synchronized void close() {
    // A write that is late must not take the lock again.
    closed = true;
    if (connection == null) {
      return;
    }
    try (Connection held = connection) {
      LockStatements.unlock(held, sharing);
    } catch (SQLException e) {
      // The lock went with the connection.
    }
  }
}
