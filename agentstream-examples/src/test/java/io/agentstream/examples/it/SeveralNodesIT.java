package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.it.RoamingViewer.Command;
import io.agentstream.redis.RedisProcess;
import io.agentstream.test.stress.Stress;
import java.net.http.HttpClient;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two and three servers on one Redis; any of them serves any viewer, and one may die. */
@Timeout(600)
@ExtendWith(FailureReport.class)
class SeveralNodesIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int AGENTS = 3;

  /** None of these turns ends by itself while a test steers it. */
  private static final PacedScript TALKATIVE = new PacedScript(10_000, 5);

  /** The first answer lasts ten seconds unless its node is killed. */
  private final PacedScript script = new PacedScript(100, 5).slow(1, 100);

  private final RedisProcess redis = RedisProcess.start();
  private final CompletionServer model = CompletionServer.start(script);

  @AfterEach
  void stop() {
    model.close();
    redis.close();
  }

  @Test
  void a_viewer_on_any_node_sees_the_same_and_steers() {
    try (CompletionServer talkative = CompletionServer.start(TALKATIVE);
        Nodes nodes = Nodes.start(2, redis, talkative.baseUrl())) {
      String id = start(nodes, 50);
      RoamingViewer here = RoamingViewer.of(CLIENT, () -> nodes.at(0), id);
      RoamingViewer there = RoamingViewer.of(CLIENT, () -> nodes.at(1), id);
      awaitTokens(there, 20);
      ask(
          there,
          () -> there.said().containsValue("And cake?"),
          new Command(
              "send_message",
              Map.of("content", "And cake?", "interrupt", true, "message_id", "cake")));
      // Between two turns nobody could be stopped.
      awaitTokens(there, 0);
      ask(there, there::isPaused, new Command("pause_conversation"), new Command("stop_speaker"));
      ask(there, () -> !there.isPaused(), new Command("unpause_conversation"));
      awaitTokens(there, 20);
      ask(there, () -> there.ended().equals("stopped"), new Command("stop_conversation"));
      here.await(() -> here.ended().equals("stopped"));
      assertAgree(id, nodes, here, there);
      ask(
          there,
          () -> there.ended().isEmpty() && there.said().containsValue("One more thing"),
          new Command("send_message", Map.of("content", "One more thing", "message_id", "more")));
      assertOnlyWhatWasAskedForAgainFailed(there.errors());
      assertNowhereIsNotFound(nodes);
    }
  }

  /** A command that is sent again may have taken effect by then. */
  private static void assertOnlyWhatWasAskedForAgainFailed(List<String> errors) {
    boolean again = errors.contains("unavailable");
    assertThat(errors).isSubsetOf(again ? List.of("unavailable", "conflict") : List.of());
  }

  private static void ask(RoamingViewer viewer, BooleanSupplier done, Command... commands) {
    viewer.sendUntil(done, commands);
    viewer.await(done);
  }

  private static void assertNowhereIsNotFound(Nodes nodes) {
    RoamingViewer viewer = RoamingViewer.of(CLIENT, () -> nodes.at(0), "nowhere");
    viewer.await(() -> viewer.errors().contains("not_found"));
    viewer.send("stop_conversation", Map.of());
    viewer.await(() -> Collections.frequency(viewer.errors(), "not_found") == 2);
    assertThat(viewer.errors()).isSubsetOf("not_found", "unavailable");
  }

  private static void awaitTokens(RoamingViewer viewer, int more) {
    int seen = viewer.tokens();
    viewer.await(() -> viewer.tokens() > seen + more);
  }

  @Stress
  void when_the_owner_is_killed_another_node_goes_on() {
    try (Nodes nodes = Nodes.start(2, redis, model.baseUrl())) {
      String id = start(nodes, 1);
      RoamingViewer onTheDead = RoamingViewer.of(CLIENT, () -> nodes.at(1), id);
      RoamingViewer here = RoamingViewer.of(CLIENT, () -> nodes.at(1), id);
      here.await(() -> here.tokens() > 5);
      int seen = here.tokens();
      long epoch = here.epoch();
      long killed = System.nanoTime();
      nodes.node(0).close();
      here.await(() -> here.epoch() > epoch);
      long tookOver = System.nanoTime();
      here.await(() -> here.tokens() > seen);
      System.out.printf(
          "Owner killed: taken over after %d ms, the next token after %d ms%n",
          (tookOver - killed) / 1_000_000, (System.nanoTime() - killed) / 1_000_000);
      here.await(() -> here.ended().equals("max_rounds"));
      onTheDead.await(() -> onTheDead.ended().equals("max_rounds"));
      assertAgree(id, nodes, here, onTheDead);
      assertWhole(here, 1);
    }
  }

  private String start(Nodes nodes, int rounds) {
    Map<String, ?> conversation = Map.of("topic", "Tea?", "max_rounds", rounds);
    return Viewer.starting(CLIENT, nodes.at(0), conversation).conversationId();
  }

  /** All viewers, and one that comes only now, hold the same; nothing wrong was ever shown. */
  private static void assertAgree(String id, Nodes nodes, RoamingViewer... viewers) {
    RoamingViewer late = RoamingViewer.of(CLIENT, () -> nodes.at(1), id);
    late.awaitEnd();
    for (RoamingViewer viewer : viewers) {
      assertThat(viewer.wrong()).isEmpty();
      assertThat(viewer.said()).isEqualTo(late.said());
    }
  }

  /** Every message is an answer of the model from its first to its last token. */
  private void assertWhole(RoamingViewer viewer, int rounds) {
    List<String> answers =
        IntStream.rangeClosed(1, script.requests().size()).mapToObj(script::text).toList();
    List<String> said = List.copyOf(viewer.said().values());
    assertThat(said).hasSize(1 + rounds * AGENTS).startsWith("Tea?");
    assertThat(answers).containsAll(said.subList(1, said.size()));
  }
}
