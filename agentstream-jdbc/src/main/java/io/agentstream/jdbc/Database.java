package io.agentstream.jdbc;

import io.agentstream.journal.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work in transactions. Safe from any thread. */
final class Database {

  /** The transaction that the current thread has open, which all of its work joins. */
  private static final ThreadLocal<@Nullable Open> OPEN = new ThreadLocal<>();

  private final DataSource source;
  private final Product product;
  private final ServerLock lock;
  private final ReentrantLock writing = new ReentrantLock();

  /** A transaction of one database. */
  private record Open(Database database, Connection connection) {}

  /**
   * @param lock without which nothing is written
   */
  Database(DataSource source, Product product, ServerLock lock) {
    this.source = source;
    this.product = product;
    this.lock = lock;
  }

  /** Something to do with a connection. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T with(Connection connection) throws SQLException;
  }

  /**
   * Does all of the work, or nothing of it; what it has done survives a crash.
   *
   * @throws UnavailableException if the database cannot be reached or does not take it now
   * @throws IllegalStateException if the database refuses a value
   */
  <T extends @Nullable Object> T write(Work<T> work) {
    if (!product.writesOneByOne()) {
      return transaction(work, true);
    }
    writing.lock();
    try {
      return transaction(work, true);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Does work that changes nothing.
   *
   * @throws UnavailableException if the database cannot be reached
   */
  <T extends @Nullable Object> T read(Work<T> work) {
    return transaction(work, false);
  }

  /**
   * Does all writes that {@code work} asks for in one transaction, or none of them.
   *
   * @throws UnavailableException as {@link #write}
   */
  void together(Runnable work) {
    boolean unused =
        write(
            connection -> {
              OPEN.set(new Open(this, connection));
              try {
                work.run();
              } finally {
                OPEN.remove();
              }
              return true;
            });
  }

  private <T extends @Nullable Object> T transaction(Work<T> work, boolean changes) {
    Open joined = OPEN.get();
    if (joined != null && joined.database() == this) {
      try {
        return work.with(joined.connection());
      } catch (SQLException e) {
        throw failed(e);
      }
    }
    if (changes) {
      lock.check();
    }
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.with(connection);
        connection.commit();
        if (changes) {
          product.secure(connection);
        }
      } catch (Throwable e) {
        rollback(connection, e);
        throw e;
      }
      connection.setAutoCommit(true);
      return result;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private RuntimeException failed(SQLException e) {
    lock.doubt();
    if (product.isClosed(e)) {
      Pools.renew(source);
    }
    return Failures.translated(e);
  }

  /** Must not hide why the work has failed, when the connection does not work any more. */
  private static void rollback(Connection connection, Throwable cause) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
