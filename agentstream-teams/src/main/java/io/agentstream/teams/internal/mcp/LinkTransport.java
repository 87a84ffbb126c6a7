package io.agentstream.teams.internal.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpListToolsRequest;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The part that both transports share: what a server sends is read within bounds, and nothing of it
 * is logged, because it may hold prompts and keys.
 */
abstract class LinkTransport implements McpTransport {

  /** Larger than any result that is kept, with all that JSON adds to it. */
  static final int MOST_BYTES = 16 * 1024 * 1024;

  private static final int MOST_PAGES = 50;
  private static final Set<String> HEARD =
      Set.of("ping", "roots/list", "notifications/tools/list_changed");

  static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger pages = new AtomicInteger();
  private final AtomicInteger leftOut = new AtomicInteger();
  private volatile @Nullable McpOperationHandler handler;

  @Override
  public void start(McpOperationHandler operations) {
    handler = operations;
  }

  private McpOperationHandler operations() {
    return Objects.requireNonNull(handler, "start comes first");
  }

  /** Begins to count the pages of another list of tools. */
  void listingBegins() {
    pages.set(0);
    leftOut.set(0);
  }

  /** Returns how many tools of the list were left out. */
  int leftOut() {
    return leftOut.get();
  }

  /** Sends a message; the answer fails if it cannot be sent, or if nothing can answer it. */
  abstract void send(Object message, CompletableFuture<?> answer);

  /** Passes on what the server has sent; what is no message is ignored. */
  void receive(String text) {
    try {
      JsonNode message = JSON.readTree(text);
      if (message.isArray()) {
        message.forEach(this::receive);
      } else {
        receive(message);
      }
    } catch (JsonProcessingException e) {
      // Some servers print other text; the call that waits for an answer has its own time limit.
    }
  }

  private void receive(JsonNode message) {
    try {
      if (isOfUse(message)) {
        operations().handle(message);
      }
    } catch (RuntimeException e) {
      // A message of the wrong form must not end the reader of all others.
    }
  }

  /** The client would log other messages, with the server's text. */
  private static boolean isOfUse(JsonNode message) {
    return message.has("method")
        ? HEARD.contains(message.get("method").asText())
        : message.path("id").isIntegralNumber();
  }

  /** Gives up before the server has answered {@code initialize}, or after it died. */
  abstract void abort();

  /** Fails every call that has no answer yet. */
  void ended() {
    operations().cancelAllPendingOperations("The server ended");
  }

  CompletableFuture<JsonNode> exchange(McpClientMessage message) {
    if (!(message instanceof McpListToolsRequest)) {
      return sent(message);
    }
    if (pages.incrementAndGet() > MOST_PAGES) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("The list of tools has too many pages"));
    }
    return sent(message).whenComplete((page, failure) -> keepUsable(page));
  }

  private CompletableFuture<JsonNode> sent(McpClientMessage message) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    operations().startOperation(message.getId(), answer);
    send(message, answer);
    return answer;
  }

  /** Removes tools that the client could not read; one of them would cost all others. */
  private void keepUsable(@Nullable JsonNode page) {
    if (page != null && page.path("result").path("tools") instanceof ArrayNode tools) {
      int before = tools.size();
      ArrayNode kept = JSON.createArrayNode();
      tools.forEach(tool -> addUsable(kept, tool));
      tools.removeAll().addAll(kept);
      leftOut.addAndGet(before - kept.size());
    }
  }

  private static void addUsable(ArrayNode kept, JsonNode tool) {
    if (ToolBounds.fits(tool)) {
      kept.add(tool);
    }
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
    send(message, new CompletableFuture<>());
  }

  @Override
  public void executeOperationWithoutResponse(McpCallContext call) {
    executeOperationWithoutResponse(call.message());
  }

  @Override
  public void onFailure(Runnable action) {
    // The link is replaced after a failure.
  }
}
