package io.agentstream.teams.internal.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.agentstream.internal.PlainText;
import io.agentstream.teams.internal.mcp.McpLink.BrokenException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MCP server and its tools. It is started again when it died or hung, with a growing delay
 * meanwhile. A failure is always the result of a call, never an exception. Thread-safe.
 */
public final class McpServer implements ToolExecutor, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(McpServer.class);

  /** More calls at once would let one server hold all threads of the chats. */
  private static final int MOST_CALLS = 8;

  private static final int MOST_RESULT_CHARS = 1_000_000;
  private static final long FIRST_DELAY_MILLIS = 250;
  private static final long LONGEST_DELAY_MILLIS = 30_000;

  private final McpSettings settings;
  private final SharedClient clients;
  private final Semaphore calls = new Semaphore(MOST_CALLS);
  private final ExecutorService threads;
  private final ToolListing listing;
  private final ToolBounds bounds;
  private volatile boolean sound = true;
  private volatile boolean unlisted;

  // Guarded by this.
  private @Nullable McpLink link;
  private int failures;
  private long notBefore = System.nanoTime();
  private boolean closed;

  /** Creates a server that is not started yet. */
  public McpServer(McpSettings settings) {
    this(settings, new SharedClient());
  }

  /** Creates a server that shares its client with others. */
  McpServer(McpSettings settings, SharedClient clients) {
    this.settings = settings;
    this.clients = clients;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "agentstream-mcp-" + settings.name());
              thread.setDaemon(true);
              return thread;
            });
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
    McpLink current = link();
    listing.asked();
    try {
      return bounds.of(current.tools(), current.leftOut());
    } catch (RuntimeException e) {
      dropIfGone(current);
      throw e;
    }
  }

  /** A server behind a URL that was started again refuses to list its tools in an old session. */
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

  /** Takes note that the tools must be listed before they are used. */
  public void listLater() {
    listing.changed();
  }

  /** Returns false since the server could not be reached or has refused its headers. */
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
      return failed("The tool server is busy with other calls. Try again later.");
    }
    try {
      return attempt(request, settings.idempotent());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("The call was cancelled.");
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
      current = link();
    } catch (RuntimeException e) {
      return again
          ? attempt(request, false)
          : failed("The tool server cannot be reached at the moment. Try again later.");
    }
    try {
      ToolExecutionResult result = current.call(request);
      worked();
      return bounded(result);
    } catch (BrokenException e) {
      if (isAnswer(e.getCause()) && current.isKnown()) {
        return failed("The tool server refused the call: check the arguments.");
      }
      broken(current, String.valueOf(e.getMessage()));
      return again
          ? attempt(request, false)
          : failed("The tool server " + e.getMessage() + "; it is started again.");
    }
  }

  /** Returns true for an error that the server itself has answered. */
  private static boolean isAnswer(@Nullable Throwable failure) {
    return failure instanceof ToolExecutionException || failure instanceof ToolArgumentsException;
  }

  private static ToolExecutionResult failed(String reason) {
    return ToolExecutionResult.builder().isError(true).resultText(reason).build();
  }

  private static ToolExecutionResult bounded(ToolExecutionResult result) {
    String text = String.valueOf(result.resultText());
    return text.length() <= MOST_RESULT_CHARS
        ? result
        : ToolExecutionResult.builder()
            .isError(result.isError())
            .resultText(PlainText.cut(text, MOST_RESULT_CHARS) + "… (cut)")
            .build();
  }

  private synchronized McpLink link() {
    McpLink known = link;
    if (known != null && known.isAlive()) {
      return known;
    }
    if (known != null) {
      drop(known);
    }
    if (closed) {
      throw new IllegalStateException("The server is closed");
    }
    if (System.nanoTime() - notBefore < 0) {
      throw new IllegalStateException("The server is started again a little later");
    }
    try {
      McpLink opened = McpLink.open(settings, clients, threads, listing::changed);
      link = opened;
      // Another program may answer by now, with other tools.
      listing.changed();
      return opened;
    } catch (RuntimeException e) {
      sound = false;
      later();
      throw e;
    }
  }

  private synchronized void worked() {
    failures = 0;
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
    later();
  }

  /** The first restart is immediate, because most servers die once and not again. */
  private void later() {
    long delay =
        failures == 0
            ? 0
            : Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures, 10));
    failures++;
    notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay);
  }

  /** Ends the server. */
  @Override
  public void close() {
    McpLink last;
    synchronized (this) {
      closed = true;
      last = link;
      link = null;
    }
    if (last != null) {
      last.close();
    }
    threads.shutdown();
  }
}
