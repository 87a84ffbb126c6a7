package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.redis.FreePort;
import io.agentstream.redis.RedisProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One server that keeps its conversations in a folder or in PostgreSQL, killed at random moments
 * while conversations run, are viewed, and people speak in them: two kills, and 50 in the profile
 * {@code slow}, or as {@code -Dagentstream.kills} says. The seed is printed; {@code
 * -Dagentstream.seed} sets it.
 */
@ExtendWith(FailureReport.class)
class KilledServerIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int CONVERSATIONS = 3;
  private static final int TOKENS = 40;
  private static final int MOST_SAID = 6;
  private static final Map<String, String> ENVIRONMENT = Map.of("OPENAI_API_KEY", "test");

  @TempDir private Path folder;

  private final long seed = Long.getLong("agentstream.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final PacedScript script = new PacedScript(TOKENS, 10);
  private final Map<String, List<Said>> said = new LinkedHashMap<>();
  private final List<String> texts = new ArrayList<>();
  private volatile ServerProcess server;
  private int messages;
  private int accepted;

  @Test
  @Timeout(1_800)
  void kills_at_random_moments_lose_nothing_that_was_accepted_or_shown_as_finished() {
    kill(kills(), () -> {}, "--data", folder.toString());
  }

  @Test
  @Timeout(1_800)
  @EnabledIfSystemProperty(
      named = "agentstream.slow",
      matches = "true",
      disabledReason = "the same proof with another database")
  void the_same_holds_with_postgresql() throws IOException {
    try (EmbeddedPostgres postgres = startPostgres()) {
      kill(kills(), () -> {}, "--config", configured(postgres));
    }
  }

  @Test
  @Timeout(1_800)
  @EnabledIfSystemProperty(
      named = "agentstream.slow",
      matches = "true",
      disabledReason = "the same proof with several nodes")
  void the_same_holds_for_a_node_whose_redis_loses_everything_each_time() throws IOException {
    try (EmbeddedPostgres postgres = startPostgres();
        RedisProcess redis = RedisProcess.start()) {
      String[] store = {"--config", configured(postgres), "--redis", redis.url()};
      kill(kills() / 5, () -> redis.commands().flushall(), store);
    }
  }

  /** On a port that no client gets, and with more patience than the usual 10 s. */
  private static EmbeddedPostgres startPostgres() throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(FreePort.next())
        .setPGStartupWait(Duration.ofMinutes(1))
        .start();
  }

  private String configured(EmbeddedPostgres postgres) throws IOException {
    String url = postgres.getJdbcUrl("postgres", "postgres");
    String config = "{\"store\": {\"url\": \"" + url + "\"}}";
    return Files.writeString(folder.resolve("postgresql.json"), config).toString();
  }

  private static int kills() {
    return Integer.getInteger("agentstream.kills", Boolean.getBoolean("agentstream.slow") ? 50 : 2);
  }

  private void kill(int kills, Runnable whileDead, String... store) {
    System.out.println("agentstream.seed=" + seed);
    try (CompletionServer model = CompletionServer.start(script)) {
      start(model, store);
      List<RoamingViewer> running = new ArrayList<>();
      for (int i = 0; i < CONVERSATIONS; i++) {
        running.add(begin());
      }
      for (int kill = 0; kill < kills; kill++) {
        speakAndWait(running);
        if (kill == 0) {
          // On a slow machine no other reply may come before its server is killed.
          said.get(running.get(0).conversationId()).get(0).answer().join();
        }
        server.close();
        whileDead.run();
        start(model, store);
        for (int i = 0; i < running.size(); i++) {
          if (!running.get(i).ended().isEmpty()) {
            finish(running.get(i));
            running.set(i, begin());
          }
        }
      }
      for (RoamingViewer viewer : running) {
        viewer.stop();
        finish(viewer);
      }
    } finally {
      server.close();
    }
    System.out.printf(
        "%d kills, seed %d: %d messages whole, %d accepted from people, none lost%n",
        kills, seed, messages, accepted);
    assertThat(accepted).isPositive();
  }

  private void start(CompletionServer model, String... store) {
    Map<String, String> environment = new LinkedHashMap<>(ENVIRONMENT);
    environment.put("OPENAI_BASE_URL", model.baseUrl());
    server = ServerProcess.startWithStore(environment, store);
  }

  private RoamingViewer begin() {
    Map<String, ?> conversation = Map.of("topic", "Tea?", "max_rounds", 20);
    String id = Viewer.starting(CLIENT, server.webSocket(), conversation).conversationId();
    said.put(id, new ArrayList<>());
    RoamingViewer viewer = RoamingViewer.of(CLIENT, () -> server.webSocket(), id).watchful();
    viewer.await(() -> viewer.tokens() > 0);
    return viewer;
  }

  /** Says something in each conversation, at some token on the way to the next kill. */
  private void speakAndWait(List<RoamingViewer> running) {
    for (RoamingViewer viewer : running) {
      wait(viewer, random.nextInt(TOKENS));
      if (said.get(viewer.conversationId()).size() < MOST_SAID) {
        speak(viewer.conversationId());
      }
    }
    wait(running.get(0), random.nextInt(4));
  }

  private static void wait(RoamingViewer viewer, int more) {
    int seen = viewer.tokens();
    viewer.await(() -> viewer.tokens() > seen + more || !viewer.ended().isEmpty());
  }

  private void speak(String id) {
    String text = "Said " + texts.size() + " by a person.";
    CompletableFuture<JsonNode> answer =
        Viewer.connect(CLIENT, server.webSocket())
            .send("send_message", Map.of("conversation_id", id, "content", text))
            .answer("send_message");
    said.get(id).add(new Said(text, answer));
    texts.add(text);
  }

  private void finish(RoamingViewer viewer) {
    viewer.awaitEnd();
    RoamingViewer late =
        RoamingViewer.of(CLIENT, () -> server.webSocket(), viewer.conversationId());
    late.awaitEnd();
    viewer.awaitSameAs(late);
    assertThat(viewer.wrong()).isEmpty();
    assertThat(viewer.ended()).as("none is lost").isIn("stopped", "max_rounds");
    List<String> all = List.copyOf(late.said().values());
    assertWhole(all);
    for (Said one : said.get(viewer.conversationId())) {
      if (one.isAccepted()) {
        accepted++;
        assertThat(all).as("what was accepted").containsOnlyOnce(one.text());
      }
    }
    viewer.close();
    late.close();
  }

  /**
   * Every message equals the model's or a person's text, whole and once, except for a stopped end.
   */
  private void assertWhole(List<String> all) {
    List<String> answers =
        new ArrayList<>(
            IntStream.rangeClosed(1, script.requests().size()).mapToObj(script::text).toList());
    answers.addAll(texts);
    messages += all.size();
    assertThat(all).doesNotHaveDuplicates();
    assertThat(all.get(0)).isEqualTo("Tea?");
    for (String message : all.subList(1, all.size())) {
      boolean last = message.equals(all.get(all.size() - 1));
      assertThat(answers)
          .anyMatch(answer -> answer.equals(message) || (last && answer.startsWith(message)));
    }
  }

  /** A person's message, and the server's reply, if any. */
  private record Said(String text, CompletableFuture<JsonNode> answer) {

    boolean isAccepted() {
      return answer.isDone()
          && !answer.isCompletedExceptionally()
          && answer.join().path("type").asText().equals("accepted");
    }
  }
}
