package io.agentstream.http.served;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/** Tomcat with a small pool. */
public final class TomcatServer implements EmbeddedServer {

  private static final String THREADS = "16";

  // Kept, since the logging framework holds loggers weakly.
  private static final Logger LOG = Logger.getLogger("org.apache");

  private final Tomcat tomcat = new Tomcat();

  private @Nullable Filter filter;

  /** Puts a filter in front of all servlets. */
  public TomcatServer behind(Filter front) {
    filter = front;
    return this;
  }

  @Override
  public URI start(Map<String, ? extends HttpServlet> servlets) throws Exception {
    LOG.setLevel(Level.SEVERE);
    tomcat.setBaseDir(Path.of("target", "tomcat").toAbsolutePath().toString());
    tomcat.setPort(0);
    tomcat.setHostname("127.0.0.1");
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxThreads", THREADS);
    tomcat.getConnector().setProperty("acceptCount", "1024");
    tomcat.getConnector().setProperty("socket.txBufSize", "16384");
    Context context = tomcat.addContext("", null);
    servlets.forEach(
        (path, servlet) -> {
          Wrapper wrapper = Tomcat.addServlet(context, path, servlet);
          wrapper.setAsyncSupported(true);
          wrapper.addMapping(path);
        });
    if (filter != null) {
      filter(context, filter);
    }
    tomcat.start();
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  private static void filter(Context context, Filter filter) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("front");
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap all = new FilterMap();
    all.setFilterName("front");
    all.addURLPattern("/*");
    context.addFilterMap(all);
  }
}
