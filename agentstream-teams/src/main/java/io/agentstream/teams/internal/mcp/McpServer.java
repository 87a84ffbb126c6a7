package io.agentstream.teams.internal.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.agentstream.teams.internal.mcp.McpLink.BrokenException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the tools of an MCP server. A server that has died or hangs is started again for the next
 * use, after repeated failures only with a growing delay. A call that fails returns an error as its
 * result and throws nothing. Thread-safe.
 */
public final class McpServer implements ToolServers, ToolExecutor, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(McpServer.class);

  /** More calls at once would let one server hold all threads of the chats. */
  private static final int MOST_CALLS = 8;

  private final McpSettings settings;
  private final SharedClient clients;
  private final Semaphore calls = new Semaphore(MOST_CALLS);
  private final ExecutorService threads;
  private final ToolListing listing;
  private final ToolBounds bounds;
  private final Restarts restarts = new Restarts();
  private volatile boolean sound = true;
  private volatile boolean unlisted;

  // Guarded by this.
  private @Nullable McpLink link;
  private @Nullable McpOpening opening;
  private CompletableFuture<McpLink> opened = new CompletableFuture<>();
  private boolean closed;

  /** Creates a server that is not started yet. */
  public McpServer(McpSettings settings) {
    this(settings, new SharedClient());
  }

  /** Creates a server that shares its client with others. */
  McpServer(McpSettings settings, SharedClient clients) {
    this.settings = settings;
    this.clients = clients;
    this.threads = McpThreads.named("agentstream-mcp-" + settings.name());
    this.bounds = new ToolBounds(settings.name());
    this.listing = new ToolListing(this::listAgain, threads);
  }

  /**
   * Starts the server and returns its tools.
   *
   * @throws IllegalArgumentException if it cannot be started or reached; the message holds no
   *     secret
   */
  public List<ToolSpecification> tools() {
    try {
      List<ToolSpecification> tools = list();
      listing.known(tools);
      return tools;
    } catch (RuntimeException e) {
      close();
      throw new IllegalArgumentException(
          settings.url() == null
              ? "the MCP server could not be started; does its command run on this machine?"
              : "the MCP server could not be reached at its URL, or refused its headers",
          e);
    }
  }

  private List<ToolSpecification> list() {
    McpLink current = linkToList();
    listing.asked();
    try {
      return bounds.of(current.tools(), current.leftOut());
    } catch (RuntimeException e) {
      dropIfGone(current);
      throw e;
    }
  }

  private McpLink linkToList() {
    try {
      return link(McpSettings.START);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /**
   * Drops a link that the server no longer knows: a server behind a URL that was started again
   * refuses to list its tools in an old session.
   */
  private void dropIfGone(McpLink which) {
    try {
      if (!which.isKnown()) {
        broken(which, "does not list its tools");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<ToolSpecification> listInNewSession() {
    try {
      return list();
    } catch (RuntimeException e) {
      if (hasLink()) {
        throw e;
      }
      return list();
    }
  }

  private synchronized boolean hasLink() {
    return link != null;
  }

  private List<ToolSpecification> listAgain() {
    try {
      List<ToolSpecification> tools = listInNewSession();
      unlisted = false;
      return tools;
    } catch (RuntimeException e) {
      if (!unlisted) {
        log.warn("The tool server '{}' does not list its tools again", settings.name());
      }
      unlisted = true;
      throw e;
    }
  }

  /**
   * Returns the newest list of tools; the last known one if the server does not give it within
   * seconds. Does not block.
   */
  public CompletionStage<List<ToolSpecification>> newestTools() {
    return listing.newest();
  }

  @Override
  public CompletionStage<List<ToolSpecification>> newestTools(
      @Nullable String ownerId, CompletionStage<?> ended) {
    return newestTools();
  }

  @Override
  public ToolExecutor executor(@Nullable String ownerId) {
    return this;
  }

  /** Takes note that the tools must be listed before they are used. */
  public void listLater() {
    listing.changed();
  }

  /** Returns false once the server was unreachable or has refused its headers; it stays false. */
  public boolean isSound() {
    return sound;
  }

  /** Returns true while it carries out a call. */
  public boolean isBusy() {
    return calls.availablePermits() < MOST_CALLS;
  }

  @Override
  public String execute(ToolExecutionRequest request, Object memoryId) {
    return call(request).resultText();
  }

  @Override
  public ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, InvocationContext context) {
    return call(request);
  }

  private ToolExecutionResult call(ToolExecutionRequest request) {
    if (!calls.tryAcquire()) {
      return CallResults.failed("The tool server is busy with other calls. Try again later.");
    }
    try {
      return attempt(request, settings.idempotent());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CallResults.failed("The call was cancelled.");
    } finally {
      calls.release();
    }
  }

  /**
   * @param again true if the call may be made once more when the server died, hung or is away
   */
  private ToolExecutionResult attempt(ToolExecutionRequest request, boolean again)
      throws InterruptedException {
    McpLink current;
    try {
      current = link(shorter(settings.timeout(), McpSettings.START));
    } catch (RuntimeException e) {
      return again
          ? attempt(request, false)
          : CallResults.failed("The tool server cannot be reached at the moment. Try again later.");
    }
    try {
      ToolExecutionResult result = current.call(request);
      restarts.worked();
      return CallResults.bounded(result);
    } catch (BrokenException e) {
      if (isAnswer(e.getCause()) && current.isKnown()) {
        return CallResults.failed("The tool server refused the call: check the arguments.");
      }
      broken(current, String.valueOf(e.getMessage()));
      return again
          ? attempt(request, false)
          : CallResults.failed("The tool server " + e.getMessage() + "; it is started again.");
    }
  }

  /** Returns true for an error that the server itself has answered. */
  private static boolean isAnswer(@Nullable Throwable failure) {
    return failure instanceof ToolExecutionException || failure instanceof ToolArgumentsException;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /**
   * Returns the link. Waits for a server that starts, at most {@code patience} and a short grace.
   */
  private McpLink link(Duration patience) throws InterruptedException {
    try {
      return wanted().get(patience.plus(McpSettings.GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The server cannot be reached", e);
    }
  }

  /** Returns the link, or a future that all callers share while the link is being opened. */
  private synchronized CompletableFuture<McpLink> wanted() {
    McpLink known = link;
    if (known != null && known.isAlive()) {
      return CompletableFuture.completedFuture(known);
    }
    if (known != null) {
      drop(known);
    }
    if (closed) {
      throw new IllegalStateException("The server is closed");
    }
    if (opening == null) {
      open();
    }
    return opened.copy();
  }

  private synchronized void open() {
    if (!restarts.mayBegin()) {
      throw new IllegalStateException("The server is started again a little later");
    }
    McpOpening begun = new McpOpening(settings, clients, threads, listing::changed);
    opening = begun;
    opened = begun.begin().whenComplete((ready, failure) -> opened(ready));
  }

  /**
   * @param ready null if it could not be opened
   */
  private void opened(@Nullable McpLink ready) {
    if (!keep(ready) && ready != null) {
      ready.close();
    }
  }

  private synchronized boolean keep(@Nullable McpLink ready) {
    opening = null;
    if (ready == null) {
      sound = false;
      restarts.failed();
    } else if (!closed) {
      link = ready;
      // Another program may answer by now, with other tools.
      listing.changed();
    }
    return !closed;
  }

  private synchronized void broken(McpLink which, String what) {
    log.warn("The tool server '{}' {}; it is started again", settings.name(), what);
    sound = sound && !which.isRefused();
    if (which.equals(link)) {
      drop(which);
    }
  }

  private void drop(McpLink which) {
    link = null;
    threads.execute(which::close);
    restarts.failed();
  }

  /** Ends the server. */
  @Override
  public void close() {
    McpLink last;
    McpOpening begun;
    synchronized (this) {
      closed = true;
      last = link;
      link = null;
      begun = opening;
    }
    if (begun != null) {
      begun.abort();
    }
    if (last != null) {
      last.close();
    }
    threads.shutdown();
  }
}
