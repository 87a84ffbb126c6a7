package io.agentstream.jdbc;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.settings.Timeouts;
import io.agentstream.store.Store;
import io.agentstream.store.StoreSettings;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.DeliveryListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A server in this process: a hub of two agents whose model the test plays, and its store. */
final class StoredServer implements AutoCloseable {

  private static final String FILE = "agentstream.mv.db";

  final ScriptedModel model = new ScriptedModel();
  final ConversationHub hub;
  private final Store store;

  StoredServer(Path folder) {
    this(folder, agent -> agent);
  }

  StoredServer(Path folder, UnaryOperator<Agent.Builder> settings) {
    this(folder, settings, new UnhurriedClock());
  }

  StoredServer(Path folder, UnaryOperator<Agent.Builder> settings, ChatClock clock) {
    this(
        JdbcStore.inFolder(folder),
        Timeouts.defaults(),
        new DeliveryListener() {},
        settings,
        clock);
  }

  StoredServer(Store store, ChatClock clock) {
    this(store, new DeliveryListener() {}, clock);
  }

  StoredServer(Store store, DeliveryListener listener, ChatClock clock) {
    this(store, Timeouts.defaults(), listener, agent -> agent, clock);
  }

  StoredServer(Store store, Timeouts timeouts) {
    this(store, timeouts, new DeliveryListener() {}, agent -> agent, new UnhurriedClock());
  }

  /** Notices by the machine's clock that its store is away. */
  StoredServer(Store store, Timeouts timeouts, DeliveryListener listener) {
    this(store, timeouts, listener, agent -> agent, ChatClock.system());
  }

  private StoredServer(
      Store store,
      Timeouts timeouts,
      DeliveryListener listener,
      UnaryOperator<Agent.Builder> settings,
      ChatClock clock) {
    this.store = store;
    this.hub =
        ConversationHub.builder()
            .agents(agent("Ann", settings), agent("Ben", settings))
            .defaultMaxRounds(1)
            .access(ConversationAccess.everybody())
            .timeouts(timeouts)
            .clock(clock)
            .listener(listener)
            .store(store, new StoreSettings(Duration.ofMillis(300), Duration.ZERO))
            .build();
  }

  private Agent agent(String name, UnaryOperator<Agent.Builder> settings) {
    return settings.apply(Agent.builder(name).model(model)).build();
  }

  LocalViewer viewer() {
    return new LocalViewer(hub);
  }

  /** Copies what a server has on its disk at this moment, which is what a crash leaves. */
  static Path crash(Path folder, Path copy) {
    try {
      Files.createDirectories(copy);
      return Files.copy(folder.resolve(FILE), copy.resolve(FILE)).getParent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops in order. */
  void drain() {
    hub.drain().toCompletableFuture().join();
    close();
  }

  @Override
  public void close() {
    hub.close();
    store.close();
  }
}
