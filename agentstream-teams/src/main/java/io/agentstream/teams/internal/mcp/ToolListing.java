package io.agentstream.teams.internal.mcp;

import dev.langchain4j.agent.tool.ToolSpecification;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows the newest list of a server's tools. The list is asked for when a turn needs it and it has
 * changed, so a server that announces changes without end causes no work. Thread-safe.
 */
final class ToolListing {

  /** How long a turn waits before it uses the list that is known. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long APART_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Supplier<List<ToolSpecification>> list;
  private final Executor threads;

  // Guarded by this.
  private @Nullable List<ToolSpecification> known;
  private boolean changed;
  private boolean failed;
  private long notBefore = System.nanoTime();
  private @Nullable CompletableFuture<@Nullable List<ToolSpecification>> asking;

  /**
   * @param list asks the server; may block and throw
   * @param threads run it
   */
  ToolListing(Supplier<List<ToolSpecification>> list, Executor threads) {
    this.list = list;
    this.threads = threads;
  }

  synchronized void known(List<ToolSpecification> tools) {
    known = tools;
  }

  /** Takes note that the server's list may be another one by now. */
  synchronized void changed() {
    changed = true;
  }

  /** Takes note that the server is asked now: earlier changes are in its answer. */
  synchronized void asked() {
    changed = false;
  }

  /**
   * Returns the newest list; the last known one if the server does not give it in time. Fails if
   * there is none.
   */
  synchronized CompletionStage<List<ToolSpecification>> newest() {
    long wait = Math.max(0, notBefore - System.nanoTime());
    if (asking == null && (!changed || (failed && wait > 0))) {
      return CompletableFuture.completedFuture(known).thenApply(ToolListing::present);
    }
    return asking(wait)
        .copy()
        .completeOnTimeout(known, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(ToolListing::present);
  }

  private static List<ToolSpecification> present(@Nullable List<ToolSpecification> tools) {
    if (tools == null) {
      throw new IllegalStateException("The server has not listed its tools yet");
    }
    return tools;
  }

  /** Turns that ask at the same time share one question to the server. */
  private synchronized CompletableFuture<@Nullable List<ToolSpecification>> asking(long wait) {
    CompletableFuture<@Nullable List<ToolSpecification>> running = asking;
    if (running != null) {
      return running;
    }
    CompletableFuture<@Nullable List<ToolSpecification>> begun = new CompletableFuture<>();
    asking = begun;
    CompletableFuture<?> unused =
        CompletableFuture.supplyAsync(
                list, CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, threads))
            .whenComplete((tools, failure) -> begun.complete(answered(tools, failure)));
    return begun;
  }

  private synchronized @Nullable List<ToolSpecification> answered(
      @Nullable List<ToolSpecification> tools, @Nullable Throwable failure) {
    asking = null;
    failed = failure != null || tools == null;
    notBefore = System.nanoTime() + (failed ? AFTER_FAILURE_NANOS : APART_NANOS);
    if (tools == null) {
      changed = true;
    } else {
      known = tools;
    }
    return known;
  }
}
