package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.demo.CompletionServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 200 conversations at once, and 500 in the profile {@code slow}, each with a viewer of its own.
 */
@Timeout(300)
class ManyConversationsIT {

  private static final int CONVERSATIONS = Boolean.getBoolean("agentstream.slow") ? 500 : 200;
  private static final int TOKENS = 60;

  /**
   * As many tokens a second, however many conversations there are: a test of a crowd, not of speed.
   */
  private static final int EVERY_MILLIS = CONVERSATIONS / 4;

  /**
   * Those of the JVM, and the pools of fixed sizes. The threads of alarms do not count: many alarms
   * may be due at the same moment, each takes microseconds, and {@code SystemChatClockTest} shows
   * their bound.
   */
  private static final int MOST_THREADS = 64;

  private static final String ALARM = "agentstream-alarm-";

  /** A line of a thread dump that begins a Java platform thread. */
  private static final Pattern PLATFORM_THREAD = Pattern.compile("^\"(.*)\" #\\d+.*");

  /** All of them come from one address. */
  private static final String CONFIG =
      """
      {"limits": {"starts_per_minute": 0, "running_conversations_per_user": 0}}""";

  @TempDir Path folder;

  @Test
  void a_crowd_needs_few_threads_and_loses_nothing() throws Exception {
    PacedScript script = new PacedScript(TOKENS, EVERY_MILLIS);
    Path config = Files.writeString(folder.resolve("config.json"), CONFIG);
    try (CompletionServer model = CompletionServer.start(script);
        ServerProcess server =
            ServerProcess.start(
                Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", config.toString())) {
      HttpClient client = HttpClient.newHttpClient();
      List<Viewer> viewers =
          Stream.generate(() -> Viewer.connect(client, server.webSocket()))
              .limit(CONVERSATIONS)
              .toList();
      awaitAll(viewers, "welcome").join();
      viewers.forEach(ManyConversationsIT::startConversation);

      List<String> threads = mostThreadsUntil(awaitAll(viewers, "conversation_ended"), server);

      System.out.printf(
          "%d conversations at once: at most %d threads without alarms, %d tokens in %d frames%n",
          CONVERSATIONS, threads.size(), CONVERSATIONS * TOKENS, tokenFrames(viewers));
      assertThat(threads).hasSizeBetween(1, MOST_THREADS);
      assertWhole(viewers, script);
    }
  }

  private static void startConversation(Viewer viewer) {
    viewer.send(
        "start_conversation", Map.of("topic", "Tea?", "max_rounds", 1, "agents", List.of("Mia")));
  }

  private static CompletableFuture<Void> awaitAll(List<Viewer> viewers, String type) {
    return CompletableFuture.allOf(
        viewers.stream().map(viewer -> viewer.first(type)).toArray(CompletableFuture[]::new));
  }

  private static int tokenFrames(List<Viewer> viewers) {
    return viewers.stream().mapToInt(v -> Watched.by(v).of("streaming_token").size()).sum();
  }

  private static void assertWhole(List<Viewer> viewers, PacedScript script) {
    Set<String> said = new HashSet<>();
    for (Viewer viewer : viewers) {
      Watched watched = Watched.by(viewer).isGapFree().agreesWithItself();
      assertThat(watched.tokens()).isEqualTo(TOKENS);
      said.addAll(watched.said().values());
    }
    assertThat(said)
        .isEqualTo(
            IntStream.rangeClosed(1, CONVERSATIONS)
                .mapToObj(script::text)
                .collect(Collectors.toSet()));
  }

  private static List<String> mostThreadsUntil(CompletableFuture<?> done, ServerProcess server)
      throws InterruptedException, ExecutionException {
    List<String> most = List.of();
    while (true) {
      try {
        done.get(200, TimeUnit.MILLISECONDS);
        return most;
      } catch (TimeoutException underWay) {
        List<String> now = platformThreads(server.pid());
        most = now.size() > most.size() ? now : most;
      }
    }
  }

  private static List<String> platformThreads(long pid) {
    try {
      Process jcmd =
          new ProcessBuilder(ServerProcess.tool("jcmd"), String.valueOf(pid), "Thread.print")
              .redirectErrorStream(true)
              .start();
      try (BufferedReader dump = jcmd.inputReader()) {
        return dump.lines()
            .map(PLATFORM_THREAD::matcher)
            .filter(Matcher::matches)
            .map(line -> line.group(1))
            .filter(name -> !name.startsWith(ALARM))
            .toList();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
