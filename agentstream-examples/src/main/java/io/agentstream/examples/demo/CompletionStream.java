package io.agentstream.examples.demo;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An answer in progress. Each step begins when the previous one is done: wait, write, wait, write.
 * So at most one write is in progress, and the fields need no lock.
 */
final class CompletionStream {

  /** An approximation, sufficient for a usage that nobody pays for. */
  private static final int CHARS_A_TOKEN = 4;

  private final CompletionRequest request;
  private final List<TimedToken> tokens;
  private final @Nullable ToolCall call;
  private final Chunks chunks;
  private final Response response;
  private final Callback callback;
  private final ScheduledExecutorService timer;

  private int position;
  private long due;

  CompletionStream(
      CompletionRequest request,
      Answer answer,
      Chunks chunks,
      Response response,
      Callback callback,
      ScheduledExecutorService timer) {
    this.request = request;
    this.tokens = answer.tokens();
    this.call = answer.call();
    this.chunks = chunks;
    this.response = response;
    this.callback = callback;
    this.timer = timer;
  }

  void start() {
    due = System.nanoTime();
    write(chunks.role(), this::next);
  }

  private void next() {
    if (position == tokens.size()) {
      end();
      return;
    }
    TimedToken token = tokens.get(position++);
    // Relative to the last due time, not to now, so that delays do not add up.
    due += TimeUnit.MILLISECONDS.toNanos(token.afterMillis());
    schedule(() -> write(chunks.text(token.text()), this::next));
  }

  private void end() {
    if (call == null) {
      write(chunks.end("stop"), this::usage);
    } else {
      write(chunks.toolCall(call), () -> write(chunks.end("tool_calls"), this::usage));
    }
  }

  private void usage() {
    if (request.wantsUsage()) {
      write(chunks.usage(promptTokens(), tokens.size()), this::done);
    } else {
      done();
    }
  }

  private void done() {
    response.write(true, Chunks.DONE.duplicate(), callback);
  }

  /** If the client has closed the connection, the write fails and the stream ends. */
  private void write(ByteBuffer event, Runnable then) {
    response.write(false, event, Callback.from(then, callback::failed));
  }

  private void schedule(Runnable step) {
    try {
      ScheduledFuture<?> unused =
          timer.schedule(step, due - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closing) {
      callback.failed(closing);
    }
  }

  private int promptTokens() {
    return request.messages().stream().mapToInt(m -> m.content().length()).sum() / CHARS_A_TOKEN;
  }
}
