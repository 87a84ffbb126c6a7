package io.agentstream.redis;

import static io.agentstream.test.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.ConversationStarted;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.settings.Limits;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The data in Redis, and the writes that Redis itself refuses. */
@Timeout(180)
class RedisStreamTest {

  private static final Limits LIMITS =
      Limits.builder().journalEvents(200).journalChars(100_000).build();
  private static final String HASH = "agentstream:{c}";
  private static final String STREAM = "agentstream:{c}:events";

  private final RedisProcess redis = RedisProcess.start();
  private final RedisCommands<String, String> commands = redis.commands();
  private final RedisBackplane node = connect();

  @AfterEach
  void stop() {
    node.close();
    redis.close();
  }

  @Test
  void an_entrys_id_is_its_epoch_and_seq() {
    write("c").append(new ConversationStarted(1));
    await(() -> ids().contains("1-1"));
    assertThat(ids()).containsExactly("1-0", "1-1");
  }

  @Test
  void redis_refuses_what_is_there_already() {
    write("c").append(new ConversationStarted(1));
    await(() -> ids().contains("1-1"));
    refused("1-1");
    refused("1-0");
  }

  @Test
  void redis_refuses_a_writer_of_an_epoch_that_is_over_however_high_its_seq() {
    write("c").append(new ConversationStarted(1));
    await(() -> ids().contains("1-1"));
    commands.xadd(STREAM, new XAddArgs().id("2-0"), Map.of("e", ""));
    refused("1-2");
    refused("1-1000000");
    assertThat(ids()).containsExactly("1-0", "1-1", "2-0");
  }

  @Test
  void a_local_viewer_waits_for_no_round_trip() {
    JournalWriter writer = write("c");
    writer.append(new ConversationStarted(1));
    await(() -> ids().contains("1-1"));
    JournalReader reader = node.journal().read("c").toCompletableFuture().join().orElseThrow();
    List<Long> seen = new ArrayList<>();
    reader.watch(() -> seen.add(reader.head()));
    redis.hold();
    writer.append(new SpeakerChange("m1", "Ann", 1, null, null));
    say(writer, 1_000);
    assertThat(seen).as("told of each on the writer's thread").hasSize(1_001).endsWith(1_002L);
    redis.goOn();
    await(() -> ids().contains("1-1002"));
  }

  @Test
  void what_is_kept_of_a_conversation_is_bounded_and_expires() {
    JournalWriter writer = write("c");
    writer.append(new ConversationStarted(1));
    writer.append(new SpeakerChange("m1", "Ann", 1, null, null));
    say(writer, 5_000);
    await(() -> ids().contains("1-5002"));
    // Redis trims by whole nodes of a hundred entries.
    await(() -> commands.xlen(STREAM) <= LIMITS.journalEvents() * 2L);
    assertThat(commands.hget(HASH, "snapshot")).contains("\"content\":\"token");
    long hour = Duration.ofHours(1).toMillis();
    for (String key : List.of(HASH, STREAM)) {
      assertThat(commands.pttl(key)).as(key).isBetween(hour / 2, hour);
    }
    JournalReader late = connectedElsewhere("c");
    assertThat(late.head()).isEqualTo(5_002);
    assertThat(late.snapshot().content().seq()).isEqualTo(5_002);
  }

  @Test
  void two_hundred_conversations_need_no_more_connections_than_one() {
    try (RedisBackplane viewing = connect()) {
      write("c").append(new ConversationStarted(1));
      await(() -> knows(viewing, "c"));
      int withOne = connections();
      for (int i = 0; i < 200; i++) {
        write("c" + i).append(new ConversationStarted(1));
        String id = "c" + i;
        await(() -> knows(viewing, id));
      }
      assertThat(withOne).isEqualTo(2 * 3 + 1);
      assertThat(connections()).isEqualTo(withOne);
    }
  }

  /** Another node does not know of a conversation before something is written. */
  private static boolean knows(RedisBackplane node, String id) {
    return node.journal().read(id).toCompletableFuture().join().isPresent();
  }

  private RedisBackplane connect() {
    return RedisBackplane.connect(
        RedisSettings.at(redis.url()).limits(LIMITS).commandTimeout(TestNode.COMMAND).build());
  }

  private JournalReader connectedElsewhere(String id) {
    try (RedisBackplane other = connect()) {
      return other.journal().read(id).toCompletableFuture().join().orElseThrow();
    }
  }

  private JournalWriter write(String id) {
    long epoch = node.ownership().claim(id).toCompletableFuture().join();
    return node.journal().open(id, epoch);
  }

  private static void say(JournalWriter writer, int tokens) {
    for (int i = 0; i < tokens; i++) {
      writer.append(new StreamingToken("m1", i * 5, "token"));
    }
  }

  private List<String> ids() {
    return commands.xrange(STREAM, Range.unbounded()).stream().map(StreamMessage::getId).toList();
  }

  private void refused(String id) {
    assertThatThrownBy(() -> commands.xadd(STREAM, new XAddArgs().id(id), Map.of("e", "late")))
        .isInstanceOf(RedisCommandExecutionException.class)
        .hasMessageContaining("equal or smaller");
  }

  private int connections() {
    return commands.clientList().strip().split("\n", -1).length;
  }
}
