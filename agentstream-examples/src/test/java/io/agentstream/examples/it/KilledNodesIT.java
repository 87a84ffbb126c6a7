package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.redis.RedisProcess;
import io.agentstream.test.stress.Stress;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three servers, of which one after the other is killed at a random moment, or restarted in order,
 * while conversations run that are viewed on each of them: one kill, and 50 in the profile {@code
 * slow}, or as {@code -Dagentstream.kills} says. The seed is printed; {@code -Dagentstream.seed}
 * sets it.
 */
@ExtendWith(FailureReport.class)
class KilledNodesIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int NODES = 3;
  private static final int CONVERSATIONS = 2;
  private static final int AGENTS = 3;
  private static final int TOKENS = 60;
  private static final int LEASE_SECONDS = 2;

  private final long seed = Long.getLong("agentstream.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final PacedScript script = new PacedScript(TOKENS, 10);
  private final List<Long> gaps = new ArrayList<>();
  private int resets;
  private int messages;

  @Stress
  @Timeout(1_800)
  void kills_at_random_moments_lose_nothing() {
    killAtRandom(
        Integer.getInteger("agentstream.kills", Boolean.getBoolean("agentstream.slow") ? 50 : 1));
  }

  @Test
  @Timeout(600)
  void a_rolling_restart_loses_no_conversation() {
    run(
        (nodes, running) -> {
          for (int i = 0; i < NODES; i++) {
            aMomentLater(running);
            nodes.restart(i);
          }
        });
    report("restarts in order", NODES);
  }

  private void killAtRandom(int kills) {
    run(
        (nodes, running) -> {
          for (int kill = 0; kill < kills; kill++) {
            aMomentLater(running);
            Running hit = running.get(random.nextInt(running.size()));
            long epoch = hit.epoch();
            int owner = nodes.ownerOf(hit.id(), epoch);
            int victim = owner < 0 ? random.nextInt(NODES) : owner;
            long killed = System.nanoTime();
            nodes.kill(victim);
            CompletableFuture<Void> replaced =
                CompletableFuture.runAsync(() -> nodes.replace(victim));
            if (owner >= 0) {
              hit.awaitAfter(epoch);
              gaps.add((System.nanoTime() - killed) / 1_000_000);
            }
            replaced.join();
            replaceEnded(nodes, running);
          }
        });
    report("kills", kills);
    assertThat(gaps).as("kills of a node that ran a conversation").isNotEmpty();
  }

  private interface Trouble {
    void make(Nodes nodes, List<Running> running);
  }

  private void run(Trouble trouble) {
    System.out.println("agentstream.seed=" + seed);
    try (RedisProcess redis = RedisProcess.start();
        CompletionServer model = CompletionServer.start(script);
        Nodes nodes = Nodes.start(NODES, redis, model.baseUrl(), LEASE_SECONDS)) {
      List<Running> running = new ArrayList<>();
      for (int i = 0; i < CONVERSATIONS; i++) {
        running.add(start(nodes));
      }
      trouble.make(nodes, running);
      running.forEach(Running::stop);
      running.forEach(conversation -> finish(nodes, conversation));
    }
  }

  /** After a number of further tokens that depends on the seed. */
  private void aMomentLater(List<Running> running) {
    RoamingViewer viewer = running.get(0).viewers().get(0);
    int seen = viewer.tokens();
    int more = random.nextInt(TOKENS);
    viewer.await(() -> viewer.tokens() > seen + more || !viewer.ended().isEmpty());
  }

  private Running start(Nodes nodes) {
    Map<String, ?> conversation = Map.of("topic", "Tea?", "max_rounds", 50);
    String id = Viewer.starting(CLIENT, nodes.at(0), conversation).conversationId();
    List<RoamingViewer> viewers =
        IntStream.range(0, NODES)
            .mapToObj(node -> RoamingViewer.of(CLIENT, () -> nodes.at(node), id))
            .toList();
    viewers.forEach(viewer -> viewer.await(() -> viewer.tokens() > 0));
    return new Running(id, viewers);
  }

  private void replaceEnded(Nodes nodes, List<Running> running) {
    for (int i = 0; i < running.size(); i++) {
      if (running.get(i).isEnded()) {
        finish(nodes, running.get(i));
        running.set(i, start(nodes));
      }
    }
  }

  /** All its viewers, and one that comes only now, hold the same; nothing wrong was ever shown. */
  private void finish(Nodes nodes, Running conversation) {
    List<RoamingViewer> viewers = conversation.viewers();
    viewers.forEach(RoamingViewer::awaitEnd);
    RoamingViewer late =
        RoamingViewer.of(CLIENT, () -> nodes.at(random.nextInt(NODES)), conversation.id());
    late.awaitEnd();
    for (RoamingViewer viewer : viewers) {
      viewer.awaitSameAs(late);
      assertThat(viewer.wrong()).isEmpty();
      assertThat(viewer.ended()).as("none is lost").isIn("stopped", "max_rounds");
      resets += viewer.resets();
      viewer.close();
    }
    late.close();
    assertAnswersOfTheModel(List.copyOf(late.said().values()));
  }

  /**
   * Every message equals the model's text, from the first token to the last, except for a cut end.
   */
  private void assertAnswersOfTheModel(List<String> said) {
    List<String> answers =
        IntStream.rangeClosed(1, script.requests().size()).mapToObj(script::text).toList();
    messages += said.size();
    assertThat(said.get(0)).isEqualTo("Tea?");
    for (String message : said.subList(1, said.size())) {
      boolean last = message.equals(said.get(said.size() - 1));
      assertThat(answers)
          .anyMatch(answer -> answer.equals(message) || (last && answer.startsWith(message)));
    }
  }

  private void report(String what, int count) {
    System.out.printf(
        "%d %s, seed %d: %d messages of %d agents whole on all viewers, %d resets shown,"
            + " taken over after at most %d ms, in the median after %d ms%n",
        count,
        what,
        seed,
        messages,
        AGENTS,
        resets,
        gaps.stream().mapToLong(gap -> gap).max().orElse(0),
        gaps.stream().sorted().skip(gaps.size() / 2).findFirst().orElse(0L));
  }

  /** A conversation with a viewer on each node. */
  private record Running(String id, List<RoamingViewer> viewers) {

    long epoch() {
      return viewers.stream().mapToLong(RoamingViewer::epoch).max().orElseThrow();
    }

    void awaitAfter(long epoch) {
      RoamingViewer any = viewers.get(0);
      any.await(() -> any.epoch() > epoch || !any.ended().isEmpty());
    }

    boolean isEnded() {
      return !viewers.get(0).ended().isEmpty();
    }

    void stop() {
      viewers.get(1).stop();
    }
  }
}
