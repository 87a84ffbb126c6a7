package io.agentstream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DefaultExecutorTest {

  /** As many as the pool has threads before JDK 21. */
  private static final int THREADS = 16;

  private final Executor executor = DefaultExecutor.get();

  @Test
  void a_task_has_the_context_class_loader_of_its_caller() throws Exception {
    CompletableFuture<ClassLoader> seen = new CompletableFuture<>();

    WeakReference<ClassLoader> application =
        UnloadedApplication.call(
            () ->
                executor.execute(
                    () -> seen.complete(Thread.currentThread().getContextClassLoader())));

    assertThat(application.refersTo(seen.join())).isTrue();
  }

  @Test
  void its_threads_keep_nothing_of_the_application_that_needed_them_first() throws Exception {
    WeakReference<ClassLoader> application =
        UnloadedApplication.call(
            () -> {
              for (int i = 0; i < THREADS; i++) {
                executor.execute(() -> {});
              }
            });
    CountDownLatch released = new CountDownLatch(1);
    for (int i = 0; i < THREADS; i++) {
      executor.execute(() -> awaitQuietly(released));
    }

    try {
      UnloadedApplication.awaitUnloaded(application);
    } finally {
      released.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
