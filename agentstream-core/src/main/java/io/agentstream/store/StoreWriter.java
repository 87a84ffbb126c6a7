package io.agentstream.store;

import io.agentstream.internal.UserCode;
import io.agentstream.journal.UnavailableException;
import io.agentstream.journal.internal.Reach;
import io.agentstream.store.StoredCopy.Write;
import io.agentstream.store.WriteStep.Saves;
import io.agentstream.store.WriteStep.Task;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the store on a thread of its own, in the order in which it was asked. A thread that
 * streams leaves a mark and continues. Conversations that are marked within a few milliseconds are
 * written in one transaction, and each at most once.
 */
final class StoreWriter {

  private static final Logger log = LoggerFactory.getLogger(StoreWriter.class);

  /** Collects the events with which one turn ends and the next begins. */
  private static final long LINGER_NANOS = 2_000_000;

  private static final int MOST_AT_ONCE = 64;
  private static final long RETRY_NANOS = 100_000_000;
  private static final Duration SLOW = Duration.ofSeconds(2);

  /** How long a command waits for its commit before it is answered with {@code unavailable}. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Store store;
  private final ChatClock clock;
  private final Reach reach;
  private final StoreFigures figures;
  private final Executor answers;
  private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closing;
  private volatile long giveUpAt;

  /** Something to write: a conversation, a task, or null to wake the thread and write nothing. */
  private record Item(@Nullable StoredCopy marked, @Nullable Task<?> task) {}

  /**
   * @param answers runs what waits for a write: it may block, and may wait for this writer's end
   */
  StoreWriter(Store store, ChatClock clock, Reach reach, StoreFigures figures, Executor answers) {
    this.store = store;
    this.clock = clock;
    this.reach = reach;
    this.figures = figures;
    this.answers = answers;
    this.thread = new Thread(this::run, "agentstream-store");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return closing || thread.isAlive();
  }

  int size() {
    return queue.size();
  }

  /** Has a conversation written as it then stands. */
  void mark(StoredCopy conversation) {
    if (conversation.enqueue()) {
      queue.add(new Item(conversation, null));
    }
  }

  /** Has a conversation written; the stage is done after the commit. */
  CompletionStage<Void> commit(StoredCopy conversation) {
    CompletionStage<Void> done = conversation.committed();
    mark(conversation);
    return withPatience(done.toCompletableFuture());
  }

  /** Does something in its turn, however long the store is away. */
  <T extends @Nullable Object> CompletionStage<T> submit(Supplier<T> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    queue.add(new Item(null, new Task<>(work, done)));
    return done;
  }

  /** Does something in its turn, unless the store is known to be away. */
  <T extends @Nullable Object> CompletionStage<T> submitNow(Supplier<T> work) {
    if (reach.isFailing() || closing) {
      return CompletableFuture.failedStage(new UnavailableException("The store takes no writes"));
    }
    return submitPatiently(work);
  }

  /**
   * Does something in its turn, however long the store is away; the stage fails if that takes long.
   */
  <T extends @Nullable Object> CompletionStage<T> submitPatiently(Supplier<T> work) {
    return withPatience(submit(work).toCompletableFuture());
  }

  private <T extends @Nullable Object> CompletionStage<T> withPatience(CompletableFuture<T> done) {
    CompletableFuture<T> patient = new CompletableFuture<>();
    Alarm alarm =
        clock.schedule(
            PATIENCE,
            () ->
                patient.completeExceptionally(
                    new UnavailableException("The store has not written it in time")));
    CompletableFuture<Void> unused =
        done.handleAsync(
            (result, failure) -> {
              alarm.cancel();
              if (failure == null) {
                patient.complete(result);
              } else {
                patient.completeExceptionally(failure);
              }
              return null;
            },
            answers);
    return patient;
  }

  /**
   * Writes what is in the queue and ends.
   *
   * @param patience how long it may take; after that the rest is given up
   */
  CompletionStage<Void> close(Duration patience) {
    giveUpAt = System.nanoTime() + patience.toNanos();
    closing = true;
    queue.add(new Item(null, null));
    return ended;
  }

  private boolean isOver() {
    return closing && (queue.isEmpty() || System.nanoTime() - giveUpAt > 0);
  }

  private void run() {
    try {
      while (!isOver()) {
        try {
          round();
        } catch (InterruptedException e) {
          log.warn("The thread that writes to the store was interrupted");
        } catch (Throwable e) {
          // Without this thread nothing would be kept any more.
          UserCode.caught(e);
          log.error("A write to the store failed because of a defect", e);
        }
      }
    } finally {
      ended.complete(null);
    }
  }

  private void round() throws InterruptedException {
    Item first = queue.take();
    if (!closing) {
      LockSupport.parkNanos(this, LINGER_NANOS);
    }
    List<Item> items = new ArrayList<>();
    items.add(first);
    queue.drainTo(items, MOST_AT_ONCE - 1);
    write(steps(items));
  }

  /** Keeps the order: a conversation is added before its first turn is written. */
  private List<WriteStep> steps(List<Item> items) {
    List<WriteStep> steps = new ArrayList<>();
    List<Write> writes = new ArrayList<>();
    for (Item item : items) {
      Write write = item.marked() == null ? null : take(item.marked());
      if (write != null) {
        writes.add(write);
      }
      if (item.task() != null) {
        addSaves(steps, writes);
        writes = new ArrayList<>();
        steps.add(item.task());
      }
    }
    addSaves(steps, writes);
    return steps;
  }

  private static void addSaves(List<WriteStep> steps, List<Write> writes) {
    if (!writes.isEmpty()) {
      steps.add(new Saves(writes));
    }
  }

  /** Writes the steps in one transaction; one that fails harms only itself. */
  private void write(List<WriteStep> steps) {
    if (steps.size() == 1) {
      alone(steps.get(0));
      return;
    }
    boolean over = steps.isEmpty();
    while (!over) {
      try {
        boolean[] together = {false};
        timed(() -> together[0] = store.together(() -> steps.forEach(step -> step.write(store))));
        steps.forEach(together[0] ? WriteStep::done : this::alone);
        over = true;
      } catch (UnavailableException e) {
        over = !waitForStore(e);
        if (over) {
          steps.forEach(step -> step.failed(e));
        }
      } catch (RuntimeException e) {
        steps.forEach(this::alone);
        over = true;
      }
    }
  }

  private void alone(WriteStep step) {
    boolean over = false;
    while (!over) {
      try {
        timed(() -> step.write(store));
        step.done();
        over = true;
      } catch (UnavailableException e) {
        over = !waitForStore(e);
        if (over) {
          step.failed(e);
        }
      } catch (RuntimeException e) {
        refused(step, e);
        over = true;
      }
    }
  }

  private void refused(WriteStep step, RuntimeException cause) {
    if (step instanceof Saves saves) {
      apart(saves.writes(), cause);
    } else if (step instanceof Task<?> task) {
      task.refused(cause);
    }
  }

  private @Nullable Write take(StoredCopy conversation) {
    try {
      return conversation.take(clock.now());
    } catch (UnavailableException e) {
      // Another node writes it from now on, or will; the journal that they share knows.
      log.debug("Conversation {}: not written to the store: {}", conversation.id, e.getMessage());
      return null;
    } catch (RuntimeException | StackOverflowError e) {
      broken(conversation, e);
      return null;
    }
  }

  /** One of them cannot be kept, which must not keep the others from it. */
  private void apart(List<Write> writes, RuntimeException cause) {
    for (Write write : writes) {
      if (writes.size() == 1) {
        broken(write.copy(), cause);
        write.failed("The store cannot keep the conversation");
      } else {
        alone(new Saves(List.of(write)));
      }
    }
  }

  private void broken(StoredCopy conversation, Throwable cause) {
    figures.failed();
    log.atError()
        .addKeyValue("conversation_id", conversation.id)
        .setCause(cause)
        .log("Conversation {}: its newest part cannot be stored", conversation.id);
  }

  private void timed(Runnable write) {
    long began = System.nanoTime();
    Alarm alarm = clock.schedule(SLOW, () -> reach.failed(new TimeoutException("no answer")));
    try {
      write.run();
      figures.written(System.nanoTime() - began);
      reach.succeeded();
    } finally {
      alarm.cancel();
    }
  }

  /** Returns false if it is not worth while any more. */
  private boolean waitForStore(UnavailableException cause) {
    figures.failed();
    reach.failed(cause);
    LockSupport.parkNanos(this, RETRY_NANOS);
    return !closing || System.nanoTime() - giveUpAt < 0;
  }
}
