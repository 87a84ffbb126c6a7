package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.Eventually;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.socket.SocketViewer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A real application on one web server and one version of Boot. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ApplicationContract {

  private final String serverFactory;
  private StubModelServer models;
  private ConfigurableApplicationContext application;
  private int port;

  /**
   * @param serverFactory the name, in any case, of Boot's bean for the web server
   */
  ApplicationContract(String serverFactory) {
    this.serverFactory = serverFactory;
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    models = StubModelServer.start();
    models.otherwise(StubAnswer.stream().tokens("It ", "is.").finish("stop").done());
    SpringApplication debate = new SpringApplication(DebateApplication.class);
    debate.setDefaultProperties(properties(folder));
    application = debate.run();
    assertThat(application.getBeanDefinitionNames())
        .anyMatch(name -> name.equalsIgnoreCase(serverFactory));
    port = Integer.parseInt(application.getEnvironment().getProperty("local.server.port"));
  }

  private Map<String, Object> properties(Path folder) {
    return Map.of(
        "server.port", "0",
        "spring.main.banner-mode", "off",
        "spring.threads.virtual.enabled", "true",
        "spring.datasource.url", "jdbc:h2:" + folder.resolve("app") + ";WRITE_DELAY=0",
        "management.endpoint.health.show-details", "always",
        "management.endpoints.web.exposure.include", "health,metrics",
        "agentstream.model.base-url", models.baseUrl(),
        "agentstream.teams", "classpath:forecast.yaml",
        "agentstream.http.enabled", "true",
        "agentstream.http.prefix", "/chat");
  }

  @AfterAll
  void stop() {
    application.close();
    models.close();
  }

  private Browser browser() {
    return new Browser(port);
  }

  private SocketViewer viewer(String user) throws Exception {
    return welcomed(browser().signIn(user));
  }

  private static SocketViewer welcomed(Browser browser) {
    SocketViewer viewer = browser.open("/ws");
    assertThat(viewer.await("welcome").at("/data/authenticated").asBoolean()).isTrue();
    return viewer;
  }

  @Test
  void tokens_of_each_speaker_reach_a_viewer() throws Exception {
    SocketViewer viewer = viewer("ada");
    viewer.start("{\"topic\": \"tea\", \"max_rounds\": 1}");

    assertThat(viewer.await("speaker_change").at("/data/agent_name").asText())
        .isEqualTo("Optimist");
    assertThat(viewer.await("streaming_token").at("/data/token").asText()).startsWith("It ");
    assertThat(viewer.await("speaker_change").at("/data/agent_name").asText()).isEqualTo("Skeptic");
    viewer.await("conversation_ended");
  }

  @Test
  void beans_and_the_team_file_are_the_catalogue() throws Exception {
    SocketViewer viewer = viewer("ada");
    viewer.send("{\"type\": \"list_agents\", \"id\": \"a\"}");

    JsonNode data = viewer.await("agents").path("data");
    assertThat(data.path("agents").findValuesAsText("name"))
        .containsExactly("Optimist", "Skeptic", "Forecaster");
    assertThat(data.path("teams").findValuesAsText("name"))
        .containsExactlyInAnyOrder("debate", "Forecast");
  }

  @Test
  void the_principal_is_the_user() throws Exception {
    String id = viewer("ada").start("{\"topic\": \"tea\", \"team\": \"debate\"}");
    SocketViewer bob = viewer("bob");
    String join =
        "{\"type\": \"join_conversation\", \"id\": \"j\", \"data\": {\"conversation_id\": \"%s\"}}";

    bob.send(join.formatted(id));
    assertThat(bob.await("error").at("/data/code").asText()).isEqualTo("not_found");
    viewer("ada").send(join.formatted(id)).await("joined");
  }

  @Test
  void a_viewer_without_a_login_is_not_admitted() {
    assertThat(browser().open("/ws").closeCode()).isEqualTo(4500);
  }

  /** Tomcat closes such connections itself, with 1008, and may be first. */
  @Test
  void a_logout_closes_the_connections_of_its_session_alone() throws Exception {
    Browser browser = browser().signIn("ada");
    SocketViewer viewer = welcomed(browser);
    SocketViewer elsewhere = viewer("ada");

    browser.signOut();

    assertThat(viewer.closeCode()).isIn(4001, 1008);
    elsewhere.send("{\"type\": \"ping\"}").await("pong");
    assertThat(browser.open("/ws").closeCode()).isEqualTo(4500);
  }

  @Test
  void the_actuator_shows_health_metrics_and_observations() throws Exception {
    assertThat(browser().get("/actuator/health").body())
        .contains("\"agentstream\":{\"status\":\"UP\"");
    assertThat(metric("connections")).contains("\"measurements\"");

    SocketViewer viewer = viewer("ada");
    viewer.start("{\"topic\": \"tea\", \"max_rounds\": 1}");
    viewer.await("conversation_ended");
    // A viewer may see the end before the observation of the run has ended.
    Eventually.await("the run is measured", () -> metric("run").contains("round_robin"));
    assertThat(metric("run")).contains("\"measurements\"");
  }

  private String metric(String name) {
    try {
      return browser().get("/actuator/metrics/agentstream." + name).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_hub_is_served_over_plain_http_to_the_principal() throws Exception {
    HttpResponse<String> models = browser().signIn("ada").get("/chat/v1/models");

    assertThat(models.statusCode()).isEqualTo(200);
    assertThat(models.body()).contains("debate").contains("Forecaster");
  }

  @Test
  void the_browser_client_is_served_with_its_declarations_as_text() throws Exception {
    HttpResponse<String> client = browser().get("/agentstream/index.js");
    assertThat(client.statusCode()).isEqualTo(200);
    assertThat(client.headers().firstValue("Content-Type").orElse("")).contains("javascript");

    HttpResponse<String> types = browser().get("/agentstream/index.d.ts");
    assertThat(types.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }

  @Test
  void conversations_are_kept_in_the_applications_database() throws Exception {
    SocketViewer viewer = viewer("ada");
    viewer.start("{\"topic\": \"kept tea\", \"max_rounds\": 1}");
    viewer.await("conversation_ended");

    assertThat(Database.topics(application)).contains("kept tea");
  }
}
