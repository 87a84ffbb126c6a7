package io.agentstream.http;

import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.JettyServer;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** Jetty 12.0 with Servlet 6.0. */
final class JettyEe10Server implements EmbeddedServer {

  private final Server server = JettyServer.withSmallPool();

  @Override
  public URI start(Map<String, ? extends HttpServlet> servlets) throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    servlets.forEach(
        (path, servlet) -> {
          ServletHolder holder = new ServletHolder(servlet);
          holder.setAsyncSupported(true);
          context.addServlet(holder, path);
        });
    return JettyServer.start(server, context);
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}
