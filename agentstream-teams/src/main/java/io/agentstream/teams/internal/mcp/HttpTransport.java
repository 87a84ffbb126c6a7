package io.agentstream.teams.internal.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.mcp.protocol.McpInitializationNotification;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import dev.langchain4j.mcp.protocol.McpListToolsRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks MCP over streamable HTTP. Each response is read within a bound. A redirect is not
 * followed, because it would take the headers to another place.
 */
final class HttpTransport extends LinkTransport {

  private static final String SESSION = "Mcp-Session-Id";
  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,1024}");

  private final McpSettings settings;
  private final URI url;
  private final HttpClient client;
  private final NotificationChannel notifications;
  private volatile @Nullable String session;
  private volatile @Nullable String version;
  private volatile boolean refused;
  private volatile boolean closed;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param clients has the client of this server
   * @param threads open the stream of notifications again
   * @param onGap called when notifications may have been lost
   */
  HttpTransport(
      McpSettings settings, SharedClient clients, ExecutorService threads, Runnable onGap) {
    this.settings = settings;
    this.url = URI.create(Objects.requireNonNull(settings.url()));
    this.client = clients.of(url, settings);
    this.notifications =
        new NotificationChannel(
            client,
            () -> request("text/event-stream").GET().build(),
            this::receive,
            threads,
            onGap);
  }

  /** Returns true if the server has refused the headers. */
  boolean isRefused() {
    return refused;
  }

  @Override
  public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
    return exchange(request)
        .thenCompose(
            answer -> {
              if (closed) {
                throw new IllegalStateException("The answer came too late");
              }
              version = token(answer.path("result").path("protocolVersion").asText());
              return post(new McpInitializationNotification(), new CompletableFuture<>())
                  .thenApply(done -> answer);
            })
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                notifications.open();
              }
            });
  }

  @Override
  void send(Object message, CompletableFuture<?> answer) {
    CompletableFuture<?> unused =
        post(message, answer)
            .whenComplete(
                (done, failure) ->
                    // An answer comes in the response to its request, or not at all.
                    answer.completeExceptionally(
                        failure == null
                            ? new IOException("The response holds no answer")
                            : failure));
  }

  private CompletableFuture<Void> post(Object message, CompletableFuture<?> answer) {
    HttpRequest request;
    try {
      request =
          request("application/json, text/event-stream")
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(message)))
              .build();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      // Without a cause, because the client's message quotes a header that it does not accept.
      return CompletableFuture.failedFuture(new IOException("The request cannot be sent"));
    }
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request, head -> body(head, answer));
    hangUpAfter(bound(message), exchange);
    return exchange.thenAccept(response -> check(response.statusCode()));
  }

  private Duration bound(Object message) {
    boolean begins =
        message instanceof McpInitializeRequest || message instanceof McpListToolsRequest;
    return (begins ? McpSettings.START : settings.timeout()).plus(McpSettings.GRACE);
  }

  /** Nobody waits any more by then, and a server that hangs would hold the connection for ever. */
  private static void hangUpAfter(Duration bound, CompletableFuture<?> exchange) {
    CompletableFuture<?> unused =
        exchange
            .copy()
            .orTimeout(bound.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((done, failure) -> exchange.cancel(true));
  }

  private BodySubscriber<Void> body(HttpResponse.ResponseInfo head, CompletableFuture<?> answer) {
    if (!Heads.isGood(head.statusCode())) {
      refused = refused || head.statusCode() == 401 || head.statusCode() == 403;
      answer.completeExceptionally(new IOException("Status " + head.statusCode()));
      return BoundedBody.none();
    }
    head.headers().firstValue(SESSION).ifPresent(id -> session = token(id));
    if (closed) {
      endSession();
    }
    return Heads.isEvents(head)
        ? BoundedBody.events(this::receive)
        : BoundedBody.whole(this::receive);
  }

  private static void check(int status) {
    if (!Heads.isGood(status)) {
      throw new IllegalStateException("Status " + status);
    }
  }

  /** Returns a text that may be sent back as a header; null if it may not. */
  private static @Nullable String token(String text) {
    return TOKEN.matcher(text).matches() ? text : null;
  }

  private HttpRequest.Builder request(String accept) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept", accept);
    settings.headers().forEach(request::setHeader);
    String id = session;
    if (id != null) {
      request.setHeader(SESSION, id);
    }
    String spoken = version;
    if (spoken != null) {
      request.setHeader("MCP-Protocol-Version", spoken);
    }
    return request;
  }

  @Override
  public void checkHealth() {
    // The client sends a ping of its own.
  }

  /** Ends the session on the server too, if it has one. */
  @Override
  public void close() {
    closed = true;
    notifications.close();
    endSession();
  }

  /** Closes; an answer that comes late opens no stream, and its session is ended on the server. */
  @Override
  void abort() {
    close();
  }

  private void endSession() {
    if (session != null && ended.compareAndSet(false, true)) {
      hangUpAfter(
          McpSettings.GRACE,
          client.sendAsync(
              request("application/json").DELETE().build(), head -> BoundedBody.none()));
    }
  }
}
