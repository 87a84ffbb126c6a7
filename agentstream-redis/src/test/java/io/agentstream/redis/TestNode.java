package io.agentstream.redis;

import io.agentstream.chat.Agent;
import io.agentstream.delivery.ConversationHub;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;

/** A node in this process: a hub of two agents whose model the test plays. */
final class TestNode implements AutoCloseable {

  static final Duration LEASE = Duration.ofSeconds(1);
  private static final Duration HOLD_AFTER = Duration.ofMillis(300);

  final ScriptedModel model = new ScriptedModel();
  final RedisBackplane redis;
  final ConversationHub hub;

  TestNode(String url) {
    this(url, Duration.ofHours(1));
  }

  TestNode(String url, Duration keep) {
    this.redis =
        RedisBackplane.connect(
            RedisSettings.at(url)
                .lease(LEASE)
                .keep(keep)
                .holdAfter(HOLD_AFTER)
                .commandTimeout(Duration.ofSeconds(1))
                .build());
    this.hub =
        ConversationHub.builder()
            .agents(agent("Ann"), agent("Ben"))
            .defaultMaxRounds(1)
            .backplane(redis)
            .build();
  }

  private Agent agent(String name) {
    return Agent.builder(name).model(model).build();
  }

  TestViewer viewer() {
    return new TestViewer(hub);
  }

  @Override
  public void close() {
    hub.close();
    redis.close();
  }
}
