package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.web.SpringServletContainerInitializer;

/** The starter in a WAR: the container starts the application. */
class WarTest {

  /** A container may create its WebSocket container before or after the application. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_war_serves_the_hub_and_closes_it(boolean webSocketFirst, @TempDir Path folder)
      throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    Context context = tomcat.addContext("/app", folder.toString());
    if (webSocketFirst) {
      context.addServletContainerInitializer(new WsSci(), Set.of());
    }
    context.addServletContainerInitializer(
        new SpringServletContainerInitializer(), Set.of(War.class));
    if (!webSocketFirst) {
      context.addServletContainerInitializer(new WsSci(), Set.of());
    }
    tomcat.start();
    assertThat(context.getState()).isEqualTo(LifecycleState.STARTED);

    SocketViewer viewer = new Browser(tomcat.getConnector().getLocalPort()).open("/app/ws");
    viewer.await("welcome");
    viewer.start("{\"topic\": \"tea\"}");
    viewer.await("speaker_change");
    tomcat.stop();

    assertThat(viewer.closeCode()).isEqualTo(1001);
    tomcat.destroy();
  }

  /** The application, as Boot's documentation has it. */
  public static class War extends SpringBootServletInitializer {
    @Override
    protected SpringApplicationBuilder configure(SpringApplicationBuilder application) {
      return application
          .sources(Application.class)
          .properties(
              "spring.main.banner-mode=off",
              "agentstream.anonymous=true",
              "agentstream.timeouts.drain=0s");
    }
  }

  /** Without the database and the security of other tests, by their names in Boot 3 and 4. */
  @SpringBootConfiguration
  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
        "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
        "org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration",
        "org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration",
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
        "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
      })
  static class Application {
    @Bean
    Agent ada() {
      return Agent.builder("Ada").model(new ScriptedModel()).build();
    }
  }
}
