package io.agentstream.jakarta;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Called by every servlet container that finds this jar in a web application. It only adds
 * listeners: the WebSocket container may come into being after this initializer, but it is there
 * when listeners are called.
 */
public final class AgentstreamInitializer implements ServletContainerInitializer {

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
    boolean found = false;
    for (HubProvider provider : ServiceLoader.load(HubProvider.class, context.getClassLoader())) {
      context.addListener(new HubLifecycle(provider));
      found = true;
    }
    if (found) {
      context.addListener(new ClientAddressListener());
    }
  }
}
