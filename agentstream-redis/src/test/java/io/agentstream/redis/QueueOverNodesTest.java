package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.Author;
import io.agentstream.event.Delivery;
import io.agentstream.settings.Limits;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedCall;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.Authored;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.ConversationCommand.WithdrawMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * People on one node withdraw messages from a conversation of another node, while their turn comes
 * or the node is lost. A withdrawn message is never delivered, each other one is, once, by its
 * author. {@code -Dagentstream.races} sets the number of races.
 */
@Timeout(900)
class QueueOverNodesTest {

  private static final boolean SLOW = Boolean.getBoolean("agentstream.slow");
  private static final Author ANNA = Author.of("u1", "Anna");
  private static final Author CLEO = Author.of("u2", "Cleo");
  private static final List<String> LEFT = List.of("Cleo: Stays.");
  private static final int ROUNDS_OF_A_NODE = 100;
  private static final int ROUNDS_TO_A_SURE_ONE = 20;
  private static final long STEP_NANOS = 50_000;

  private RedisProcess redis;
  private int withdrawn;
  private int taken;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void a_withdrawal_against_the_end_of_the_turn() throws Exception {
    int rounds = Integer.getInteger("agentstream.races", SLOW ? 2_000 : 60);
    for (int round = 0; round < rounds; round += ROUNDS_OF_A_NODE) {
      try (TestNode owner = node();
          TestNode other = node()) {
        race(owner, other, round, Math.min(rounds, round + ROUNDS_OF_A_NODE));
      }
      // Or the next nodes would take over what these have left.
      redis.commands().flushall();
    }
    assertThat(withdrawn).as("withdrawals that came first").isPositive();
    assertThat(taken).as("turns that ended first").isPositive();
  }

  private void race(TestNode owner, TestNode other, int from, int to) throws Exception {
    for (int round = from; round < to; round++) {
      CompletableFuture<ScriptedCall> speaking = new CompletableFuture<>();
      owner.model.then(speaking::complete).always(call -> call.tokens("ok").complete());
      Scene scene = new Scene(owner, other, speaking);
      CompletableFuture<SteeringOutcome> outcome = scene.withdraw();
      if (round % ROUNDS_TO_A_SURE_ONE == 0) {
        // On a busy machine no withdrawal may be fast enough to come first.
        outcome.get(60, TimeUnit.SECONDS);
      }
      spin(round);
      scene.call.complete();
      scene.check(outcome.get(60, TimeUnit.SECONDS));
    }
  }

  private TestNode node() {
    return new TestNode(
        TestNode.settings(redis.url()),
        hub -> hub.limits(Limits.builder().startsPerMinute(0).build()));
  }

  @Test
  void a_withdrawal_while_its_node_is_lost() throws Exception {
    try (TestNode other = node()) {
      for (int round = 0; round < (SLOW ? 20 : 4); round++) {
        try (TestNode owner = node()) {
          CompletableFuture<ScriptedCall> speaking = new CompletableFuture<>();
          owner.model.then(speaking::complete);
          other.model.always(call -> call.tokens("ok").complete());
          Scene scene = new Scene(owner, other, speaking);
          // A message that was accepted a moment ago may be lost with its node (docs/scaling.md).
          Eventually.await(() -> saved(scene).contains("Stays."));
          CompletableFuture<SteeringOutcome> outcome = scene.withdraw();
          spin(round * 3);
          redis.commands().publish("agentstream:nodes", owner.redis.nodeId());
          scene.check(outcome.get(60, TimeUnit.SECONDS));
        }
      }
    }
  }

  private String saved(Scene scene) {
    String state = redis.commands().hget(new Keys("agentstream").conversation(scene.id), "saved");
    return state == null ? "" : state;
  }

  /** Lets the two meet at every point of each other's way. */
  private static void spin(int round) {
    long until = System.nanoTime() + round % 80 * STEP_NANOS;
    while (System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }

  /** One conversation, in which two messages wait while Ann speaks. */
  private final class Scene {
    final TestNode other;
    final String id;
    final LocalViewer viewer;
    final ScriptedCall call;
    final String queueId;

    Scene(TestNode owner, TestNode other, CompletableFuture<ScriptedCall> speaking)
        throws Exception {
      this.other = other;
      this.id = owner.viewer().start("Tea?");
      this.viewer = other.viewer().join(id);
      viewer.await("snapshot");
      this.call = speaking.get(60, TimeUnit.SECONDS).tokens("half");
      say("Withdrawn?", ANNA);
      say("Stays.", CLEO);
      this.queueId =
          viewer
              .await(frame -> frame.at("/data/content").asText().equals("Withdrawn?"))
              .at("/data/queue_id")
              .asText();
    }

    private void say(String text, Author author) throws Exception {
      SendMessage message = new SendMessage(id, text, false, null, Delivery.TURN);
      assertThat(route(message, author).get(60, TimeUnit.SECONDS))
          .isEqualTo(SteeringOutcome.ACCEPTED);
    }

    CompletableFuture<SteeringOutcome> withdraw() {
      return route(new WithdrawMessage(id, queueId), ANNA)
          .exceptionally(failure -> SteeringOutcome.UNAVAILABLE);
    }

    private CompletableFuture<SteeringOutcome> route(ConversationCommand command, Author author) {
      return other.redis.router().route(new Authored(command, author)).toCompletableFuture();
    }

    void check(SteeringOutcome outcome) {
      viewer.awaitEnd();
      JsonNode messages = other.viewer().join(id).await("snapshot").at("/data/messages");
      List<String> said = new ArrayList<>();
      messages.forEach(
          message -> {
            if (message.has("author") && message.has("queue_id")) {
              said.add(
                  message.at("/author/name").asText() + ": " + message.get("content").asText());
            }
          });
      boolean reported = viewer.types().contains("message_withdrawn");
      if (outcome == SteeringOutcome.ACCEPTED || reported) {
        withdrawn++;
        assertThat(said).as("%s", messages).isEqualTo(LEFT);
      } else {
        taken++;
        List<String> both = List.of("Anna: Withdrawn?", "Cleo: Stays.");
        // Without an answer from the lost node nobody knows whether it was withdrawn before.
        assertThat(outcome).isIn(SteeringOutcome.NOT_FOUND, SteeringOutcome.UNAVAILABLE);
        assertThat(said)
            .as("%s", messages)
            .isIn(outcome == SteeringOutcome.NOT_FOUND ? List.of(both) : List.of(both, LEFT));
      }
    }
  }
}
