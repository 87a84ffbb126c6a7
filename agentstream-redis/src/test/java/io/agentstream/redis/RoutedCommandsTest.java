package io.agentstream.redis;

import static io.agentstream.test.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.backplane.Handover;
import io.agentstream.backplane.Node;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.journal.UnavailableException;
import io.agentstream.wire.ConversationCommand;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.ConversationCommand.StopSpeaker;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One node asks, another owns the conversation and is slow, or hears what nobody should send. */
@Timeout(180)
class RoutedCommandsTest {

  private static final Duration ANSWER_TIME = Duration.ofSeconds(3);

  /** A router gives up after two leases: on a busy machine, a test takes its time between asks. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private RedisProcess redis;
  private RedisBackplane asking;
  private RedisBackplane owning;
  private RedisClient client;
  private final SlowOwner owner = new SlowOwner(true);
  private final List<String> questions = new CopyOnWriteArrayList<>();

  /** The time for an answer is too short for the first commands of a process. */
  @BeforeAll
  static void warmUp() throws InterruptedException {
    TestNode.warmUp();
  }

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    asking = connect();
    owning = connect();
    asking.ownership().start(new SlowOwner(false));
    owning.ownership().start(owner);
    owning.ownership().claim("c").toCompletableFuture().join();
    client = RedisClient.create(redis.url());
    listen(channel(owning), questions);
  }

  @AfterEach
  void stop() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    asking.close();
    owning.close();
    redis.close();
  }

  @Test
  void a_command_that_is_asked_again_is_carried_out_once_and_answered() {
    CompletionStage<SteeringOutcome> outcome = asking.router().route(new StopSpeaker("c", null));
    await(() -> questions.size() >= 2);
    owner.carriedOut.complete(SteeringOutcome.ACCEPTED);

    assertThat(outcome.toCompletableFuture().join()).isEqualTo(SteeringOutcome.ACCEPTED);
    assertThat(owner.commands).hasSize(1);
    assertThat(questions.get(1)).isEqualTo(questions.get(0));
  }

  @Test
  void the_same_command_given_twice_is_two_commands() {
    owner.carriedOut.complete(SteeringOutcome.ACCEPTED);
    for (int i = 0; i < 2; i++) {
      asking.router().route(new StopSpeaker("c", null)).toCompletableFuture().join();
    }
    assertThat(owner.commands).hasSize(2);
  }

  @Test
  void a_message_without_an_id_gets_one_by_which_a_later_owner_knows_it_again() {
    owner.carriedOut.complete(SteeringOutcome.ACCEPTED);
    for (int i = 0; i < 2; i++) {
      asking.router().route(new SendMessage("c", "Hi", false, null)).toCompletableFuture().join();
    }
    asking.router().route(new SendMessage("c", "Hi", false, "own")).toCompletableFuture().join();
    List<String> ids =
        owner.commands.stream().map(command -> ((SendMessage) command).messageId()).toList();
    assertThat(ids).doesNotContainNull().doesNotHaveDuplicates().hasSize(3).endsWith("own");
  }

  @Test
  void an_owner_that_does_not_run_it_yet_is_asked_until_it_does() {
    owner.runs = false;
    owner.carriedOut.complete(SteeringOutcome.ACCEPTED);
    CompletionStage<SteeringOutcome> outcome = asking.router().route(new StopSpeaker("c", null));
    await(() -> questions.size() >= 2);
    assertThat(owner.commands).isEmpty();
    owner.runs = true;
    assertThat(outcome.toCompletableFuture().join()).isEqualTo(SteeringOutcome.ACCEPTED);
  }

  @Test
  void garbage_on_the_channels_of_nodes_harms_nothing() {
    List<String> garbage =
        List.of(
            "",
            " ",
            "?",
            "? a b",
            "? asking x {\"type\":\"stop_speaker\"}",
            "? " + asking.nodeId() + " 1 no json",
            "? " + asking.nodeId() + " 1 {\"type\":\"ping\"}",
            "! x ACCEPTED",
            "! 99999999999999999999 ACCEPTED",
            "! 999 WHATEVER",
            "\u0000\uffff");
    for (String message : garbage) {
      redis.commands().publish(channel(owning), message);
      redis.commands().publish(channel(asking), message);
      redis.commands().publish("agentstream:nodes", message);
    }
    await(() -> questions.size() >= garbage.size());
    owner.carriedOut.complete(SteeringOutcome.CONFLICT);
    CompletionStage<SteeringOutcome> outcome = asking.router().route(new StopSpeaker("c", null));
    assertThat(outcome.toCompletableFuture().join()).isEqualTo(SteeringOutcome.CONFLICT);
    assertThat(owner.commands).hasSize(1);
  }

  @Test
  void an_answer_of_another_version_is_named_as_such() {
    CompletableFuture<SteeringOutcome> outcome =
        asking.router().route(new StopSpeaker("c", null)).toCompletableFuture();
    await(() -> !questions.isEmpty());
    String number = questions.get(0).split(" ", 4)[2];
    redis.commands().publish(channel(asking), "! " + number + " OUTCOME_OF_TOMORROW");
    assertThatThrownBy(outcome::join)
        .hasCauseInstanceOf(UnavailableException.class)
        .hasMessageContaining("Conversation c: its node is of another version");
  }

  @Test
  void a_command_of_another_version_is_refused_at_once() {
    List<String> answers = new CopyOnWriteArrayList<>();
    listen(channel(asking), answers);
    String question = "? " + asking.nodeId() + " 77 ";
    redis.commands().publish(channel(owning), question + "{\"type\":\"dance\",\"data\":{}}");
    await(() -> answers.contains("! 77 NOT_UNDERSTOOD"));
    assertThat(owner.commands).isEmpty();
  }

  @Test
  void an_owner_that_fails_is_named_at_once_and_asked_once() {
    owner.carriedOut.completeExceptionally(new IllegalStateException("no"));
    assertFails();
    owner.throwing = true;
    assertFails();
    assertThat(owner.commands).hasSize(2);
  }

  private void assertFails() {
    assertThatThrownBy(
            () -> asking.router().route(new StopSpeaker("c", null)).toCompletableFuture().join())
        .hasMessageContaining("Conversation c: its node failed");
  }

  private void listen(String channel, List<String> messages) {
    StatefulRedisPubSubConnection<String, String> heard = client.connectPubSub();
    heard.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String from, String message) {
            messages.add(message);
          }
        });
    heard.sync().subscribe(channel);
  }

  private static String channel(RedisBackplane node) {
    return "agentstream:node:" + node.nodeId();
  }

  private RedisBackplane connect() {
    return RedisBackplane.connect(
        RedisSettings.at(redis.url()).commandTimeout(ANSWER_TIME).lease(LEASE).build());
  }

  /** Carries a command out when the test says so. */
  private static final class SlowOwner implements Node {
    private final CompletableFuture<SteeringOutcome> carriedOut = new CompletableFuture<>();
    private final List<ConversationCommand> commands = new CopyOnWriteArrayList<>();
    private volatile boolean runs;
    private volatile boolean throwing;

    SlowOwner(boolean runs) {
      this.runs = runs;
    }

    @Override
    public boolean runs(String conversationId) {
      return runs;
    }

    @Override
    public CompletionStage<SteeringOutcome> steer(ConversationCommand command) {
      commands.add(command);
      if (throwing) {
        throw new IllegalStateException("no");
      }
      return carriedOut;
    }

    @Override
    public void takeOver(Handover left) {}

    @Override
    public void lost(String conversationId) {}

    @Override
    public void journalReachable(boolean reachable) {}

    @Override
    public void storeReachable(boolean reachable) {}
  }
}
