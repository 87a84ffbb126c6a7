package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.stress.Stress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links of conversations that several nodes share on a real Redis. */
@Timeout(180)
class SharesOverNodesTest {

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
  void a_link_holds_on_every_node_and_a_revocation_ends_it_there_too() throws Exception {
    try (TestNode first = node();
        TestNode second = node()) {
      LocalViewer ann = viewer(first, "ann");
      String id = ann.start("Tea?");
      JsonNode link = ann.share(id, "view");
      LocalViewer here = viewer(first, null).joinBy(link, id);
      LocalViewer there = viewer(second, "ben").joinBy(link, id);
      here.await("snapshot");
      there.await("snapshot");
      assertThat(there.await("joined").at("/data/access").asText()).isEqualTo("view");
      there.command("stop_conversation", Map.of("conversation_id", id));
      assertThat(there.await("error").at("/data/message").asText()).contains("yours to view");

      LocalViewer annThere = viewer(second, "ann");
      String shareId = link.at("/share/share_id").asText();
      annThere.command("revoke_share", Map.of("conversation_id", id, "share_id", shareId));

      for (LocalViewer viewer : List.of(here, there)) {
        assertThat(viewer.await("left").at("/data/reason").asText()).isEqualTo("share_ended");
      }
      first.model.awaitNext().tokens("unseen");
      LocalViewer again = viewer(second, "ben").joinBy(link, id);
      assertThat(again.await("error").at("/data/code").asText()).isEqualTo("not_found");
      assertThat(there.types()).doesNotContain("streaming_token");
    }
  }

  @Test
  void a_link_outlives_the_node_that_made_it() throws Exception {
    try (TestNode second = node()) {
      String id;
      JsonNode link;
      LocalViewer ben = viewer(second, "ben");
      try (TestNode first = node()) {
        LocalViewer ann = viewer(first, "ann");
        id = ann.start("Tea?");
        link = ann.share(id, "steer");
        ben.joinBy(link, id).await("snapshot");
        first.model.awaitNext().tokens("half");
        ben.await("streaming_token");
      }
      ScriptedCall again = second.model.awaitNext();
      ben.command("send_message", Map.of("conversation_id", id, "content", "Green."));
      ben.await("accepted");
      again.tokens("ok").complete();
      // An event, or the snapshot of a viewer that learns of the takeover after it.
      ben.await(frame -> frame.toString().contains("\"Green.\""));
      viewer(second, null).joinBy(link, id).await("snapshot");
    }
  }

  @Test
  void visits_on_all_nodes_are_counted_exactly() throws Exception {
    try (TestNode first = node();
        TestNode second = node()) {
      LocalViewer ann = viewer(first, "ann");
      String id = ann.start("Tea?");
      JsonNode link = ann.share(id, "view");
      List<CompletableFuture<?>> joins = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        TestNode node = i % 2 == 0 ? first : second;
        String user = "user" + i % 4;
        joins.add(
            CompletableFuture.runAsync(
                () -> viewer(node, user).joinBy(link, id).await("snapshot")));
      }
      joins.forEach(CompletableFuture::join);
      Eventually.await(
          () -> {
            var links = first.hub.sharing().list(id).toCompletableFuture().join();
            return links.get(0).visits() == 40 && links.get(0).visitors().size() == 4;
          });
    }
  }

  private TestNode node() {
    return new TestNode(
        TestNode.settings(redis.url()),
        hub -> hub.authenticator(Authenticator.byHandshake(SharesOverNodesTest::look)));
  }

  private static Authentication look(Handshake handshake) {
    String user = handshake.header("User");
    return user == null ? Authentication.anonymous() : Authentication.of(user);
  }

  private static LocalViewer viewer(TestNode node, String user) {
    Map<String, List<String>> headers = user == null ? Map.of() : Map.of("User", List.of(user));
    return new LocalViewer(node.hub, new Handshake(headers, false, null, null, null)).welcomed();
  }
}
