package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example WAR, dropped into a container as it is downloaded. */
@Timeout(180)
abstract class DistributionContract {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path base;

  private ContainerProcess container;
  private URI root;

  /** Prepares the directory of an instance, whose {@code webapps} has the WAR already. */
  abstract ContainerProcess start(Path base) throws IOException;

  /** Waits for what {@link #start} has started. */
  abstract URI awaitReady(ContainerProcess container) throws IOException;

  @BeforeEach
  void deploy() throws IOException {
    Path webapps = Files.createDirectory(base.resolve("webapps"));
    Files.copy(Path.of(System.getProperty("agentstream.war")), webapps.resolve("agentstream.war"));
    container = start(base);
    root = awaitReady(container).resolve("/agentstream/");
  }

  @AfterEach
  void stop() {
    container.close();
  }

  @Test
  void a_conversation_is_watched_to_its_end_and_the_container_stops_cleanly() throws Exception {
    assertServed("", "<title>agentstream</title>", "text/html");
    assertServed("app.js", "AgentstreamConnection", "javascript");
    assertServed("agentstream/index.js", "AgentstreamConnection", "javascript");
    assertServed("info", "{\"demo\":true}", "application/json");

    Viewer viewer = Viewer.connect(CLIENT, webSocket());
    viewer.send(
        "start_conversation", Map.of("topic", "tea", "agents", List.of("Otto"), "max_rounds", 1));
    viewer.first("conversation_ended").get(60, TimeUnit.SECONDS);
    Watched watched = Watched.by(viewer).isGapFree().agreesWithItself();
    assertThat(watched.speakers()).containsExactly("Otto");
    assertThat(watched.tokens()).isGreaterThan(10);

    String log = container.stop();

    assertThat(viewer.closed()).succeedsWithin(Duration.ofMinutes(1));
    assertThat(log).doesNotContain("Exception");
  }

  private void assertServed(String path, String content, String type) throws Exception {
    HttpResponse<String> response =
        CLIENT.send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse("")).contains(type);
    assertThat(response.headers().firstValue("content-security-policy")).isPresent();
    assertThat(response.body()).contains(content);
  }

  private URI webSocket() {
    return URI.create("ws://" + root.getAuthority() + root.getPath() + "ws");
  }
}
