package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.store.Store;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ManualClock;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.StoreLoad;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts that arrive while the database is busy, on a real H2. */
@Timeout(180)
class GroupCommitTest {

  private static final int STARTS = 50;

  @TempDir private Path folder;

  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  private final AtomicInteger adds = new AtomicInteger();
  private final AtomicInteger transactions = new AtomicInteger();
  private final AtomicInteger transactionsOfAdds = new AtomicInteger();
  private volatile Supplier<StoreLoad> load;
  private volatile String refused = "";

  /** A store that holds up its first write, and counts its transactions. */
  private Store watched(Store store) {
    ThreadLocal<Boolean> together = ThreadLocal.withInitial(() -> false);
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              String name = method.getName();
              if (List.of("add", "save", "started", "together").contains(name) && !together.get()) {
                transactions.incrementAndGet();
                busy.countDown();
                free.await();
              }
              if (name.equals("add") && arguments[0].toString().contains("refuse me")) {
                refused = arguments[0].toString();
                throw new IllegalStateException("The database refuses a value");
              }
              together.set(together.get() || name.equals("together"));
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                together.set(together.get() && !name.equals("together"));
                if (name.equals("add") && adds.incrementAndGet() == STARTS) {
                  transactionsOfAdds.set(transactions.get());
                }
              }
            });
  }

  private StoredServer server() {
    return new StoredServer(
        watched(JdbcStore.inFolder(folder)),
        new DeliveryListener() {
          @Override
          public void onStore(Supplier<StoreLoad> polled) {
            load = polled;
          }
        },
        // However slow the machine is, the store that holds up a write does not count as away.
        new ManualClock());
  }

  private List<LocalViewer> startAtOnce(StoredServer server, int number, String topic)
      throws InterruptedException {
    List<LocalViewer> viewers = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      LocalViewer viewer = server.viewer();
      viewers.add(viewer);
      viewer.command("start_conversation", Map.of("topic", topic + " " + i));
    }
    return viewers;
  }

  @Test
  void fifty_starts_at_once_are_entered_in_two_transactions_and_all_accepted() throws Exception {
    try (StoredServer server = server()) {
      server.model.always(call -> call.tokens("Tea.").complete());
      List<LocalViewer> viewers = startAtOnce(server, 1, "Tea");
      busy.await();
      viewers.addAll(startAtOnce(server, STARTS - 1, "Tea"));
      Eventually.await(() -> load.get().queued() >= STARTS - 1);
      free.countDown();
      viewers.forEach(viewer -> viewer.await("accepted"));
      assertThat(transactionsOfAdds.get()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void a_start_that_the_database_refuses_harms_no_other() throws Exception {
    try (StoredServer server = server()) {
      server.model.always(call -> call.tokens("Tea.").complete());
      List<LocalViewer> viewers = startAtOnce(server, 1, "Tea");
      busy.await();
      viewers.addAll(startAtOnce(server, 2, "Tea"));
      List<LocalViewer> unlucky = startAtOnce(server, 1, "refuse me");
      viewers.addAll(startAtOnce(server, 3, "Coffee"));
      Eventually.await(() -> load.get().queued() >= 6);
      free.countDown();
      viewers.forEach(viewer -> viewer.await("accepted"));
      assertThat(unlucky.get(0).await("error").at("/data/code").asText()).isEqualTo("internal");
      assertThat(refused).contains("refuse me");
    }
  }
}
