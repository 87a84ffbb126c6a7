package io.agentstream.store;

import io.agentstream.internal.UserCode;
import io.agentstream.journal.UnavailableException;
import io.agentstream.journal.internal.Reach;
import io.agentstream.store.StoredCopy.Write;
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

  /** Something to write. */
  private sealed interface Item {}

  private record Mark(StoredCopy copy) implements Item {}

  /** Wakes the thread, and writes nothing. */
  private record Wake() implements Item {}

  private record Task<T extends @Nullable Object>(Supplier<T> work, CompletableFuture<T> done)
      implements Item {
    void run() {
      done.complete(work.get());
    }
  }

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
      queue.add(new Mark(conversation));
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
    queue.add(new Task<>(work, done));
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
    queue.add(new Wake());
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
    List<StoredCopy> marked = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Mark mark) {
        marked.add(mark.copy());
      } else if (item instanceof Task<?> task) {
        save(marked);
        marked.clear();
        carryOut(task);
      }
    }
    save(marked);
  }

  private void carryOut(Task<?> task) {
    boolean done = false;
    while (!done) {
      try {
        timed(task::run);
        done = true;
      } catch (UnavailableException e) {
        done = !waitForStore(e);
        if (done) {
          task.done().completeExceptionally(e);
        }
      } catch (RuntimeException e) {
        task.done().completeExceptionally(e);
        done = true;
      }
    }
  }

  private void save(List<StoredCopy> marked) {
    List<Write> writes = new ArrayList<>();
    for (StoredCopy conversation : marked) {
      Write write = take(conversation);
      if (write != null) {
        writes.add(write);
      }
    }
    boolean done = writes.isEmpty();
    while (!done) {
      try {
        timed(() -> store.save(writes.stream().map(Write::change).toList()));
        writes.forEach(Write::done);
        done = true;
      } catch (UnavailableException e) {
        done = !waitForStore(e);
        if (done) {
          writes.forEach(write -> write.failed("The store does not take it"));
        }
      } catch (RuntimeException e) {
        apart(writes, e);
        done = true;
      }
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
        write.again();
        save(List.of(write.copy()));
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
