package io.agentstream.teams.internal.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections of users to one MCP server. Each has the credentials of one user and never serves
 * another. Thread-safe; only calls and {@link #close} block.
 */
public final class UserServers implements ToolServers, AutoCloseable {

  private static final String AWAY =
      "The tool server cannot be reached at the moment. Try again later.";

  /** The connections that are kept for the next turn. */
  private static final int MOST_KEPT = 100;

  /** The connections there are at all: more than are kept only if turns use them. */
  private static final int MOST_USERS = 1_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final McpSettings settings;
  private final Function<String, CompletionStage<Map<String, String>>> credentials;
  private final ExecutorService threads;
  private final SharedClient clients = new SharedClient();

  // Guarded by this. The one that was used last comes last.
  private final Map<String, Connection> byUser = new LinkedHashMap<>();

  // Guarded by this. How many turns of each user have not ended.
  private final Map<String, Integer> turns = new HashMap<>();
  private boolean closed;

  /**
   * @param settings what all users share
   * @param credentials returns the headers of a user; may block and throw
   */
  public UserServers(
      McpSettings settings, Function<String, CompletionStage<Map<String, String>>> credentials) {
    this.settings = settings;
    this.credentials = credentials;
    this.threads = McpThreads.named("agentstream-mcp-users-" + settings.name());
  }

  @Override
  public CompletionStage<List<ToolSpecification>> newestTools(
      @Nullable String ownerId, CompletionStage<?> ended) {
    if (ownerId == null) {
      return CompletableFuture.completedFuture(List.of());
    }
    Connection connection;
    try {
      connection = beginTurn(ownerId);
    } catch (IllegalStateException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletionStage<?> unused = ended.whenComplete((done, failure) -> endTurn(ownerId));
    return connection
        .server
        .thenCompose(
            server ->
                server == null
                    ? CompletableFuture.completedStage(List.<ToolSpecification>of())
                    : server.newestTools())
        .whenComplete((tools, failure) -> end(connection));
  }

  @Override
  public ToolExecutor executor(@Nullable String ownerId) {
    return new UserCalls(this, String.valueOf(ownerId));
  }

  /** Calls a tool on the connection that the user has by now. */
  ToolExecutionResult call(String userId, ToolExecutionRequest request, InvocationContext context)
      throws InterruptedException {
    Connection connection;
    try {
      connection = begin(userId);
    } catch (IllegalStateException e) {
      return CallResults.failed(AWAY);
    }
    try {
      McpServer server = connection.server.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return server == null
          ? CallResults.failed(AWAY)
          : server.executeWithContext(request, context);
    } catch (ExecutionException | TimeoutException e) {
      return CallResults.failed(AWAY);
    } finally {
      end(connection);
    }
  }

  private synchronized Connection beginTurn(String userId) {
    Connection connection = begin(userId);
    turns.merge(userId, 1, Integer::sum);
    return connection;
  }

  private synchronized void endTurn(String userId) {
    turns.computeIfPresent(userId, (user, left) -> left > 1 ? left - 1 : null);
    if (byUser.size() > MOST_KEPT) {
      makeRoom(MOST_KEPT);
    }
  }

  /**
   * Returns the user's connection, which stays until {@link #end}.
   *
   * @throws IllegalStateException if there cannot be one
   */
  private synchronized Connection begin(String userId) {
    if (closed) {
      throw new IllegalStateException("The servers are closed");
    }
    Connection known = byUser.get(userId);
    if (known != null && !known.isUsable()) {
      byUser.remove(userId);
      known.retire(threads);
      known = null;
    }
    if (known == null) {
      makeRoom(MOST_KEPT - 1);
      if (byUser.size() >= MOST_USERS) {
        throw new IllegalStateException("Too many users use the server at once");
      }
      known = new Connection(open(userId));
    }
    byUser.remove(userId);
    byUser.put(userId, known);
    known.lastUsed = System.nanoTime();
    known.uses++;
    return known;
  }

  private synchronized void end(Connection connection) {
    connection.lastUsed = System.nanoTime();
    connection.uses--;
    if (connection.retired && connection.uses == 0) {
      connection.close(threads);
    }
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
   * Ends connections that nobody has used for a while, and the oldest ones if there are too many;
   * none of a user whose turn has not ended, since a tool may keep something in its session while a
   * person decides about a call.
   *
   * @param most how many may stay
   */
  private void makeRoom(int most) {
    long now = System.nanoTime();
    for (Iterator<Map.Entry<String, Connection>> each = byUser.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<String, Connection> user = each.next();
      Connection connection = user.getValue();
      boolean idle = now - connection.lastUsed > IDLE_NANOS || byUser.size() > most;
      if (idle && connection.uses == 0 && !turns.containsKey(user.getKey())) {
        each.remove();
        connection.close(threads);
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
    last.forEach(connection -> connection.close(Runnable::run));
    threads.shutdown();
  }

  /** The connection of one user. Its state is guarded by the servers. */
  private static final class Connection {
    private final CompletableFuture<@Nullable McpServer> server;
    private long lastUsed;
    private int uses;
    private boolean retired;

    Connection(CompletableFuture<@Nullable McpServer> server) {
      this.server = server;
    }

    /** Returns false if the credentials must be asked for again. */
    boolean isUsable() {
      if (!server.isDone()) {
        return true;
      }
      McpServer opened = server.isCompletedExceptionally() ? null : server.join();
      return opened != null && (opened.isSound() || uses > 0);
    }

    /** Closes it as soon as nobody uses it. */
    void retire(Executor threads) {
      retired = true;
      if (uses == 0) {
        close(threads);
      }
    }

    void close(Executor threads) {
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
