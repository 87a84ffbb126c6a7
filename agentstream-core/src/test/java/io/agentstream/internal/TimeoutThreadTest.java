package io.agentstream.internal;

import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TimeoutThreadTest {

  @Test
  void it_keeps_nothing_of_the_application_that_sets_the_first_time_limit() throws Exception {
    WeakReference<ClassLoader> application =
        UnloadedApplication.call(
            () -> {
              TimeoutThread.start();
              new CompletableFuture<>().orTimeout(1, TimeUnit.DAYS).cancel(false);
            });

    UnloadedApplication.awaitUnloaded(application);
  }
}
