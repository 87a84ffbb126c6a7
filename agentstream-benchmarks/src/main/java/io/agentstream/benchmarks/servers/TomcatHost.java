package io.agentstream.benchmarks.servers;

import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** An embedded Tomcat on a free port of the loopback address. */
final class TomcatHost {

  /** Adds an endpoint. */
  interface Registration {
    void register(ServletContext context, ServerContainer container) throws DeploymentException;
  }

  static final int DEFAULT_THREADS = 200;

  private TomcatHost() {}

  /**
   * Serves an endpoint until the process ends.
   *
   * @param maxThreads the maximum number of the container's threads
   */
  static void serve(int maxThreads, Registration registration) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folderUntilTheEnd().toString());
    tomcat.setPort(0);
    tomcat.setHostname("127.0.0.1");
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", String.valueOf(maxThreads));
    tomcat.getConnector().setProperty("minSpareThreads", String.valueOf(Math.min(10, maxThreads)));
    tomcat.getConnector().setProperty("maxConnections", "20000");
    tomcat.getConnector().setProperty("acceptCount", "4096");
    Context context = tomcat.addContext("", null);
    // Without a servlet on / no request reaches the WebSocket filter.
    Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer(
        (classes, servletContext) -> {
          try {
            registration.register(
                servletContext,
                (ServerContainer) servletContext.getAttribute(ServerContainer.class.getName()));
          } catch (DeploymentException e) {
            throw new IllegalStateException(e);
          }
        },
        Set.of());
    tomcat.start();
    System.out.println("listening on " + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static Path folderUntilTheEnd() throws IOException {
    Path folder = Files.createTempDirectory("tomcat");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    return folder;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
