package io.agentstream.teams.internal.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.McpClientListener;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One connection to an MCP server; after a failure it is replaced by another. */
final class McpLink implements AutoCloseable {

  private static final Duration PING = Duration.ofSeconds(5);
  private static final Duration TO_END = Duration.ofSeconds(2);

  private static final String TIMED_OUT = "agentstream: the call took too long";

  private final McpSettings settings;
  private final ExecutorService threads;
  private final McpClient client;
  private final LinkTransport transport;
  private final @Nullable Process process;
  private final CompletableFuture<ToolExecutionResult> died = new CompletableFuture<>();

  private McpLink(
      McpSettings settings, ExecutorService threads, McpClient client, LinkTransport transport) {
    this.settings = settings;
    this.threads = threads;
    this.client = client;
    this.transport = transport;
    this.process = transport instanceof StdioTransport stdio ? stdio.process() : null;
    if (process != null) {
      var unused =
          process
              .onExit()
              .thenRun(() -> died.completeExceptionally(new IllegalStateException("it has ended")));
    }
  }

  /**
   * Starts or reaches the server.
   *
   * @param threads run calls; they may block
   * @param onChange called when the server's tools may have changed
   * @param transport reaches the server, and is closed if that fails
   * @throws RuntimeException if it cannot be reached
   */
  static McpLink open(
      McpSettings settings, ExecutorService threads, Runnable onChange, LinkTransport transport) {
    try {
      return new McpLink(settings, threads, client(settings, transport, onChange), transport);
    } catch (RuntimeException e) {
      transport.abort();
      throw e;
    }
  }

  private static McpClient client(
      McpSettings settings, LinkTransport transport, Runnable onChange) {
    return DefaultMcpClient.builder()
        .key(settings.name())
        .clientName("agentstream")
        .transport(transport)
        .initializationTimeout(McpSettings.START)
        .toolExecutionTimeout(settings.timeout())
        .toolExecutionTimeoutErrorMessage(TIMED_OUT)
        .autoHealthCheck(false)
        .reconnectInterval(Duration.ofDays(1))
        .logHandler(message -> {})
        .cacheToolList(false)
        .addListener(
            new McpClientListener() {
              @Override
              public void onNotificationToolsListChanged() {
                onChange.run();
              }
            })
        .build();
  }

  /**
   * Returns the server's tools.
   *
   * @throws RuntimeException if it does not list them in time
   */
  List<ToolSpecification> tools() {
    transport.listingBegins();
    CompletableFuture<List<ToolSpecification>> tools =
        CompletableFuture.supplyAsync(client::listTools, threads);
    try {
      return tools.get(McpSettings.START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The server does not list its tools", e);
    } finally {
      tools.cancel(true);
    }
  }

  /** Returns how many tools {@link #tools} has left out. */
  int leftOut() {
    return transport.leftOut();
  }

  /** Returns true if the server has refused the headers. */
  boolean isRefused() {
    return transport instanceof HttpTransport http && http.isRefused();
  }

  boolean isAlive() {
    return process == null || process.isAlive();
  }

  /**
   * Returns true if the server still knows this link. A server behind a URL that was started again
   * refuses every call of an earlier session, and its refusal looks like one of the arguments.
   *
   * @throws InterruptedException if the caller gave up
   */
  boolean isKnown() throws InterruptedException {
    if (process != null) {
      return process.isAlive();
    }
    CompletableFuture<Void> ping = CompletableFuture.runAsync(client::checkHealth, threads);
    try {
      ping.get(PING.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } finally {
      ping.cancel(true);
    }
  }

  /**
   * Calls a tool.
   *
   * @throws BrokenException if the link is of no further use
   * @throws InterruptedException if the caller gave up
   */
  ToolExecutionResult call(ToolExecutionRequest request)
      throws BrokenException, InterruptedException {
    CompletableFuture<ToolExecutionResult> call =
        CompletableFuture.supplyAsync(() -> client.executeTool(request), threads);
    try {
      ToolExecutionResult result =
          (ToolExecutionResult)
              CompletableFuture.anyOf(call, died)
                  .get(
                      settings.timeout().plus(McpSettings.GRACE).toMillis(), TimeUnit.MILLISECONDS);
      if (TIMED_OUT.equals(result.resultText())) {
        throw new BrokenException("did not answer in time", null);
      }
      return result;
    } catch (TimeoutException e) {
      throw new BrokenException("did not answer in time", e);
    } catch (ExecutionException e) {
      throw new BrokenException("failed", e.getCause());
    } finally {
      call.cancel(true);
    }
  }

  /** Says that the server died, hung or was not understood. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String what, @Nullable Throwable cause) {
      super(what, cause);
    }
  }

  /** Ends the server and everything that it has started; a program gets two seconds to end. */
  @Override
  public void close() {
    List<ProcessHandle> family =
        transport instanceof StdioTransport stdio ? stdio.family() : List.of();
    try {
      client.close();
    } catch (Exception e) {
      // It is going away in any case.
    }
    family.forEach(ProcessHandle::destroy);
    CompletableFuture.allOf(
            family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .orTimeout(TO_END.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            late -> {
              family.forEach(ProcessHandle::destroyForcibly);
              return null;
            })
        .join();
  }
}
