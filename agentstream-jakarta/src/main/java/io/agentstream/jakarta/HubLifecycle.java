package io.agentstream.jakarta;

import io.agentstream.hub.ConversationHub;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import org.jspecify.annotations.Nullable;

/**
 * Creates a provider's hub when the web application starts, and closes it when the application
 * stops.
 */
final class HubLifecycle implements ServletContextListener {

  private final HubProvider provider;
  private final LoginSessions logins;
  private @Nullable ConversationHub hub;

  HubLifecycle(HubProvider provider, LoginSessions logins) {
    this.provider = provider;
    this.logins = logins;
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    ConversationHub created = provider.createHub(context);
    hub = created;
    try {
      AgentstreamWebSocket.register(container(context), provider.path(), created, logins);
    } catch (DeploymentException e) {
      throw new IllegalStateException("No endpoint could be registered at " + provider.path(), e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    try {
      if (hub != null) {
        hub.close();
      }
    } finally {
      provider.hubClosed();
    }
  }

  private static ServerContainer container(ServletContext context) {
    if (context.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer found) {
      return found;
    }
    throw new IllegalStateException(
        "This servlet container has no Jakarta WebSocket container: enable its WebSocket module");
  }
}
