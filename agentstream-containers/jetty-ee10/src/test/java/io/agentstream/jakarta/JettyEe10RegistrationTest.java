package io.agentstream.jakarta;

import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;

class JettyEe10RegistrationTest extends AutomaticRegistrationContract {

  @Override
  EmbeddedWar newApplication() {
    return new JettyWar();
  }

  private static final class JettyWar implements EmbeddedWar {
    private final Server server = new Server();
    private final WebAppContext application = new WebAppContext();

    @Override
    public URI start(Path directory) throws Exception {
      application.setContextPath("/app");
      application.setWar(directory.toString());
      return EmbeddedJetty.start(server, application).resolve("/app/");
    }

    @Override
    public Object attribute(String name) {
      return application.getServletContext().getAttribute(name);
    }

    @Override
    public void undeploy() throws Exception {
      application.stop();
    }

    @Override
    public void shutDown() throws Exception {
      server.stop();
    }
  }
}
