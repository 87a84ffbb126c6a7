package io.agentstream.redis;

import static io.agentstream.test.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.backplane.Directory;
import io.agentstream.event.ConversationStarted;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which conversations the nodes of a service know of, and what it costs to list them. */
@Timeout(180)
class DirectoryTest {

  private static final User ANN = User.of("ann");
  private static final User BEN = User.of("ben");

  /** No entry expires while a test adds others, however slow the machine is. */
  private static final Duration KEEP = Duration.ofHours(1);

  private RedisProcess redis;
  private RedisCommands<String, String> commands;
  private RedisBackplane node;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    commands = redis.commands();
    node =
        RedisBackplane.connect(
            RedisSettings.at(redis.url()).keep(KEEP).commandTimeout(TestNode.COMMAND).build());
  }

  @AfterEach
  void stop() {
    node.close();
    redis.close();
  }

  @Test
  void a_users_list_is_of_what_that_user_started_the_newest_first() {
    add("a1", ANN, 1);
    add("b1", BEN, 2);
    add("a2", ANN, 3);
    add("nobodys", null, 4);
    add("namesake", User.anonymous("ann"), 5);
    assertThat(newest(ANN, any -> true, 10)).containsExactly("a2", "a1");
    assertThat(newest(BEN, any -> true, 10)).containsExactly("b1");
    assertThat(newest(null, any -> true, 10))
        .containsExactly("namesake", "nobodys", "a2", "b1", "a1");
  }

  @Test
  void it_is_searched_until_enough_is_found_and_no_further() {
    IntStream.range(0, 1_000).forEach(i -> add("c" + i, i % 100 == 0 ? BEN : ANN, i));
    assertThat(newest(null, info -> BEN.equals(info.owner()), 5))
        .containsExactly("c900", "c800", "c700", "c600", "c500");
    assertThat(newest(null, info -> BEN.equals(info.owner()), 100)).hasSize(10).endsWith("c0");
    commands.configResetstat();
    assertThat(newest(null, any -> true, 200)).hasSize(200).startsWith("c999").endsWith("c800");
    assertThat(commands.info("commandstats")).contains("cmdstat_hget:calls=200,");
  }

  @Test
  void what_is_kept_no_longer_is_struck_out_while_searching() {
    IntStream.range(0, 500).forEach(i -> add("c" + i, ANN, i));
    IntStream.range(0, 400).forEach(i -> commands.del("agentstream:{c" + i + "}"));
    assertThat(newest(ANN, any -> true, 1_000)).hasSize(100).startsWith("c499").endsWith("c400");
    await(() -> commands.zcard("agentstream:directory:user:ann") == 100);
    now(node.directory().find("c499"));
    node.directory().remove("c499");
    await(() -> commands.zcard("agentstream:directory:user:ann") == 99);
    assertThat(newest(null, any -> true, 1)).containsExactly("c498");
  }

  @Test
  void to_ask_how_conversations_stand_follows_none() throws Exception {
    try (TestNode first = new TestNode(redis.url());
        TestNode second = new TestNode(redis.url())) {
      String id = first.viewer().start("Tea?");
      await(() -> now(second.redis.journal().states(List.of(id))).containsKey(id));
      assertThat(commands.pubsubNumsub("agentstream:{" + id + "}"))
          .containsEntry("agentstream:{" + id + "}", 0L);
      assertThat(now(first.redis.isViewed(id))).isFalse();
    }
  }

  @Test
  void an_entry_that_is_broken_is_passed_over_and_hides_no_other() {
    add("good", ANN, 1);
    List<String> broken =
        List.of(
            "{",
            "[]",
            "7",
            "{}",
            "{\"owner\":7,\"topic\":\"t\",\"agents\":[],\"created_at\":1}",
            "{\"owner\":\" \",\"anonymous\":false,\"topic\":\"t\",\"agents\":[],\"created_at\":1}",
            "{\"topic\":7,\"agents\":[],\"created_at\":1}",
            "{\"topic\":\"t\",\"agents\":\"Ann\",\"created_at\":1}",
            "{\"topic\":\"t\",\"agents\":[],\"created_at\":\"soon\"}");
    for (int i = 0; i < broken.size(); i++) {
      add("broken" + i, ANN, 2 + i);
      commands.hset("agentstream:{broken" + i + "}", "info", broken.get(i));
    }
    add("text", ANN, 100);
    commands.set("agentstream:{text}", "no hash");
    add("no\nid", ANN, 101);

    assertThat(newest(ANN, any -> true, 10)).containsExactly("good");
    assertThat(newest(null, any -> true, 10)).containsExactly("good");
    assertThat(now(node.directory().find("broken0"))).isEmpty();
    assertThat(now(node.directory().find("text"))).isEmpty();
    assertThat(commands.zscore("agentstream:directory", "broken0"))
        .as("a later version may know what to make of it")
        .isNotNull();
  }

  @Test
  void how_a_conversation_stands_is_passed_over_where_that_is_broken() {
    commands.hset("agentstream:{good}", "state", "RUNNING");
    commands.hset("agentstream:{broken}", "state", "FLYING");
    commands.set("agentstream:{text}", "no hash");
    assertThat(now(node.journal().states(List.of("good", "broken", "text", "none"))))
        .containsOnlyKeys("good");
  }

  @Test
  void what_runs_is_kept_and_what_is_gone_is_struck_out_without_anybody_asking() {
    Duration keep = TestNode.LEASE.multipliedBy(2);
    try (TestNode running = new TestNode(TestNode.settings(redis.url()).keep(keep))) {
      String owned = "agentstream:node:" + running.redis.nodeId() + ":owned";
      add(running.redis.directory(), "c1", ANN, 1);
      long epoch = now(running.redis.ownership().claim("c1"));
      running.redis.journal().open("c1", epoch).append(new ConversationStarted(1));
      commands.zadd("agentstream:directory", 0, "ghost");
      commands.srem(owned, "c1");
      List<String> kept =
          List.of("agentstream:{c1}", "agentstream:{c1}:events", "agentstream:directory:user:ann");
      await(() -> commands.exists(kept.toArray(String[]::new)) == 3);
      kept.forEach(key -> commands.pexpire(key, Duration.ofHours(1)));

      await(() -> kept.stream().allMatch(key -> commands.pttl(key) <= keep.toMillis()));
      await(() -> commands.sismember(owned, "c1"));
      await(() -> commands.zscore("agentstream:directory", "ghost") == null);
      assertThat(newest(null, any -> true, 10)).containsExactly("c1");
    }
  }

  @Test
  void what_begins_is_found_also_while_it_is_entered_again() {
    try (RedisLink link = RedisLink.connect(TestNode.settings(redis.url()).build())) {
      RedisDirectory directory = new RedisDirectory(link, new Keys("agentstream"), KEEP);
      add(directory, "c1", ANN, 1);
      commands.del("agentstream:{c1}");
      directory.whereWritten(
          id -> {
            // As if Redis had taken the entry between its answer and this.
            directory.begun(id, false);
            return true;
          });
      assertThat(now(directory.find("c1"))).isPresent();
    }
  }

  @Test
  void what_begins_late_is_entered_again_however_often_others_were_tidied_meanwhile() {
    try (RedisLink link = RedisLink.connect(TestNode.settings(redis.url()).build())) {
      RedisDirectory directory = new RedisDirectory(link, new Keys("agentstream"), KEEP);
      add(directory, "c1", ANN, 1);
      commands.del("agentstream:{c1}");
      directory.tidy(List.of("c2"));
      directory.begun("c1", true);
      await(() -> commands.hexists("agentstream:{c1}", "info"));
    }
  }

  @Test
  void what_redis_did_not_take_is_entered_again_while_it_runs() {
    try (RedisLink link = RedisLink.connect(TestNode.settings(redis.url()).build())) {
      RedisDirectory directory = new RedisDirectory(link, new Keys("agentstream"), KEEP);
      add(directory, "c1", ANN, 1);
      commands.del("agentstream:{c1}");
      directory.tidy(List.of("c1"));
      await(() -> commands.hexists("agentstream:{c1}", "info"));
    }
  }

  private void add(String id, User owner, long second) {
    add(node.directory(), id, owner, second);
  }

  private static void add(Directory directory, String id, User owner, long second) {
    Instant startedAt = Instant.ofEpochSecond(second);
    now(directory.add(new ConversationInfo(id, owner, "Tea?", List.of("Ann"), startedAt)));
  }

  private List<String> newest(User owner, Predicate<ConversationInfo> which, int most) {
    return now(node.directory().newest(owner, which, most)).stream()
        .map(ConversationInfo::conversationId)
        .toList();
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
