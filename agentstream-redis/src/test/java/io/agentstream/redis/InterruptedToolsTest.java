package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.invocation.InvocationParameters;
import io.agentstream.chat.Agent;
import io.agentstream.chat.InterruptedCallPolicy;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.stress.Stress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A node is lost while a tool runs, and another node takes the conversation over. */
@Timeout(180)
class InterruptedToolsTest {

  private final Shop shop = new Shop();
  private RedisProcess redis;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Stress
  void the_other_node_asks_a_person_and_calls_nothing() throws Exception {
    try (TestNode first = node(agent -> agent);
        TestNode second = node(agent -> agent)) {
      String id = lostInTool(first);
      LocalViewer viewer = second.viewer().join(id);
      viewer.command(
          "input_response",
          Map.of("conversation_id", id, "request_id", questionTo(viewer), "content", "happened"));
      second.model.awaitNext().tokens("It is paid.").complete();
      viewer.awaitText("m2", "I pay. It is paid.");
      assertThat(shop.keys).hasSize(1);
      shop.released.countDown();
    }
  }

  @Stress
  void the_other_node_calls_an_idempotent_tool_again_under_the_same_key() throws Exception {
    UnaryOperator<Agent.Builder> idempotent =
        agent -> agent.interruptedCalls(call -> InterruptedCallPolicy.CALL_AGAIN);
    try (TestNode first = node(idempotent);
        TestNode second = node(idempotent)) {
      String id = lostInTool(first);
      LocalViewer viewer = second.viewer().join(id);
      second.model.awaitNext().tokens("It is paid.").complete();
      viewer.awaitText("m2", "I pay. It is paid.");
      assertThat(shop.keys).hasSize(2);
      assertThat(shop.keys.get(1)).isEqualTo(shop.keys.get(0));
      shop.released.countDown();
    }
  }

  private TestNode node(UnaryOperator<Agent.Builder> settings) {
    return new TestNode(
        TestNode.settings(redis.url()), hub -> hub, agent -> settings.apply(agent.tools(shop)));
  }

  /** Has the others take a node for dead in the moment in which its tool runs. */
  private String lostInTool(TestNode node) throws Exception {
    String id = node.viewer().start("Pay the bill");
    node.model.awaitNext().tokens("I pay. ").toolCall("pay", "{}").complete();
    shop.called.await();
    redis.commands().publish("agentstream:nodes", node.redis.nodeId());
    return id;
  }

  private static String questionTo(LocalViewer viewer) {
    JsonNode data =
        viewer
            .await(
                frame ->
                    frame.at("/data/kind").asText().equals("interrupted_call")
                        || frame.at("/data/pending_input").isObject())
            .path("data");
    return data.has("kind")
        ? data.path("request_id").asText()
        : data.at("/pending_input/request_id").asText();
  }

  /** A tool whose first call lasts until it is released, or its node hears that it is lost. */
  public static final class Shop {
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> keys = new CopyOnWriteArrayList<>();

    @Tool
    public String pay(InvocationParameters call) throws InterruptedException {
      keys.add(call.get(Agent.IDEMPOTENCY_KEY));
      if (keys.size() == 1) {
        called.countDown();
        released.await();
      }
      return "paid";
    }
  }
}
