package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.socket.SocketViewer;
import java.net.URI;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.jboss.weld.environment.servlet.EnhancedListener;
import org.junit.jupiter.api.Test;

/** A provider and its agents as CDI beans, which no service file names. */
class CdiTest {

  @Test
  void the_provider_is_a_bean_and_its_agents_are_injected() throws Exception {
    Tomcat tomcat = EmbeddedTomcat.newTomcat();
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer(new EnhancedListener(), Set.of());
    context.addServletContainerInitializer(new AgentstreamInitializer(), Set.of());
    tomcat.start();
    URI root = EmbeddedTomcat.root(tomcat);

    SocketViewer viewer =
        SmallBuffers.connect(URI.create("ws://" + root.getAuthority() + "/ws"), "agentstream.v1");
    viewer.expect("welcome");
    ServedHub.start(viewer);
    assertThat(viewer.expect("conversation_created").at("/data/agents/0").asText())
        .isEqualTo("Optimist");
    tomcat.stop();

    assertThat(viewer.closeCode()).isEqualTo(1001);
    assertThat(Debates.CLOSED).isTrue();
    tomcat.destroy();
  }
}
