package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.redis.RedisProcess;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two servers, and a Redis that is away until conversations pause, with the bounds that servers
 * have by default: longer than a lease. The same in a second is {@code RedisAwayTest}.
 */
@Timeout(600)
@EnabledIfSystemProperty(
    named = "agentstream.slow",
    matches = "true",
    disabledReason = "half a minute each")
@ExtendWith(FailureReport.class)
class RedisAwayIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final PacedScript script = new PacedScript(100, 20);
  private final RedisProcess redis = RedisProcess.startDurable();
  private final CompletionServer model = CompletionServer.start(script);

  @AfterEach
  void stop() {
    model.close();
    redis.close();
  }

  @Test
  void a_redis_that_answers_nothing_until_conversations_pause_loses_nothing() throws Exception {
    goesOnOver(redis::hold, redis::goOn);
  }

  @Test
  void a_redis_that_is_started_again_with_its_data_once_conversations_pause_loses_nothing()
      throws Exception {
    goesOnOver(redis::kill, redis::startAgain);
  }

  private void goesOnOver(Runnable away, Runnable back) throws Exception {
    try (Nodes nodes = Nodes.start(2, redis, model.baseUrl())) {
      String id = start(nodes);
      RoamingViewer here = RoamingViewer.of(CLIENT, () -> nodes.at(0), id);
      RoamingViewer there = RoamingViewer.of(CLIENT, () -> nodes.at(1), id);
      there.await(() -> there.tokens() > 20);

      away.run();
      long gone = System.nanoTime();
      int seen = here.tokens();
      here.await(() -> here.tokens() > seen + 100);
      here.await(here::isPaused);
      long paused = System.nanoTime();
      int shown = here.tokens();

      back.run();
      here.await(() -> !here.isPaused() && here.tokens() > shown + 20);
      there.await(() -> there.tokens() > shown + 20);
      here.send("stop_conversation", Map.of());
      here.await(() -> here.ended().equals("stopped"));
      there.await(() -> there.ended().equals("stopped"));
      System.out.printf(
          "Redis away for %.1f s: %d tokens shown at the owner until it paused%n",
          (paused - gone) / 1e9, shown - seen);
      assertAgree(nodes, id, here, there);
    }
  }

  private void assertAgree(Nodes nodes, String id, RoamingViewer here, RoamingViewer there) {
    RoamingViewer late = RoamingViewer.of(CLIENT, () -> nodes.at(1), id);
    late.awaitEnd();
    assertThat(List.of(here.said(), there.said())).containsOnly(late.said());
    assertThat(here.wrong()).isEmpty();
    assertThat(there.wrong()).isEmpty();
    assertThat(late.epoch()).as("nobody took over").isEqualTo(1);
    List<String> answers =
        IntStream.rangeClosed(1, script.requests().size()).mapToObj(script::text).toList();
    List<String> said = List.copyOf(late.said().values());
    assertThat(answers).containsAll(said.subList(1, said.size() - 1));
    assertThat(answers).anyMatch(answer -> answer.startsWith(said.get(said.size() - 1)));
  }

  private static String start(Nodes nodes) {
    Map<String, ?> conversation = Map.of("topic", "Tea?", "max_rounds", 50);
    return Viewer.starting(CLIENT, nodes.at(0), conversation).conversationId();
  }
}
