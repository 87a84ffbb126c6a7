package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final Server server = new Server(0);
  private volatile boolean draining;
  private volatile List<String> problems = List.of();

  @BeforeEach
  void start() throws Exception {
    ServletContextHandler site = new ServletContextHandler("/");
    site.addServlet(new ServletHolder(new Health(() -> draining, () -> problems)), "/health");
    server.setHandler(site);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void it_is_up_as_long_as_nothing_else_is_true() throws Exception {
    assertThat(health().statusCode()).isEqualTo(200);
    assertThat(health().body()).isEqualTo("{\"status\":\"up\"}");
  }

  @Test
  void while_it_ends_it_takes_no_viewers() throws Exception {
    draining = true;
    assertThat(health().statusCode()).isEqualTo(503);
    assertThat(health().body()).isEqualTo("{\"status\":\"draining\"}");
  }

  @Test
  void a_dead_part_is_named_whatever_else_is_true() throws Exception {
    problems = List.of("The clock's alarms do not ring", "A thread has ended");
    for (boolean ends : new boolean[] {false, true}) {
      draining = ends;
      assertThat(health().statusCode()).isEqualTo(503);
      assertThat(health().body())
          .isEqualTo(
              "{\"status\":\"unhealthy\",\"problems\":[\"The clock's alarms do not ring\",\"A"
                  + " thread has ended\"]}");
    }
  }

  private HttpResponse<String> health() throws Exception {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    URI uri = URI.create("http://127.0.0.1:" + port + "/health");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
