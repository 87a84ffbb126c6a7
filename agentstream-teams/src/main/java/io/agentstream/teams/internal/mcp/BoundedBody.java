package io.agentstream.teams.internal.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a response: one message, or server-sent events with a message each. A message
 * that is longer than the bound ends the response.
 */
final class BoundedBody implements BodySubscriber<Void> {

  private static final String DATA = "data:";

  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final @Nullable Consumer<String> messages;
  private final boolean events;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private @Nullable Subscription subscription;

  private BoundedBody(@Nullable Consumer<String> messages, boolean events) {
    this.messages = messages;
    this.events = events;
  }

  /** Reads nothing. */
  static BoundedBody none() {
    return new BoundedBody(null, false);
  }

  /** Reads the whole body as one message. */
  static BoundedBody whole(Consumer<String> messages) {
    return new BoundedBody(messages, false);
  }

  /** Reads server-sent events. */
  static BoundedBody events(Consumer<String> messages) {
    return new BoundedBody(messages, true);
  }

  @Override
  public CompletionStage<Void> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription body) {
    subscription = body;
    if (messages == null) {
      body.cancel();
      done.complete(null);
    } else {
      body.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining() && !done.isDone()) {
        next(buffer.get());
      }
    }
  }

  private void next(byte each) {
    if (events && each == '\n') {
      line(taken());
    } else if (part.size() + data.length() < LinkTransport.MOST_BYTES) {
      part.write(each);
    } else {
      if (subscription != null) {
        subscription.cancel();
      }
      done.completeExceptionally(new IOException("A message is too long"));
    }
  }

  private String taken() {
    String text = part.toString(StandardCharsets.UTF_8);
    part.reset();
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private void line(String line) {
    if (line.isEmpty()) {
      deliver(data.toString());
      data.setLength(0);
    } else if (line.startsWith(DATA)) {
      data.append(data.isEmpty() ? "" : "\n").append(line.substring(DATA.length()).strip());
    }
  }

  private void deliver(String message) {
    if (messages != null && !message.isBlank()) {
      messages.accept(message);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    if (events) {
      line(taken());
      line("");
    } else {
      deliver(taken());
    }
    done.complete(null);
  }
}
