package io.agentstream.redis;

import static io.agentstream.test.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ConversationCreated;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.JournalWriter;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.stress.Stress;
import io.agentstream.viewer.DeliveryListener;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** An owner stalls for longer than its lease before it has written anything. */
@Timeout(180)
class StalledOwnerTest {

  private static final String LONG_AGO = "0";
  private static final String NODES = "agentstream:nodes";

  private final CountDownLatch claimed = new CountDownLatch(1);
  private final CountDownLatch wakesUp = new CountDownLatch(1);

  private RedisProcess redis;
  private TestNode first;
  private TestNode second;
  private RedisCommands<String, String> commands;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    commands = redis.commands();
    first = new TestNode(TestNode.settings(redis.url()), hub -> hub.listener(new Stall()));
    second = new TestNode(redis.url());
    // Who is not yet there hears of no death.
    await(() -> commands.pubsubNumsub(NODES).get(NODES) == 2);
  }

  @AfterEach
  void stop() {
    wakesUp.countDown();
    first.close();
    second.close();
    redis.close();
  }

  @Stress
  void an_owner_that_wakes_up_within_one_more_lease_has_lost_nothing() throws Exception {
    LocalViewer here = startsAndStalls();
    String id = onlyConversation();
    declareFirstDead();
    await(() -> commands.hexists(hash(id), "left_at"));
    wakesUp.countDown();

    assertThat(here.await("accepted").get("conversation_id").asText()).isEqualTo(id);
    assertGoesOn(here, id);
  }

  @Stress
  void an_owner_that_wakes_up_later_still_enters_the_conversation_again() throws Exception {
    LocalViewer here = startsAndStalls();
    String id = onlyConversation();
    giveUpForDead(id);
    wakesUp.countDown();

    here.await("accepted");
    await(() -> commands.smembers(owned(first)).contains(id));
    assertGoesOn(here, id);
    List<ConversationInfo> listed =
        second.redis.directory().newest(null, any -> true, 9).toCompletableFuture().join();
    assertThat(listed).extracting(ConversationInfo::conversationId).containsExactly(id);
  }

  @Stress
  void so_does_one_that_had_opened_the_journal_already() {
    wakesUp.countDown();
    first.redis.ownership().claim("c1").toCompletableFuture().join();
    commands.hset(hash("c1"), "left_at", LONG_AGO);
    JournalWriter writer = first.redis.journal().open("c1", 1);
    await(() -> !commands.hexists(hash("c1"), "left_at"));
    giveUpForDead("c1");
    writer.append(new ConversationCreated(1, "Tea?", List.of("Ann"), "round_robin", 1));
    await(() -> commands.xlen(hash("c1") + ":events") == 2);
    await(() -> commands.smembers(owned(first)).contains("c1"));
    assertThat(commands.hmget(hash("c1"), "node", "epoch", "seq"))
        .extracting(field -> field.getValueOrElse(""))
        .containsExactly(first.redis.nodeId(), "1", "1");
  }

  @Stress
  void what_never_begins_is_forgotten_after_one_more_lease() {
    wakesUp.countDown();
    first.redis.ownership().claim("c1").toCompletableFuture().join();
    commands.hset(hash("c1"), "left_at", LONG_AGO);
    declareFirstDead();
    await(() -> commands.exists(hash("c1")) == 0);
    await(() -> commands.smembers(owned(first)).isEmpty());
    await(() -> commands.smembers(owned(second)).isEmpty());
    assertThat(second.hub.conversations()).isEmpty();
  }

  @Stress
  void a_node_that_comes_back_while_others_look_at_what_it_left_stays_known() {
    wakesUp.countDown();
    String[] nodes = {NODES};
    commands.set("agentstream:node:back", "");
    commands.sadd("agentstream:node:owning:owned", "c1");
    commands.sadd(NODES, "back", "owning", "gone");
    try (RedisLink link = RedisLink.connect(TestNode.settings(redis.url()).build())) {
      for (String node : List.of("back", "owning", "gone")) {
        String key = "agentstream:node:" + node;
        Script.LEAVE
            .run(link.scripts(), nodes, node, key, key + ":owned")
            .toCompletableFuture()
            .join();
      }
    }
    assertThat(commands.smembers(NODES)).contains("back").doesNotContain("gone");
    // Until somebody has taken what it owned; it holds nothing that could be.
    await(() -> !commands.smembers(NODES).contains("owning"));
  }

  private LocalViewer startsAndStalls() throws InterruptedException {
    LocalViewer here = first.viewer().commandApart("start_conversation", Map.of("topic", "Tea?"));
    claimed.await();
    return here;
  }

  /** The owner is alive and its journal goes on, at other nodes too, also over its death. */
  private void assertGoesOn(LocalViewer here, String id) throws Exception {
    first.model.awaitNext().tokens("One.").complete();
    here.awaitText("m2", "One.");
    LocalViewer there = second.viewer().join(id);
    there.awaitText("m2", "One.");
    assertThat(commands.hget(hash(id), "epoch")).isEqualTo("1");
    assertThat(here.types()).doesNotContain("error");
    assertThat(there.types()).doesNotContain("error");
    first.model.awaitNext();
    first.close();
    second.model.awaitNext().tokens("Two.").complete();
    there.awaitText("m3", "Two.");
    there.awaitEnd();
  }

  private String onlyConversation() {
    String hash = commands.keys("agentstream:{*}").get(0);
    return hash.substring(hash.indexOf('{') + 1, hash.indexOf('}'));
  }

  /**
   * As if its lease and one more had run out. The second node looks just once: if it looked again
   * while the first writes, it would take the conversation, because the lease has not run out.
   */
  private void giveUpForDead(String id) {
    commands.hset(hash(id), "left_at", LONG_AGO);
    try (RedisLink link = RedisLink.connect(TestNode.settings(redis.url()).build())) {
      Script.TAKE
          .run(
              link.scripts(),
              new Keys("agentstream").ofConversation(id),
              first.redis.nodeId(),
              second.redis.nodeId(),
              Long.toString(RedisSettings.at(redis.url()).build().keep().toMillis()),
              Long.toString(TestNode.LEASE.toMillis()),
              owned(first),
              id)
          .toCompletableFuture()
          .join();
    }
    assertThat(commands.exists(hash(id))).isZero();
  }

  /** As if its lease had run out. */
  private void declareFirstDead() {
    commands.publish(NODES, first.redis.nodeId());
  }

  private static String hash(String id) {
    return "agentstream:{" + id + "}";
  }

  private static String owned(TestNode node) {
    return "agentstream:node:" + node.redis.nodeId() + ":owned";
  }

  /** Comes after the claim and before the journal is opened. */
  private final class Stall implements DeliveryListener {
    @Override
    public void onConversation(ConversationBuilder conversation) {
      claimed.countDown();
      try {
        wakesUp.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
