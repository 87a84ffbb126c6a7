package io.agentstream.store;

import io.agentstream.journal.UnavailableException;
import io.agentstream.store.StoredCopy.Write;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One step of what a {@link StoreWriter} does in a round. Those who wait for it are answered after
 * the commit.
 */
sealed interface WriteStep {

  /** Writes it; called again if the transaction was rolled back. */
  void write(Store store);

  /** Tells whoever waits that it is in the store. */
  void done();

  void failed(UnavailableException cause);

  /**
   * Some conversations as they stand.
   *
   * @param writes at most one for each conversation, and at least one
   */
  record Saves(List<Write> writes) implements WriteStep {
    @Override
    public void write(Store store) {
      store.save(writes.stream().map(Write::change).toList());
    }

    @Override
    public void done() {
      writes.forEach(Write::done);
    }

    @Override
    public void failed(UnavailableException cause) {
      writes.forEach(write -> write.failed("The store does not take it"));
    }
  }

  /** Something that a command needs. */
  final class Task<T extends @Nullable Object> implements WriteStep {
    private final Supplier<T> work;
    private final CompletableFuture<T> told;
    private Runnable tell = () -> {};

    Task(Supplier<T> work, CompletableFuture<T> told) {
      this.work = work;
      this.told = told;
    }

    @Override
    public void write(Store store) {
      T result = work.get();
      tell = () -> told.complete(result);
    }

    @Override
    public void done() {
      tell.run();
    }

    @Override
    public void failed(UnavailableException cause) {
      told.completeExceptionally(cause);
    }

    void refused(RuntimeException cause) {
      told.completeExceptionally(cause);
    }
  }
}
