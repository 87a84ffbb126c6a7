package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.redis.RedisProcess;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import io.agentstream.test.stress.Stress;
import io.lettuce.core.Range;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that stands still until another runs its conversation, and wakes up then. */
@Timeout(600)
@ExtendWith(FailureReport.class)
class HeldNodeIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final CountDownLatch goOn = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @Stress
  void an_owner_that_wakes_up_writes_nothing_hangs_up_and_shows_what_the_journal_has()
      throws Exception {
    try (RedisProcess redis = RedisProcess.start();
        StubModelServer model = StubModelServer.start();
        Nodes nodes = Nodes.start(2, redis, model.baseUrl())) {
      model.enqueue(
          StubAnswer.stream()
              .tokens("Half ", "of ")
              .stallUntil(goOn)
              .tokens("the ", "old")
              .stallUntil(never));
      model.otherwise(StubAnswer.stream().tokens("All ", "of ", "the ", "new.").done());
      String id = start(nodes);
      StubRequest old = model.awaitRequest();
      RoamingViewer here = RoamingViewer.of(CLIENT, () -> nodes.at(0), id);
      RoamingViewer there = RoamingViewer.of(CLIENT, () -> nodes.at(1), id);
      here.await(here::isJoined);

      nodes.node(0).hold();
      there.await(() -> there.ended().equals("max_rounds"));
      List<String> journal = entries(redis, id);
      assertThat(old.isHungUp()).isFalse();
      goOn.countDown();
      nodes.node(0).goOn();

      old.awaitHangUp();
      here.await(() -> here.ended().equals("max_rounds"));
      assertThat(entries(redis, id)).isEqualTo(journal);
      for (int node = 0; node < 2; node++) {
        int at = node;
        RoamingViewer late = RoamingViewer.of(CLIENT, () -> nodes.at(at), id);
        late.awaitEnd();
        assertThat(List.of(here.said(), there.said())).containsOnly(late.said());
        late.close();
      }
      assertThat(here.said().values()).contains("All of the new.").noneMatch(this::isOld);
      assertThat(here.wrong()).isEmpty();
      assertThat(there.wrong()).isEmpty();
      here.close();
      there.close();
    } finally {
      goOn.countDown();
      never.countDown();
    }
  }

  private boolean isOld(String text) {
    return text.contains("old");
  }

  private static String start(Nodes nodes) {
    Viewer starter = Viewer.starting(CLIENT, nodes.at(0), Map.of("topic", "Tea?", "max_rounds", 1));
    starter.first("streaming_token").join();
    return starter.conversationId();
  }

  /** The conversation as it stands in Redis, id and text of each entry. */
  private static List<String> entries(RedisProcess redis, String id) {
    return redis.commands().xrange("agentstream:{" + id + "}:events", Range.unbounded()).stream()
        .map(entry -> entry.getId() + " " + entry.getBody().get("e"))
        .toList();
  }
}
