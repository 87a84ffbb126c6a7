package io.agentstream.jakarta;

import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;

/** Jetty 12.0 with WebSocket 2.1. */
final class EmbeddedJettyEe10 implements EmbeddedContainer {

  private final Server server = new Server();

  @Override
  public URI start(Registration registration) throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    JakartaWebSocketServletContainerInitializer.configure(
        context, (servletContext, container) -> registration.register(container));
    return EmbeddedJetty.start(server, context);
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}
