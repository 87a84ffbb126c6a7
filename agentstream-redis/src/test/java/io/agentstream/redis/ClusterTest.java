package io.agentstream.redis;

import static io.agentstream.test.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.LocalViewer;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shard of a Redis Cluster refuses a script whose keys are not all in one slot. */
@Timeout(180)
class ClusterTest {

  @Test
  void all_keys_of_a_conversation_are_in_one_slot() {
    Keys keys = new Keys("agentstream");
    for (String id : new String[] {"a", "FZt6PmwBidOYhU9mxs49sA", "nX8yrIci2WV804lSRzJ-aw"}) {
      assertThat(keys.ofConversation(id)).extracting(SlotHash::getSlot).containsOnly(slotOf(id));
    }
  }

  private static int slotOf(String id) {
    return SlotHash.getSlot(id);
  }

  @Test
  void a_shard_carries_out_all_that_nodes_ask_of_it() throws Exception {
    try (RedisProcess redis = RedisProcess.startCluster()) {
      RedisCommands<String, String> commands = redis.commands();
      commands.clusterAddSlots(IntStream.range(0, SlotHash.SLOT_COUNT).toArray());
      await(() -> commands.clusterInfo().contains("cluster_state:ok"));
      try (TestNode second = new TestNode(redis.url())) {
        LocalViewer there = second.viewer();
        String id = startAndLeave(redis, there);
        second.model.awaitNext().tokens("Whole.").complete();
        there.awaitText("m2", "Whole.");
        second.model.awaitNext().tokens("Yes.").complete();
        there.awaitEnd();
        second.redis.journal().remove(id);
        await(() -> commands.keys("agentstream:{*}*").isEmpty());
      }
    }
  }

  private static String startAndLeave(RedisProcess redis, LocalViewer there) throws Exception {
    try (TestNode first = new TestNode(redis.url())) {
      Map<String, String> start =
          Map.of("topic", "Tea?", "request_id", "5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035");
      LocalViewer here = first.viewer().command("start_conversation", start);
      String id = here.await("accepted").get("conversation_id").asText();
      there.join(id);
      first.model.awaitNext().tokens("Half");
      there.awaitText("m2", "Half");
      return id;
    }
  }
}
