package io.agentstream.spring;

import io.agentstream.hub.ConversationHub;
import io.agentstream.jakarta.AgentstreamWebSocket;
import io.agentstream.jakarta.LoginSessions;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.context.ServletContextAware;

/** Registers the endpoint before an embedded server accepts connections, or while a WAR starts. */
final class EndpointRegistration implements ServletContextAware, SmartInitializingSingleton {

  private static final Logger log = LoggerFactory.getLogger(EndpointRegistration.class);

  private static final String MOCK = "org.springframework.mock.web.MockServletContext";

  private final String path;
  private final ConversationHub hub;
  private final LoginSessions logins;
  private @Nullable ServletContext context;

  EndpointRegistration(String path, ConversationHub hub, LoginSessions logins) {
    this.path = path;
    this.hub = hub;
    this.logins = logins;
  }

  @Override
  public void setServletContext(ServletContext servletContext) {
    this.context = servletContext;
  }

  @Override
  public void afterSingletonsInstantiated() {
    ServletContext started = Objects.requireNonNull(context, "context");
    if (container(started) != null) {
      register(started);
      return;
    }
    if (isMock(started)) {
      log.info("A test without a web server: no endpoint at '{}'", path);
      return;
    }
    try {
      // In a WAR, the WebSocket container may be created after Spring's context.
      started.addListener(new LaterRegistration());
    } catch (IllegalStateException | UnsupportedOperationException tooLate) {
      register(started);
    }
  }

  private void register(ServletContext started) {
    ServerContainer container = container(started);
    if (container == null) {
      throw new StartFailure(
          "This web server has no Jakarta WebSocket container: add its WebSocket module, for"
              + " example tomcat-embed-websocket");
    }
    try {
      AgentstreamWebSocket.register(container, path, hub, logins);
    } catch (DeploymentException e) {
      throw new StartFailure(
          "No endpoint could be registered at '" + path + "' (agentstream.path)", e);
    }
  }

  /** As in a {@code SpringBootTest} with its default environment. */
  private static boolean isMock(ServletContext context) {
    Class<?> type = context.getClass();
    while (type != null && !type.getName().equals(MOCK)) {
      type = type.getSuperclass();
    }
    return type != null;
  }

  private static @Nullable ServerContainer container(ServletContext context) {
    return context.getAttribute(ServerContainer.class.getName()) instanceof ServerContainer found
        ? found
        : null;
  }

  /** Separate, because Boot calls each bean that is a servlet listener. */
  private final class LaterRegistration implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      register(event.getServletContext());
    }
  }
}
