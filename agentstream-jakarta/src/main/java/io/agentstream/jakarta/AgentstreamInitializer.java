package io.agentstream.jakarta;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers listeners for the endpoint. Every servlet container that finds this jar in a web
 * application calls it. It adds only listeners, because the WebSocket container may be created
 * after this initializer but exists when listeners are called.
 */
public final class AgentstreamInitializer implements ServletContainerInitializer {

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    LoginSessions logins = new LoginSessions();
    boolean found = false;
    for (HubProvider provider : ServiceLoader.load(HubProvider.class, context.getClassLoader())) {
      context.addListener(new HubLifecycle(provider, logins));
      found = true;
    }
    if (!found && CdiLifecycle.isPossible()) {
      context.addListener(new CdiLifecycle(logins));
      found = true;
    }
    if (found) {
      context.addListener(new ClientAddressListener());
      context.addListener(logins);
    }
    serveDeclarations(context);
  }

  /**
   * Serves the browser client's type declarations as text, because containers treat every {@code
   * .ts} file as a video. Needed only where the container does not call this initializer itself.
   */
  public static void serveDeclarations(ServletContext context) {
    FilterRegistration.Dynamic filter =
        context.addFilter(TypeDeclarations.class.getName(), new TypeDeclarations());
    // There is none if the application has registered the endpoint itself.
    if (filter != null) {
      filter.setAsyncSupported(true);
      filter.addMappingForUrlPatterns(
          EnumSet.of(DispatcherType.REQUEST), true, TypeDeclarations.PATHS);
    }
  }
}
