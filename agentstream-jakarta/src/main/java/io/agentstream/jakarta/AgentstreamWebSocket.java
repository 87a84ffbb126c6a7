package io.agentstream.jakarta;

import io.agentstream.delivery.ConversationHub;
import io.agentstream.wire.Protocol;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** Registers the endpoint. */
public final class AgentstreamWebSocket {

  private AgentstreamWebSocket() {}

  /**
   * Makes {@code hub} reachable under {@code path}. Call it while the web application starts, since
   * most containers refuse endpoints later. On Tyrus it also sets the container's default idle
   * timeout, if that has none, to the hub's.
   *
   * @param container the web application's, which its servlet context holds as the attribute {@code
   *     jakarta.websocket.server.ServerContainer}
   * @param path where, beginning with {@code /}, relative to the web application
   * @param hub what viewers connect to
   * @throws DeploymentException if the container refuses, for example since the path is taken
   */
  public static void register(ServerContainer container, String path, ConversationHub hub)
      throws DeploymentException {
    avoidDueIdleTimer(container, hub);
    container.addEndpoint(
        ServerEndpointConfig.Builder.create(ViewerEndpoint.class, path)
            .subprotocols(List.of(Protocol.SUBPROTOCOL))
            .configurator(new ViewerConfigurator(hub))
            .build());
  }

  /**
   * Tyrus starts a session with an idle timer that is due at once where the default is 0. If it
   * rings after the endpoint has set the session's own timeout, it closes the session.
   */
  private static void avoidDueIdleTimer(ServerContainer container, ConversationHub hub) {
    if (container.getClass().getName().startsWith("org.glassfish.tyrus.")
        && container.getDefaultMaxSessionIdleTimeout() == 0) {
      container.setDefaultMaxSessionIdleTimeout(hub.timeouts().connection().toMillis());
    }
  }
}
