package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.demo.CompletionServer;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A server whose operator has set its bounds beyond its heap. */
@Timeout(300)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "a minute")
class OutOfMemoryIT {

  private static final String LINE =
      "agentstream: out of memory, the process ends; give it a larger heap (-Xmx) or lower limits";

  private static final String LIMITS =
      "{\"limits\": {\"messages_per_minute\": 0, \"starts_per_minute\": 0,"
          + " \"kept_megabytes\": 100000},"
          + " \"agents\": [{\"name\": \"Ann\", \"description\": \"d\", \"system_prompt\": \"p\"}]}";

  private static final String LONG = "x".repeat(8_000);
  private static final int CONVERSATIONS = 60;
  private static final int MESSAGES = 400;

  @TempDir Path folder;

  @Test
  void the_process_ends_with_3_and_one_line_and_stays_no_shell_of_itself() throws Exception {
    Path config = Files.writeString(folder.resolve("config.json"), LIMITS);
    try (CompletionServer model = CompletionServer.start(new PacedScript(100, 20));
        ServerProcess server =
            ServerProcess.start(
                Map.of(
                    "OPENAI_BASE_URL", model.baseUrl(),
                    "OPENAI_API_KEY", "test",
                    "JAVA_TOOL_OPTIONS", "-Xmx48m -XX:+UseSerialGC"),
                "--config",
                config.toString())) {
      fill(server);
      assertThat(server.awaitExit()).as(server.errors()).isEqualTo(3);
      assertThat(server.errors().lines().filter(LINE::equals)).hasSize(1);
    }
  }

  /** Until the server is gone. */
  private static void fill(ServerProcess server) throws InterruptedException {
    List<Attacker> attackers = new ArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    for (int i = 0; i < CONVERSATIONS && server.isAlive(); i++) {
      Attacker attacker = Attacker.knock(client, server.webSocket());
      attackers.add(attacker);
      String id = attacker.start("Ann", 50);
      attacker.about("pause_conversation", id);
      for (int message = 0; message < MESSAGES; message++) {
        attacker.say(id, LONG);
      }
      attacker.flush();
    }
    attackers.forEach(Attacker::leave);
  }
}
