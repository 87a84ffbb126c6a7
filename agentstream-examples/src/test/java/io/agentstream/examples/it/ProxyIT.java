package io.agentstream.examples.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.server.Spellings;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The configurations in {@code docs/deploy}, with the real programs. */
@Timeout(300)
class ProxyIT {

  private static StubModelServer model;
  private static ServerProcess server;

  @BeforeAll
  static void start() {
    model =
        StubModelServer.start()
            .otherwise(StubAnswer.stream().tokens("So ", "it ", "goes.").finish("stop").done());
    server =
        ServerProcess.start(
            Map.of("OPENAI_BASE_URL", model.baseUrl()), "--config", publicMetrics().toString());
  }

  @AfterAll
  static void stop() {
    server.close();
    model.close();
  }

  @Test
  void a_conversation_is_watched_through_nginx() throws Exception {
    try (Proxy proxy = Proxy.nginx(server)) {
      watch(proxy);
    }
  }

  @Test
  void a_conversation_is_watched_through_haproxy() throws Exception {
    try (Proxy proxy = Proxy.haproxy(server)) {
      watch(proxy);
    }
  }

  @Test
  void the_guide_s_lines_for_tls_serve_page_socket_and_events_through_both(@TempDir Path folder)
      throws Exception {
    TlsGuide guide = TlsGuide.in(folder);
    try (Proxy proxy = Proxy.nginx(server.port(), guide::nginx)) {
      watchOverTls(proxy, guide);
    }
    try (Proxy proxy = Proxy.haproxy(server.port(), guide::haproxy)) {
      watchOverTls(proxy, guide);
    }
  }

  private static void watchOverTls(Proxy proxy, TlsGuide guide) throws Exception {
    for (String path : List.of("/", "/health")) {
      assertThat(overTls(proxy, guide, path, "-w", " %{http_code} over %{http_version}"))
          .as(path)
          .endsWith(" 200 over 2");
    }
    HttpClient client = HttpClient.newBuilder().sslContext(guide.trusted()).build();
    URI socket = URI.create(proxy.https("/ws").toString().replace("https:", "wss:"));
    Viewer viewer = Viewer.connect(client, socket);
    viewer.send("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1));
    viewer.first("conversation_ended").get(60, TimeUnit.SECONDS);
    assertThat(Watched.by(viewer).isGapFree().agreesWithItself().said().values())
        .hasSize(3)
        .containsOnly("So it goes.");

    String id = viewer.first("accepted").join().at("/data/conversation_id").asText();
    Process events = curl(guide, proxy.https("/api/conversations/" + id + "/events?after=1-0"));
    try (BufferedReader lines = events.inputReader()) {
      assertThat(lines.lines().anyMatch(line -> line.contains("conversation_ended"))).isTrue();
    } finally {
      events.destroy();
    }
  }

  private static String overTls(Proxy proxy, TlsGuide guide, String path, String... options)
      throws IOException {
    Process curl = curl(guide, proxy.https(path), options);
    return new String(curl.getInputStream().readAllBytes(), UTF_8);
  }

  private static Process curl(TlsGuide guide, URI url, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("curl", "-sSN", "--max-time", "60", "--cacert", guide.certificate()));
    command.addAll(List.of(options));
    command.add(url.toString());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** The server itself speaks HTTP/1.1 alone. */
  @Test
  void a_stream_of_events_goes_over_http_2_where_the_proxy_speaks_it() throws Exception {
    try (Proxy proxy =
        Proxy.nginx(server.port(), text -> text.replaceFirst("(listen \\S+);", "$1 http2;"))) {
      String topic = "{\"topic\":\"Tea?\",\"max_rounds\":1}";
      Process start =
          curl(proxy, "/api/conversations", "--json", topic, "-w", " over %{http_version}");
      String started = new String(start.getInputStream().readAllBytes(), UTF_8);
      assertThat(started).endsWith(" over 2");
      Matcher id = Pattern.compile("\"conversation_id\":\"([^\"]+)\"").matcher(started);
      assertThat(id.find()).isTrue();

      Process events = curl(proxy, "/api/conversations/" + id.group(1) + "/events?after=1-0");
      try (BufferedReader lines = events.inputReader()) {
        assertThat(lines.lines().anyMatch(line -> line.contains("conversation_ended"))).isTrue();
      } finally {
        events.destroy();
      }
    }
  }

  private static Process curl(Proxy proxy, String path, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sSN", "--max-time", "60", "--http2-prior-knowledge"));
    command.addAll(List.of(options));
    command.add(proxy.http(path).toString());
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Test
  void both_wait_longer_in_silence_than_the_server() throws IOException {
    long server = Timeouts.defaults().connection().toSeconds();
    assertThat(seconds("nginx.conf", "proxy_read_timeout (\\d+)s")).isGreaterThan(server);
    assertThat(seconds("nginx.conf", "proxy_send_timeout (\\d+)s")).isGreaterThan(server);
    assertThat(seconds("haproxy.cfg", "timeout tunnel (\\d+)s")).isGreaterThan(server);
  }

  @Test
  void the_dockerfile_copies_the_jar_that_is_built() throws IOException {
    Matcher copied =
        Pattern.compile("(?m)^COPY (\\S+) (\\S+)$")
            .matcher(Files.readString(Path.of("../Dockerfile")));
    assertThat(copied.find()).isTrue();
    assertThat(Path.of("..", copied.group(1))).isRegularFile();
    assertThat(Files.readString(Path.of("../Dockerfile"))).contains("\"" + copied.group(2) + "\"");
  }

  /** So that whatever got past the proxy would be answered. */
  private static Path publicMetrics() {
    try {
      Path config = ServerProcess.fileOfThisBuild("public-metrics", ".json");
      return Files.writeString(config, "{\"metrics\": {\"public\": true}}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void watch(Proxy proxy) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    Viewer viewer = Viewer.connect(client, proxy.webSocket());
    viewer.send("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1));
    viewer.first("conversation_ended").join();
    assertThat(Watched.by(viewer).isGapFree().agreesWithItself().said().values())
        .hasSize(3)
        .containsOnly("So it goes.");
    assertThat(status(client, proxy, "/")).isEqualTo(200);
    assertThat(status(client, proxy, "/metrics")).isEqualTo(404);
    for (String target : Spellings.ofMetrics()) {
      assertThat(answer(proxy, target)).as(target).doesNotContain("agentstream_", " 200 ");
    }
  }

  /** On a bare socket, since a client would write the path in its own way. */
  private static String answer(Proxy proxy, String target) throws IOException {
    URI uri = proxy.http("/");
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      String request =
          "GET "
              + target
              + " HTTP/1.1\r\nHost: "
              + uri.getAuthority()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static int status(HttpClient client, Proxy proxy, String path)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(proxy.http(path)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static long seconds(String file, String setting) throws IOException {
    Matcher found = Pattern.compile(setting).matcher(Proxy.configuration(file));
    assertThat(found.find()).as(setting).isTrue();
    return Long.parseLong(found.group(1));
  }
}
