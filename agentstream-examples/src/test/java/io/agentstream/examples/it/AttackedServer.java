package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.examples.demo.CompletionServer;
import io.agentstream.examples.it.HostileModel.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a heap of 256 MiB that is attacked, by one test after another on the same process.
 * Beside each runs a conversation of another user, which must end whole; the server must say that
 * it is up, and what is left on its heap must stay within a bound. The rates of messages and starts
 * are off, so that the other bounds have to hold by themselves.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class AttackedServer {

  private static final String MEMORY = "-Xmx256m -XX:+ExitOnOutOfMemoryError";
  private static final long MOST_LIVE_BYTES = 192L * 1024 * 1024;

  /** A minute, in place of 10 s, for a server that still works off the attack to answer. */
  private static final String JCMD_WAITS = "-J-Dsun.tools.attach.attachTimeout=60000";

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int TOKENS = 100;
  private static final int EVERY_MILLIS = 20;
  static final String MALLORY = token();
  static final String ANN = token();

  @TempDir static Path folder;
  static HttpClient client;
  private static CompletionServer model;
  private static HostileModel hostile;
  static ServerProcess server;
  final List<Attacker> attackers = new ArrayList<>();
  Viewer ann;

  @BeforeAll
  void start() throws IOException {
    client = HttpClient.newHttpClient();
    model = CompletionServer.start(new PacedScript(TOKENS, EVERY_MILLIS));
    hostile = HostileModel.start();
    server =
        ServerProcess.start(
            Map.of(
                "OPENAI_BASE_URL",
                model.baseUrl(),
                "OPENAI_API_KEY",
                "test",
                "AGENTSTREAM_TOKENS",
                users(),
                "JAVA_TOOL_OPTIONS",
                MEMORY),
            "--config",
            Files.writeString(folder.resolve("config.json"), config()).toString());
  }

  /** The server's users with their tokens. */
  String users() {
    return "ann:" + ANN + ",mallory:" + MALLORY;
  }

  private static String config() {
    String agents =
        Stream.of(Kind.values())
            .map(kind -> agent(kind.name(), ",\"base_url\":\"" + hostile.baseUrl(kind) + "\""))
            .collect(Collectors.joining(","));
    return "{\"limits\":{\"messages_per_minute\":0,\"starts_per_minute\":0},"
        + "\"server\":{\"trusted_proxies\":[\"127.0.0.1\"]},\"agents\":["
        + agent("Ann", "")
        + ","
        + agents
        + "]}";
  }

  private static String agent(String name, String more) {
    return "{\"name\":\"%s\",\"description\":\"d\",\"system_prompt\":\"p\"%s}"
        .formatted(name, more);
  }

  private static String token() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @AfterAll
  static void stop() {
    server.close();
    hostile.close();
    model.close();
  }

  @BeforeEach
  void somebodyElseTalks() throws Exception {
    ann = connectAnn();
    ann.send(
        "start_conversation", Map.of("topic", "Tea?", "agents", List.of("Ann"), "max_rounds", 3));
    ann.first("streaming_token").get(60, TimeUnit.SECONDS);
  }

  Viewer connectAnn() throws Exception {
    Viewer user = Viewer.connect(client, server.webSocket());
    user.first("welcome").get(60, TimeUnit.SECONDS);
    user.send("authenticate", Map.of("token", ANN));
    user.answer("authenticate").get(60, TimeUnit.SECONDS);
    return user;
  }

  @AfterEach
  void nothingIsHarmed() throws Exception {
    assertHealthy();
    JsonNode ended = ann.first("conversation_ended").get(120, TimeUnit.SECONDS);
    assertThat(ended.at("/data/reason").asText()).isEqualTo("max_rounds");
    Watched watched = Watched.by(ann).isGapFree().agreesWithItself();
    assertThat(watched.tokens()).isEqualTo(3L * TOKENS);
    attackers.forEach(Attacker::leave);
    attackers.clear();
    assertHealthy();
    long live = liveBytes();
    System.out.printf("live after the attack: %,d bytes%n", live);
    assertThat(live).isLessThan(MOST_LIVE_BYTES);
  }

  Attacker mallory(boolean reads) {
    Attacker attacker = Attacker.connect(client, server.webSocket(), MALLORY, reads);
    attackers.add(attacker);
    return attacker;
  }

  /** Starts 20 conversations and pauses them. */
  static List<String> paused(Attacker owner) throws InterruptedException {
    List<String> conversations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String id = owner.start("Ann", 50);
      owner.about("pause_conversation", id);
      conversations.add(id);
    }
    owner.flush();
    return conversations;
  }

  /** Each asks for 6,000 lists. */
  static void askForLists(List<Attacker> crowd) throws InterruptedException {
    for (Attacker attacker : crowd) {
      for (int i = 0; i < 3_000; i++) {
        attacker.send("list_conversations", "{}").send("list_agents", "{}");
      }
    }
    for (Attacker attacker : crowd) {
      attacker.flush();
    }
  }

  static void stopAll(Attacker attacker, List<String> conversations) throws InterruptedException {
    conversations.stream()
        .filter(id -> !id.isEmpty())
        .forEach(id -> attacker.about("stop_conversation", id));
    attacker.flush();
  }

  static void assertHealthy() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.http("/health")).timeout(Duration.ofMinutes(1)).build();
    HttpResponse<String> health = client.send(request, BodyHandlers.ofString());
    assertThat(health.statusCode()).as(server.errors()).isEqualTo(200);
  }

  /** Returns the server's live heap after a full collection. */
  private static long liveBytes() throws IOException {
    Process jcmd =
        new ProcessBuilder(
                ServerProcess.tool("jcmd"),
                JCMD_WAITS,
                String.valueOf(server.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader histogram = jcmd.inputReader()) {
      return histogram
          .lines()
          .filter(line -> line.startsWith("Total"))
          .mapToLong(line -> Long.parseLong(BLANKS.split(line.strip(), 0)[2]))
          .findFirst()
          .orElseThrow();
    }
  }
}
