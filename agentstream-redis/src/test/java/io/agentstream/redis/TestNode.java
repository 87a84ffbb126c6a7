package io.agentstream.redis;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A node in this process: a hub of two agents whose model the test plays. */
final class TestNode implements AutoCloseable {

  /** The default: with less, a busy machine makes nodes that live count as dead. */
  static final Duration LEASE = Duration.ofSeconds(5);

  /** For nodes whose Redis does not answer in the test, which has to wait as long. */
  static final Duration SHORT_COMMAND = Duration.ofSeconds(2);

  /** On a busy machine the first commands of a process take seconds. */
  static final Duration COMMAND = Duration.ofSeconds(10);

  private static final Duration HOLD_AFTER = Duration.ofMillis(300);

  final ScriptedModel model = new ScriptedModel();
  final RedisBackplane redis;
  final ConversationHub hub;

  TestNode(String url) {
    this(settings(url));
  }

  TestNode(RedisSettings.Builder settings) {
    this(settings, hub -> hub);
  }

  TestNode(RedisSettings.Builder settings, UnaryOperator<ConversationHubBuilder> more) {
    this(settings, more, agent -> agent);
  }

  TestNode(
      RedisSettings.Builder settings,
      UnaryOperator<ConversationHubBuilder> more,
      UnaryOperator<Agent.Builder> agents) {
    this.redis = RedisBackplane.connect(settings.build());
    ConversationHubBuilder builder =
        ConversationHub.builder()
            .agents(agent("Ann", agents), agent("Ben", agents))
            .defaultMaxRounds(1)
            .backplane(redis);
    this.hub = more.apply(builder).build();
  }

  /** Runs a node once, so that the commands of a node with a short time are not the first ones. */
  static void warmUp() throws InterruptedException {
    try (RedisProcess process = RedisProcess.start();
        TestNode node = new TestNode(process.url())) {
      LocalViewer viewer = node.viewer();
      viewer.start("Tea?");
      node.model.awaitNext().tokens("Warm.").complete();
      node.model.awaitNext().complete();
      viewer.awaitEnd();
    }
  }

  /** The configuration of nodes, which a test can change. */
  static RedisSettings.Builder settings(String url) {
    return RedisSettings.at(url).lease(LEASE).holdAfter(HOLD_AFTER).commandTimeout(COMMAND);
  }

  private Agent agent(String name, UnaryOperator<Agent.Builder> settings) {
    return settings.apply(Agent.builder(name).model(model)).build();
  }

  LocalViewer viewer() {
    return new LocalViewer(hub);
  }

  /** Stops in order, before the end of the block that opened it. */
  void leave() {
    close();
  }

  @Override
  public void close() {
    hub.close();
    redis.close();
  }
}
