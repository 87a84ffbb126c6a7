package io.agentstream.jakarta;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat 11 with WebSocket 2.2. */
final class EmbeddedTomcat implements EmbeddedContainer {

  // Kept, since the logging framework holds loggers weakly.
  private static final Logger LOG = Logger.getLogger("org.apache");
  private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader");

  private final Tomcat tomcat = newTomcat();

  static Tomcat newTomcat() {
    LOG.setLevel(Level.WARNING);
    // Every thread pool of this JVM looks like a leak of the one web application there is.
    LEAKS.setLevel(Level.SEVERE);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Path.of("target", "tomcat").toAbsolutePath().toString());
    tomcat.setPort(0);
    tomcat.setHostname("127.0.0.1");
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("socket.txBufSize", "16384");
    return tomcat;
  }

  @Override
  public URI start(Registration registration) throws Exception {
    Context context = tomcat.addContext("", null);
    // Without a servlet on / no request gets as far as the WebSocket filter.
    Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer(
        (classes, servletContext) -> {
          try {
            registration.register(
                (ServerContainer) servletContext.getAttribute(ServerContainer.class.getName()));
          } catch (DeploymentException e) {
            throw new IllegalStateException(e);
          }
        },
        Set.of());
    tomcat.start();
    return root(tomcat);
  }

  static URI root(Tomcat tomcat) {
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}
