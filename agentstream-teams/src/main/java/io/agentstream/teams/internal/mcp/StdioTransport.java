package io.agentstream.teams.internal.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializationNotification;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Speaks MCP with a program over its standard input and output. A line that is longer than the
 * bound ends the program, so that it cannot fill the memory. Neither the program's messages nor its
 * errors are logged, because they may hold prompts and keys.
 */
final class StdioTransport implements McpTransport {

  /** Larger than any result that is kept, with all that JSON adds to it. */
  static final int MOST_LINE_BYTES = 16 * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Executor threads;
  private @Nullable McpOperationHandler handler;

  /**
   * Starts the program.
   *
   * @param threads run the reader, which blocks as long as the program lives
   */
  StdioTransport(McpSettings settings, Executor threads) {
    ProcessBuilder program =
        new ProcessBuilder(settings.command()).redirectError(ProcessBuilder.Redirect.DISCARD);
    program.environment().putAll(settings.env());
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

  @Override
  public void start(McpOperationHandler operations) {
    handler = operations;
    var unused =
        process.onExit().thenRun(() -> operations.cancelAllPendingOperations("The server ended"));
    threads.execute(() -> read(operations));
  }

  private void read(McpOperationHandler operations) {
    BoundedLines lines = new BoundedLines(process.getInputStream(), MOST_LINE_BYTES);
    try {
      for (String line = lines.next(); line != null; line = lines.next()) {
        handle(operations, line);
      }
    } catch (IOException e) {
      // The rest of this line could not be told apart from the next one.
      process.destroyForcibly();
    }
  }

  private static void handle(McpOperationHandler operations, String line) {
    JsonNode message;
    try {
      message = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // Some servers print other text; the call that waits for an answer has its own time limit.
      return;
    }
    if (message.isObject()) {
      operations.handle(message);
    }
  }

  @Override
  public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
    return exchange(request)
        .thenApply(
            answer -> {
              send(new McpInitializationNotification());
              return answer;
            });
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage message) {
    return exchange(message);
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext call) {
    return exchange(call.message());
  }

  @Override
  public void executeOperationWithoutResponse(McpClientMessage message) {
    send(message);
  }

  @Override
  public void executeOperationWithoutResponse(McpCallContext call) {
    send(call.message());
  }

  private CompletableFuture<JsonNode> exchange(McpClientMessage message) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    Objects.requireNonNull(handler, "start comes first").startOperation(message.getId(), answer);
    try {
      send(message);
    } catch (UncheckedIOException e) {
      answer.completeExceptionally(e);
    }
    return answer;
  }

  private void send(Object message) {
    try {
      byte[] line = (JSON.writeValueAsString(message) + "\n").getBytes(StandardCharsets.UTF_8);
      OutputStream out = process.getOutputStream();
      synchronized (process) {
        out.write(line);
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The server does not read", e);
    }
  }

  @Override
  public void checkHealth() {
    if (!process.isAlive()) {
      throw new IllegalStateException("The server has ended");
    }
  }

  @Override
  public void onFailure(Runnable action) {
    // The link looks after the process itself.
  }

  @Override
  public void close() throws IOException {
    process.destroy();
  }
}
