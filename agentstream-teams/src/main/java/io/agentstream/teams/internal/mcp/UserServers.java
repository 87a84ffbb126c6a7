package io.agentstream.teams.internal.mcp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections of users to one MCP server. Each has the credentials of one user and never serves
 * another. Thread-safe; no method blocks but {@link #close}.
 */
public final class UserServers implements AutoCloseable {

  private static final int MOST_USERS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final McpSettings settings;
  private final Function<String, CompletionStage<Map<String, String>>> credentials;
  private final ExecutorService threads;
  private final SharedClient clients = new SharedClient();

  // Guarded by this. The one that was used last comes last.
  private final Map<String, Connection> byUser = new LinkedHashMap<>();
  private boolean closed;

  /**
   * @param settings what all users share
   * @param credentials returns the headers of a user; may block and throw
   */
  public UserServers(
      McpSettings settings, Function<String, CompletionStage<Map<String, String>>> credentials) {
    this.settings = settings;
    this.credentials = credentials;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "agentstream-mcp-users-" + settings.name());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Returns the user's server; null if the user has no credentials, or is not known.
   *
   * @param userId null for nobody
   */
  public synchronized CompletableFuture<@Nullable McpServer> of(@Nullable String userId) {
    if (userId == null) {
      return CompletableFuture.completedFuture(null);
    }
    if (closed) {
      return CompletableFuture.failedFuture(new IllegalStateException("The servers are closed"));
    }
    Connection known = byUser.remove(userId);
    if (known != null && !known.isUsable()) {
      known.end(threads);
      known = null;
    }
    if (known == null) {
      makeRoom();
      if (byUser.size() >= MOST_USERS) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("Too many users use the server at once"));
      }
      known = new Connection(open(userId));
    }
    known.lastUsed = System.nanoTime();
    byUser.put(userId, known);
    return known.server.copy();
  }

  private CompletableFuture<@Nullable McpServer> open(String userId) {
    return CompletableFuture.supplyAsync(() -> credentials.apply(userId), threads)
        .thenCompose(headers -> headers)
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .<@Nullable McpServer>thenApply(headers -> headers.isEmpty() ? null : server(headers))
        .exceptionally(
            failure -> {
              throw new CompletionException(new NoCredentials(failure));
            });
  }

  private McpServer server(Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(settings.headers());
    all.putAll(headers);
    McpServer server = new McpServer(settings.withHeaders(all), clients);
    server.listLater();
    return server;
  }

  /**
   * Ends connections that nobody has used for a while, and the oldest one if there are too many.
   */
  private void makeRoom() {
    long now = System.nanoTime();
    for (Iterator<Connection> each = byUser.values().iterator(); each.hasNext(); ) {
      Connection connection = each.next();
      boolean idle = now - connection.lastUsed > IDLE_NANOS || byUser.size() >= MOST_USERS;
      if (idle && !connection.isBusy()) {
        each.remove();
        connection.end(threads);
      }
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    List<Connection> last;
    synchronized (this) {
      closed = true;
      last = new ArrayList<>(byUser.values());
      byUser.clear();
    }
    last.forEach(connection -> connection.end(Runnable::run));
    threads.shutdown();
  }

  /** The connection of one user. */
  private static final class Connection {
    private final CompletableFuture<@Nullable McpServer> server;
    private long lastUsed;

    Connection(CompletableFuture<@Nullable McpServer> server) {
      this.server = server;
    }

    /** Returns false if the credentials must be asked for again. */
    boolean isUsable() {
      if (!server.isDone()) {
        return true;
      }
      McpServer opened = server.isCompletedExceptionally() ? null : server.join();
      return opened != null && (opened.isSound() || opened.isBusy());
    }

    boolean isBusy() {
      McpServer opened =
          server.isDone() && !server.isCompletedExceptionally() ? server.join() : null;
      return !server.isDone() || (opened != null && opened.isBusy());
    }

    void end(Executor threads) {
      CompletableFuture<?> unused =
          server.thenAcceptAsync(
              opened -> {
                if (opened != null) {
                  opened.close();
                }
              },
              threads);
    }
  }

  /** Names only the class of a failure, because its message may quote a credential. */
  private static final class NoCredentials extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCredentials(Throwable failure) {
      super(
          "No credentials: "
              + (failure instanceof CompletionException && failure.getCause() != null
                      ? failure.getCause()
                      : failure)
                  .getClass()
                  .getName(),
          null,
          false,
          false);
    }
  }
}
