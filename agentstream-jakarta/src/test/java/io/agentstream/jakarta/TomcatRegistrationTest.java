package io.agentstream.jakarta;

import java.net.URI;
import java.nio.file.Path;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.jspecify.annotations.Nullable;

class TomcatRegistrationTest extends AutomaticRegistrationContract {

  @Override
  EmbeddedWar newApplication() {
    return new TomcatWar();
  }

  private static final class TomcatWar implements EmbeddedWar {
    private final Tomcat tomcat = EmbeddedTomcat.newTomcat();
    private @Nullable StandardContext application;

    @Override
    public URI start(Path directory) throws Exception {
      // The defaults name a JSP compiler, which is not here.
      tomcat.setAddDefaultWebXmlToWebapp(false);
      application = (StandardContext) tomcat.addWebapp("/app", directory.toString());
      Tomcat.addServlet(application, "default", new DefaultServlet()).addMapping("/");
      Tomcat.addDefaultMimeTypeMappings(application);
      // On the class path of the tests there is another container.
      application.setContainerSciFilter("org\\.eclipse\\..*");
      ((StandardJarScanner) application.getJarScanner()).setScanClassPath(false);
      tomcat.start();
      return EmbeddedTomcat.root(tomcat).resolve("/app/");
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
      tomcat.stop();
      tomcat.destroy();
    }
  }
}
