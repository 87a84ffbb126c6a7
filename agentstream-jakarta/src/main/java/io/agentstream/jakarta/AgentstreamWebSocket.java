package io.agentstream.jakarta;

import io.agentstream.hub.ConversationHub;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;

/** Registers the endpoint. */
public final class AgentstreamWebSocket {

  private AgentstreamWebSocket() {}

  /**
   * Registers the endpoint for {@code hub} under {@code path}. Call this while the web application
   * starts, because most containers refuse endpoints later. On Tyrus it also sets the container's
   * default idle timeout to the hub's, if the container has none.
   *
   * @param container the web application's container, which is the servlet context's attribute
   *     {@code jakarta.websocket.server.ServerContainer}
   * @param path the path, beginning with {@code /}, relative to the web application
   * @param hub the hub that viewers connect to
   * @throws DeploymentException if the container refuses, for example because the path is taken
   */
  public static void register(ServerContainer container, String path, ConversationHub hub)
      throws DeploymentException {
    register(container, path, hub, Logins.NONE);
  }

  /**
   * Does the same, and closes a connection when the HTTP session of its handshake ends.
   *
   * @param logins a listener of the same servlet context
   * @throws DeploymentException if the container refuses, for example because the path is taken
   */
  public static void register(
      ServerContainer container, String path, ConversationHub hub, LoginSessions logins)
      throws DeploymentException {
    register(container, path, hub, (Logins) logins);
  }

  private static void register(
      ServerContainer container, String path, ConversationHub hub, Logins logins)
      throws DeploymentException {
    avoidDueIdleTimer(container, hub);
    container.addEndpoint(ViewerConfigurator.endpoint(path, hub, logins));
  }

  /**
   * If the default is 0, Tyrus starts a session with an idle timer that is due at once. If the
   * timer rings after the endpoint has set the session's own timeout, it closes the session.
   */
  private static void avoidDueIdleTimer(ServerContainer container, ConversationHub hub) {
    if (container.getClass().getName().startsWith("org.glassfish.tyrus.")
        && container.getDefaultMaxSessionIdleTimeout() == 0) {
      container.setDefaultMaxSessionIdleTimeout(hub.timeouts().connection().toMillis());
    }
  }
}
