package io.agentstream.jakarta;

import java.net.URI;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainer;
import org.glassfish.tyrus.spi.ServerContainerFactory;

/** Tyrus 2.2 with WebSocket 2.2 on Grizzly, without servlets. */
final class EmbeddedTyrus implements EmbeddedContainer {

  // Kept, since the logging framework holds loggers weakly.
  private static final Logger GRIZZLY = Logger.getLogger("org.glassfish.grizzly");

  static {
    GRIZZLY.setLevel(Level.WARNING);
  }

  private final ServerContainer container = ServerContainerFactory.createServerContainer(Map.of());

  @Override
  public URI start(Registration registration) throws Exception {
    registration.register(container);
    container.start("/", 0);
    return URI.create("http://127.0.0.1:" + ((TyrusServerContainer) container).getPort() + "/");
  }

  @Override
  public void stop() {
    container.stop();
  }
}
