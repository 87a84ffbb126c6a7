package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.LocalViewer;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is here and who types, on several nodes of a real Redis. */
@Timeout(180)
class PresenceOverNodesTest {

  private RedisProcess redis;

  @BeforeEach
  void start() {
    redis = RedisProcess.start();
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void viewers_on_all_nodes_see_each_other_and_who_types_and_who_is_gone() {
    try (TestNode first = node();
        TestNode second = node()) {
      LocalViewer starter = first.viewer();
      String id = starter.start("Tea?");
      LocalViewer here = attend(named(first, "Anna"), id);
      LocalViewer there = attend(named(second, "Cleo"), id);
      here.await(presence(frame -> frame.findValuesAsText("name").contains("Cleo")));
      there.await(presence(frame -> frame.findValuesAsText("name").contains("Anna")));
      there.await(presence(frame -> frame.get("viewers").asInt() == 2));

      there.command("typing", Map.of("conversation_id", id));
      JsonNode typed = here.await(presence(frame -> frame.get("typing").asInt() == 1));
      assertThat(typed.toString()).contains("Cleo");

      here.command("leave_conversation", Map.of("conversation_id", id));
      // No frame from before has this name.
      there.command("set_name", Map.of("name", "Dora"));
      there.await(
          presence(
              frame -> frame.toString().contains("Dora") && frame.get("viewers").asInt() == 1));
      assertThat(starter.types()).doesNotContain("presence");
    }
  }

  private TestNode node() {
    return new TestNode(redis.url());
  }

  private static LocalViewer named(TestNode node, String name) {
    LocalViewer viewer = node.viewer().welcomed();
    viewer.command("set_name", Map.of("name", name)).await("named");
    return viewer;
  }

  private static LocalViewer attend(LocalViewer viewer, String id) {
    return viewer.command("join_conversation", Map.of("conversation_id", id, "presence", true));
  }

  private static Predicate<JsonNode> presence(Predicate<JsonNode> which) {
    return frame ->
        frame.path("type").asText().equals("presence") && which.test(frame.path("data"));
  }
}
