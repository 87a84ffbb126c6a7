package io.agentstream.jakarta;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/**
 * Creates and closes the hub of a provider that is a CDI bean. It is separate from {@link
 * AgentstreamInitializer} because there are servlet containers without CDI.
 */
final class CdiLifecycle implements ServletContextListener {

  private final LoginSessions logins;
  private @Nullable HubLifecycle hub;

  CdiLifecycle(LoginSessions logins) {
    this.logins = logins;
  }

  /** Returns true if the API of CDI is on the class path. */
  static boolean isPossible() {
    try {
      Class<?> unused =
          Class.forName(
              "jakarta.enterprise.inject.spi.CDI", false, CdiLifecycle.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    HubProvider provider = provider();
    if (provider != null) {
      HubLifecycle created = new HubLifecycle(provider, logins);
      hub = created;
      created.contextInitialized(event);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (hub != null) {
      hub.contextDestroyed(event);
    }
  }

  private static @Nullable HubProvider provider() {
    Instance<HubProvider> beans;
    try {
      beans = CDI.current().select(HubProvider.class);
    } catch (IllegalStateException e) {
      // The API is there, but no container of this application.
      return null;
    }
    return beans.isUnsatisfied() ? null : beans.get();
  }
}
