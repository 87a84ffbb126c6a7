package io.agentstream.jakarta;

import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;

/** All that the contract needs to know of a container. */
interface EmbeddedContainer {

  /**
   * Starts on a free port of the loopback interface, with a small send buffer, so that a viewer who
   * does not read is soon noticed.
   *
   * @return the root of the web application, as {@code http://…/}
   */
  URI start(Registration registration) throws Exception;

  /** Stops, whether or not it was started. */
  void stop() throws Exception;

  /** Called while the web application starts. */
  interface Registration {
    void register(ServerContainer container) throws DeploymentException;
  }
}
