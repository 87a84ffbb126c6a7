package io.agentstream.jakarta;

import java.net.URI;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12.1 with WebSocket 2.2. */
final class EmbeddedJetty implements EmbeddedContainer {

  private final Server server = new Server();

  @Override
  public URI start(Registration registration) throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    JakartaWebSocketServletContainerInitializer.configure(
        context, (servletContext, container) -> registration.register(container));
    return start(server, context);
  }

  static URI start(Server server, org.eclipse.jetty.server.Handler application) throws Exception {
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setAcceptedSendBufferSize(16 * 1024);
    server.addConnector(connector);
    server.setHandler(application);
    server.start();
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}
