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
   * most containers refuse endpoints later.
   *
   * @param container the web application's, which its servlet context holds as the attribute {@code
   *     jakarta.websocket.server.ServerContainer}
   * @param path where, beginning with {@code /}, relative to the web application
   * @param hub what viewers connect to
   * @throws DeploymentException if the container refuses, for example since the path is taken
   */
  public static void register(ServerContainer container, String path, ConversationHub hub)
      throws DeploymentException {
    container.addEndpoint(
        ServerEndpointConfig.Builder.create(ViewerEndpoint.class, path)
            .subprotocols(List.of(Protocol.SUBPROTOCOL))
            .configurator(new ViewerConfigurator(hub))
            .build());
  }
}
