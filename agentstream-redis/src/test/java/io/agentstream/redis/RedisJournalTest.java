package io.agentstream.redis;

import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.test.JournalContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract of a journal, kept between two nodes on a real Redis. */
class RedisJournalTest extends JournalContract {

  private static RedisProcess redis;

  private final List<RedisBackplane> nodes = new ArrayList<>();
  private final RedisBackplane writing = node();
  private final RedisBackplane reading = node();

  @BeforeAll
  static void startRedis() {
    redis = RedisProcess.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @AfterEach
  void close() {
    nodes.forEach(RedisBackplane::close);
  }

  private RedisBackplane node() {
    RedisBackplane node =
        RedisBackplane.connect(
            RedisSettings.at(redis.url()).limits(LIMITS).commandTimeout(TestNode.COMMAND).build());
    nodes.add(node);
    return node;
  }

  @Override
  protected Journal journal() {
    return writing.journal();
  }

  @Override
  protected Journal otherNode() {
    return reading.journal();
  }

  @Override
  protected JournalReader late(String conversationId) {
    return node().journal().read(conversationId).toCompletableFuture().join().orElseThrow();
  }
}
