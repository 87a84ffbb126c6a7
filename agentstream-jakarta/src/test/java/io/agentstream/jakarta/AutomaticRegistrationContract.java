package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.jakarta.war.WarHubProvider;
import io.agentstream.test.socket.SocketViewer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plain web application that brings nothing but the jars, a {@link HubProvider} and its name in
 * META-INF/services. Its classes come from the archive, in a class loader of their own.
 */
@Timeout(300)
abstract class AutomaticRegistrationContract {

  @TempDir Path directory;

  private EmbeddedWar application;
  private URI root;

  abstract EmbeddedWar newApplication();

  @BeforeEach
  void deploy() throws Exception {
    application = newApplication();
    root = application.start(WarFile.write(directory.resolve("app"), WarHubProvider.class));
  }

  @AfterEach
  void shutDown() throws Exception {
    application.shutDown();
  }

  @Test
  void a_hub_provider_is_found_and_its_hub_can_be_reached_at_its_path() {
    SocketViewer viewer = connect();

    viewer.expect("welcome");
    String id = ServedHub.start(viewer);

    assertThat(id).hasSize(22);
    assertThat(viewer.expect("conversation_created").at("/data/agents/0").asText())
        .isEqualTo("Ada");
  }

  @Test
  void the_hub_is_closed_when_the_application_stops() throws Exception {
    SocketViewer viewer = connect();
    viewer.expect("welcome");
    ServedHub.start(viewer);
    viewer.until("speaker_change");
    CompletableFuture<?> result = resultOfConversation();
    assertThat(result).isNotDone();

    application.undeploy();

    assertThat(viewer.closeCode()).isEqualTo(1001);
    assertThat(result).succeedsWithin(Duration.ofSeconds(SocketViewer.PATIENCE_SECONDS));
  }

  @Test
  void the_provider_is_told_when_its_hub_is_closed() throws Exception {
    CompletableFuture<?> hubClosed =
        (CompletableFuture<?>) application.attribute(WarHubProvider.HUB_CLOSED);
    assertThat(hubClosed).isNotDone();

    application.undeploy();

    assertThat(hubClosed).isCompleted();
  }

  @Test
  void the_connections_of_an_address_are_counted() {
    for (int i = 0; i < WarHubProvider.CONNECTIONS; i++) {
      connect().expect("welcome");
    }

    assertThat(connect().closeCode()).isEqualTo(4005);
  }

  @Test
  void the_container_serves_the_browser_client() throws Exception {
    HttpResponse<String> response = get("agentstream/index.js");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse("")).contains("javascript");
    assertThat(response.body()).contains("export");
  }

  @Test
  void the_container_serves_the_clients_type_declarations_as_text() throws Exception {
    HttpResponse<String> response = get("agentstream/index.d.ts");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    assertThat(response.body()).contains("export");
    assertThat(get("agentstream/nothing.d.ts").statusCode()).isEqualTo(404);
  }

  @Test
  void a_plain_request_to_the_endpoint_is_no_server_error() throws Exception {
    assertThat(get("chat").statusCode()).isBetween(400, 499);
  }

  private CompletableFuture<?> resultOfConversation() {
    Supplier<?> result = (Supplier<?>) application.attribute(WarHubProvider.RESULT);
    return (CompletableFuture<?>) result.get();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofString());
  }

  private SocketViewer connect() {
    return SmallBuffers.connect(
        URI.create("ws://" + root.getAuthority() + root.getPath() + "chat"), "agentstream.v1");
  }
}
