package io.agentstream.teams.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.protocol.McpInitializationNotification;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Speaks MCP with a program over its standard input and output. A line that is longer than the
 * bound ends the program, so that it cannot fill the memory.
 */
final class StdioTransport extends LinkTransport {

  private final ProcessFamily family = new ProcessFamily();
  private final Process process;
  private final Executor threads;

  /**
   * Starts the program.
   *
   * @param threads run the reader, which blocks as long as the program lives
   */
  StdioTransport(McpSettings settings, Executor threads) {
    ProcessBuilder program =
        new ProcessBuilder(settings.command()).redirectError(ProcessBuilder.Redirect.DISCARD);
    ProgramEnvironment.limit(program);
    program.environment().putAll(settings.env());
    family.mark(program);
    this.threads = threads;
    try {
      this.process = program.start();
    } catch (IOException e) {
      throw new UncheckedIOException("The program cannot be started", e);
    }
  }

  Process process() {
    return process;
  }

  /** Returns the program and everything that it has started, also if it has ended itself. */
  List<ProcessHandle> family() {
    return family.of(process);
  }

  /** Ends the program and everything that it has started, at once. */
  @Override
  void abort() {
    family().forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void start(McpOperationHandler operations) {
    super.start(operations);
    var unused = process.onExit().thenRun(this::ended).thenRunAsync(this::abort, threads);
    threads.execute(this::read);
  }

  private void read() {
    BoundedLines lines = new BoundedLines(process.getInputStream(), MOST_BYTES);
    try {
      for (String line = lines.next(); line != null; line = lines.next()) {
        receive(line);
      }
    } catch (IOException e) {
      // The rest of this line could not be told apart from the next one.
      process.destroyForcibly();
    }
  }

  @Override
  public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
    return exchange(request)
        .thenApply(
            answer -> {
              executeOperationWithoutResponse(new McpInitializationNotification());
              return answer;
            });
  }

  @Override
  void send(Object message, CompletableFuture<?> answer) {
    try {
      byte[] line = (JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8);
      OutputStream out = process.getOutputStream();
      synchronized (process) {
        out.write(line);
        out.flush();
      }
    } catch (IOException e) {
      answer.completeExceptionally(new UncheckedIOException("The server does not read", e));
    }
  }

  @Override
  public void checkHealth() {
    if (!process.isAlive()) {
      throw new IllegalStateException("The server has ended");
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
  }
}
