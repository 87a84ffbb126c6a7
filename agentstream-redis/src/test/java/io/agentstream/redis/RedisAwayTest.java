package io.agentstream.redis;

import static io.agentstream.test.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.stress.Stress;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Two nodes whose Redis goes away, and comes back with what it had or without. */
@Timeout(180)
class RedisAwayTest {

  private final RedisProcess redis = RedisProcess.startDurable();
  private final JumpingClock clock = new JumpingClock();
  private final TestNode first = node();
  private final TestNode second = node();

  @BeforeAll
  static void warmUp() throws InterruptedException {
    TestNode.warmUp();
  }

  private TestNode node() {
    return new TestNode(
        TestNode.settings(redis.url()).commandTimeout(TestNode.SHORT_COMMAND).clock(clock));
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
    redis.close();
  }

  @Stress
  void while_redis_is_held_its_viewers_see_on_then_it_pauses_and_goes_on_when_it_is_back()
      throws Exception {
    goesOnOver(redis::hold, this::goOn);
  }

  @Stress
  void a_redis_that_was_killed_and_comes_back_with_its_data_has_lost_nothing() throws Exception {
    goesOnOver(redis::kill, redis::startAgain);
  }

  private void goesOnOver(Runnable away, Runnable back) throws Exception {
    LocalViewer here = first.viewer();
    String id = here.start("Tea?");
    LocalViewer there = second.viewer().join(id);
    ScriptedCall call = first.model.awaitNext();
    call.tokens("Before");
    there.awaitText("m2", "Before");

    runOut(first, second);
    away.run();
    call.tokens(", without");
    here.awaitText("m2", "Before, without");
    // Before anything fails: a renewal that is still under way when Redis is back counts from here.
    clock.jump(TestNode.LEASE.plusSeconds(1));
    LocalViewer late = second.viewer().join("another");
    assertThat(late.await("error").at("/data/code").asText()).isEqualTo("unavailable");
    awaitPaused(first);
    call.tokens(", still").complete();
    assertThat(here.await("conversation_paused").at("/data/reason").asText())
        .isEqualTo("backplane");
    assertThat(first.model.isIdle()).isTrue();

    back.run();
    here.await("conversation_unpaused");
    there.awaitText("m2", "Before, without, still");
    first.model.awaitNext().tokens("After.").complete();
    there.awaitText("m3", "After.");
    there.awaitEnd();
    here.awaitEnd();
    assertThat(late(second, id)).isEqualTo(late(first, id));
    assertThat(late(second, id).get("epoch").asLong()).as("nobody took over").isEqualTo(1);
  }

  /**
   * Their leases are over when Redis is back: neither can renew its own meanwhile. Nor can one look
   * for the other, which it does after each renewal, before Redis is away.
   */
  private void runOut(TestNode... nodes) {
    RedisCommands<String, String> transaction = redis.commands();
    transaction.multi();
    for (TestNode node : nodes) {
      transaction.pexpire("agentstream:node:" + node.redis.nodeId(), 1);
    }
    client("PAUSE", "60000", "WRITE");
    transaction.exec();
  }

  private void goOn() {
    redis.goOn();
    client("UNPAUSE");
  }

  private void client(String... arguments) {
    CommandArgs<String, String> all = new CommandArgs<>(StringCodec.UTF8);
    for (String argument : arguments) {
      all.add(argument);
    }
    redis.commands().dispatch(CommandType.CLIENT, new StatusOutput<>(StringCodec.UTF8), all);
  }

  /** Not each connection of a node finds Redis again at the same moment. */
  private static JsonNode late(TestNode node, String id) {
    while (true) {
      JsonNode answer =
          node.viewer()
              .join(id)
              .await(frame -> List.of("snapshot", "error").contains(frame.get("type").asText()));
      if (answer.get("type").asText().equals("snapshot")) {
        return answer.get("data");
      }
      assertThat(answer.at("/data/code").asText()).isEqualTo("unavailable");
    }
  }

  private static void awaitPaused(TestNode node) {
    await(
        () ->
            node.hub.conversations().stream()
                .allMatch(
                    conversation -> conversation.unpause().join() == SteeringOutcome.UNAVAILABLE));
  }
}
