package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.StreamListener;
import io.agentstream.identity.Access;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.stress.Stress;
import io.agentstream.viewer.DeliveryListener;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** The code of users blocks where an answer of Redis leads to it; nobody else waits for Redis. */
@Timeout(180)
class BlockingUserCodeTest {

  private static final String SLOW = "slow";

  private final CountDownLatch blocked = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private RedisProcess redis;
  private TestNode node;
  private TestNode other;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
    node =
        new TestNode(
            TestNode.settings(redis.url()),
            hub -> hub.access(new BlockingAccess()).listener(new BlockingListener()));
    other = new TestNode(redis.url());
  }

  @AfterEach
  void stop() {
    released.countDown();
    node.close();
    other.close();
    redis.close();
  }

  @Stress
  void a_start_that_blocks_keeps_nobody_from_redis() throws Exception {
    LocalViewer slow = node.viewer().commandApart("start_conversation", Map.of("topic", SLOW));
    blocked.await();
    assertOthersGoOn();
    released.countDown();
    slow.await("accepted");
  }

  @Stress
  void neither_does_a_check_of_access_or_of_a_list() throws Exception {
    String id = other.viewer().start(SLOW);
    other.model.awaitNext();
    LocalViewer join =
        node.viewer().commandApart("join_conversation", Map.of("conversation_id", id));
    LocalViewer list = node.viewer().commandApart("list_conversations", Map.of());
    blocked.await();
    assertOthersGoOn();
    released.countDown();
    join.await("joined");
    list.await("conversations");
  }

  @Stress
  void neither_does_a_listener_that_hears_of_another_nodes_command() throws Exception {
    String id = node.viewer().start("Tea?");
    LocalViewer there = other.viewer().join(id);
    node.model.awaitNext();
    there.command("stop_conversation", Map.of("conversation_id", id));
    blocked.await();
    assertOthersGoOn();
    released.countDown();
    there.await("accepted");
  }

  private void assertOthersGoOn() throws Exception {
    String id = node.viewer().start("Cake?");
    LocalViewer there = other.viewer().join(id);
    node.model.awaitNext().tokens("Yes");
    there.awaitText("m2", "Yes");
    String remote = other.viewer().start("Milk?");
    LocalViewer here = node.viewer().join(remote);
    other.model.awaitNext().tokens("No");
    here.awaitText("m2", "No");
    here.command("stop_conversation", Map.of("conversation_id", remote));
    here.awaitEnd();
    assertThat(redis.commands().exists("agentstream:node:" + node.redis.nodeId())).isEqualTo(1);
  }

  private void block() {
    blocked.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private final class BlockingAccess implements ConversationAccess {
    @Override
    public Access of(User user, ConversationInfo conversation) {
      if (conversation.topic().equals(SLOW)) {
        block();
      }
      return Access.STEER;
    }
  }

  private final class BlockingListener implements DeliveryListener {
    @Override
    public void onConversation(ConversationBuilder conversation) {
      conversation.inlineListener(
          new StreamListener() {
            @Override
            public void onEvent(ChatEvent event) {
              if (event instanceof ConversationEnded || event.toString().contains(SLOW)) {
                block();
              }
            }
          });
    }
  }
}
