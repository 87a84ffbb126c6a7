package io.agentstream.http.served;

import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.Map;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty 12.1 with a small pool. */
public final class JettyServer implements EmbeddedServer {

  private static final int THREADS = 16;

  private final Server server = withSmallPool();

  @Override
  public URI start(Map<String, ? extends HttpServlet> servlets) throws Exception {
    ServletContextHandler context = new ServletContextHandler();
    servlets.forEach(
        (path, servlet) -> {
          ServletHolder holder = new ServletHolder(servlet);
          holder.setAsyncSupported(true);
          context.addServlet(holder, path);
        });
    return start(server, context);
  }

  /** Returns a server without a connector. */
  public static Server withSmallPool() {
    return new Server(new QueuedThreadPool(THREADS));
  }

  /** Starts a server on a free port, for Jetty's servlets of any version. */
  public static URI start(Server server, Handler handler) throws Exception {
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(1024);
    connector.setAcceptedSendBufferSize(16 * 1024);
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void stop() throws Exception {
    server.stop();
  }
}
