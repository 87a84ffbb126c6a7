package io.agentstream.jdbc;

import io.agentstream.backplane.Backplane;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.redis.RedisBackplane;
import io.agentstream.redis.RedisSettings;
import io.agentstream.settings.Timeouts;
import io.agentstream.store.Store;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A node of two agents whose model the test plays, on a real Redis and a real database. */
final class KeptNode implements AutoCloseable {

  private static final String USER = "postgres";

  final ScriptedModel model = new ScriptedModel();
  final Store store;
  final RedisBackplane shared;
  final ConversationHub hub;
  private boolean closed;

  /**
   * @param ended how long a conversation stays in memory after its end
   * @param with makes the backplane of the hub from the one on Redis
   */
  KeptNode(String redisUrl, String jdbcUrl, Duration ended, UnaryOperator<Backplane> with) {
    store = JdbcStore.ofNodesAt(jdbcUrl, USER, USER);
    // On a busy machine the first commands of a process take seconds.
    shared =
        RedisBackplane.connect(
            RedisSettings.at(redisUrl).commandTimeout(Duration.ofSeconds(10)).build());
    hub =
        ConversationHub.builder()
            .agents(agent("Ann"), agent("Ben"))
            .defaultMaxRounds(1)
            .access(ConversationAccess.everybody())
            .timeouts(Timeouts.builder().endedConversation(ended).build())
            .backplane(with.apply(shared))
            .store(store)
            .build();
  }

  private Agent agent(String name) {
    return Agent.builder(name).model(model).build();
  }

  LocalViewer viewer() {
    return new LocalViewer(hub);
  }

  /** Waits until only the store has the conversation. */
  void awaitForgotten(String id) {
    Eventually.await(() -> shared.journal().read(id).toCompletableFuture().join().isEmpty());
  }

  /** Returns the texts of the messages that the store has. */
  List<String> texts(String id) {
    return StoredTexts.of(store, id);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      hub.close();
      shared.close();
      store.close();
    }
  }
}
