package io.agentstream.redis;

import static io.agentstream.test.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.backplane.Directory;
import io.agentstream.backplane.StartRequest;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.test.LocalViewer;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A start that is asked for at two nodes starts one conversation. */
@Timeout(180)
class StartRequestTest {

  private static final int RACES = 100;
  private static final String KEY = "5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035";
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final StartRequest REQUEST = new StartRequest("ann", "r1");

  private RedisProcess redis;
  private RedisCommands<String, String> commands;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    commands = redis.commands();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void two_nodes_that_are_asked_at_the_same_time_start_one_conversation() throws Exception {
    try (TestNode first = new TestNode(redis.url());
        TestNode second = new TestNode(redis.url())) {
      Set<String> ids = new HashSet<>();
      CyclicBarrier together = new CyclicBarrier(2);
      for (int race = 0; race < RACES; race++) {
        String request = UUID.randomUUID().toString();
        LocalViewer here = first.viewer();
        LocalViewer there = second.viewer();
        CompletableFuture<Void> other =
            CompletableFuture.runAsync(() -> startTogether(together, there, request));
        startTogether(together, here, request);
        other.join();
        ids.add(idOf(here));
        assertThat(idOf(there)).isEqualTo(idOf(here));
        here.await("speaker_change");
        there.await("speaker_change");
      }
      assertThat(ids).hasSize(RACES);
      await(() -> first.hub.conversations().size() + second.hub.conversations().size() == RACES);
      await(() -> commands.keys("agentstream:{*}").size() == RACES);
      assertThat(now(first.redis.directory().newest(null, any -> true, 2 * RACES))).hasSize(RACES);
    }
  }

  @Test
  void a_start_that_is_asked_for_again_at_another_node_joins_from_the_first_event() {
    try (TestNode first = new TestNode(redis.url());
        TestNode second = new TestNode(redis.url())) {
      LocalViewer cut = start(first.viewer(), KEY);
      cut.await("speaker_change");
      LocalViewer again = start(second.viewer(), KEY);
      assertThat(idOf(again)).isEqualTo(idOf(cut));
      assertThat(again.await("conversation_created").at("/seq").asLong()).isEqualTo(1);
      await(() -> second.hub.conversations().isEmpty());
      assertThat(idOf(start(second.viewer(), UUID.randomUUID().toString())))
          .isNotEqualTo(idOf(cut));
    }
  }

  @Test
  void a_start_with_other_data_is_refused_by_every_node_and_after_a_takeover() throws Exception {
    try (TestNode first = new TestNode(redis.url());
        TestNode second = new TestNode(redis.url());
        TestNode third = new TestNode(redis.url())) {
      String id = idOf(start(first.viewer(), KEY));
      first.model.awaitNext();
      assertRefused(second, id);
      first.leave();
      LocalViewer again = start(second.viewer(), KEY);
      again.await(frame -> frame.at("/data/epoch").asLong() == 2);
      assertThat(idOf(again)).isEqualTo(id);
      for (TestNode node : List.of(second, third)) {
        assertRefused(node, id);
        assertThat(idOf(start(node.viewer(), KEY))).isEqualTo(id);
      }
    }
  }

  private static void assertRefused(TestNode node, String id) {
    LocalViewer viewer = node.viewer();
    viewer.command("start_conversation", Map.of("topic", "Milk?", "request_id", KEY));
    assertThat(viewer.await("error").at("/data/code").asText()).isEqualTo("invalid_field");
    assertThat(viewer.frames().toString()).doesNotContain(id);
  }

  @Test
  void a_request_is_known_as_long_as_its_conversation_also_to_a_later_owner() {
    Duration keep = TestNode.LEASE.multipliedBy(2);
    try (TestNode first = new TestNode(TestNode.settings(redis.url()).keep(keep));
        TestNode second = new TestNode(TestNode.settings(redis.url()).keep(keep))) {
      String id = idOf(start(first.viewer(), KEY));
      String request = commands.keys("agentstream:start:*").get(0);
      awaitKeptFor(keep, request);
      first.leave();
      second.viewer().join(id).await(frame -> frame.at("/data/epoch").asLong() == 2);
      awaitKeptFor(keep, request);
      assertThat(idOf(start(second.viewer(), KEY))).isEqualTo(id);
    }
  }

  /** The owner sets the life of what it keeps again and again. */
  private void awaitKeptFor(Duration keep, String key) {
    commands.pexpire(key, Duration.ofHours(1));
    await(() -> commands.pttl(key) <= keep.toMillis());
    assertThat(commands.exists(key)).isEqualTo(1);
  }

  @Test
  void the_owner_extends_the_life_of_requests_alone() {
    Duration keep = TestNode.LEASE.multipliedBy(2);
    commands.set("somebody's", "own");
    try (TestNode node = new TestNode(TestNode.settings(redis.url()).keep(keep))) {
      String broken = idOf(start(node.viewer(), UUID.randomUUID().toString()));
      commands.hset(new Keys("agentstream").conversation(broken), "request", "somebody's");
      String kept = idOf(start(node.viewer(), KEY));
      assertThat(kept).isNotEqualTo(broken);
      commands.keys("agentstream:start:*").forEach(key -> commands.pexpire(key, A_DAY));
      await(
          () ->
              commands.keys("agentstream:start:*").stream()
                  .anyMatch(key -> commands.pttl(key) <= keep.toMillis()));
      assertThat(commands.pttl("somebody's")).as("without an end").isEqualTo(-1);
    }
  }

  @Test
  void the_same_request_id_of_two_users_means_two_conversations() {
    try (RedisBackplane node = connect(Duration.ofMinutes(1))) {
      Directory directory = node.directory();
      List<StartRequest> requests =
          List.of(
              REQUEST,
              new StartRequest("ann:r1", "r1"),
              new StartRequest("ann", "r1:r1"),
              new StartRequest(null, "r1"),
              new StartRequest("", "r1"));
      for (int i = 0; i < requests.size(); i++) {
        String id = add(directory, "c" + i);
        assertThat(now(directory.started(requests.get(i), id))).isEqualTo(id);
      }
      for (int i = 0; i < requests.size(); i++) {
        assertThat(now(directory.startedBy(requests.get(i)))).contains("c" + i);
      }
    }
  }

  @Test
  void a_request_whose_conversation_is_kept_no_more_starts_another() {
    try (RedisBackplane node = connect(Duration.ofMinutes(1))) {
      Directory directory = node.directory();
      now(directory.started(REQUEST, add(directory, "c1")));
      node.journal().remove("c1");
      assertThat(now(directory.startedBy(REQUEST))).isEmpty();
      assertThat(now(directory.started(REQUEST, add(directory, "c2")))).isEqualTo("c2");
      assertThat(now(directory.startedBy(REQUEST))).contains("c2");
      assertThat(now(directory.started(REQUEST, add(directory, "c3")))).isEqualTo("c2");
    }
  }

  @Test
  void a_request_is_forgotten_after_the_time_that_conversations_are_kept() {
    try (RedisBackplane node = connect(Duration.ofMillis(100))) {
      Directory directory = node.directory();
      now(directory.started(REQUEST, add(directory, "c1")));
      await(() -> now(directory.startedBy(REQUEST)).equals(Optional.empty()));
      await(() -> commands.keys("agentstream:start:*").isEmpty());
    }
  }

  private RedisBackplane connect(Duration keep) {
    return RedisBackplane.connect(
        RedisSettings.at(redis.url()).keep(keep).commandTimeout(TestNode.COMMAND).build());
  }

  private static String add(Directory directory, String id) {
    now(directory.add(new ConversationInfo(id, null, "Tea?", List.of("Ann"), Instant.EPOCH)));
    return id;
  }

  private static void startTogether(CyclicBarrier together, LocalViewer viewer, String request) {
    try {
      together.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    start(viewer, request);
  }

  private static LocalViewer start(LocalViewer viewer, String request) {
    return viewer.command("start_conversation", Map.of("topic", "Tea?", "request_id", request));
  }

  private static String idOf(LocalViewer viewer) {
    return viewer.await("accepted").get("conversation_id").asText();
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
