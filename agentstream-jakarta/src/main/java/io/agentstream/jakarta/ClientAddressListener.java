package io.agentstream.jakarta;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import org.jspecify.annotations.Nullable;

/**
 * Tells the endpoint from which address a handshake comes, which Jakarta WebSocket has no word for
 * and only Jetty tells: without it, {@code Limits.connectionsPerAddress} counts nobody on other
 * containers. A web application with a {@link HubProvider} has it; where you call {@link
 * AgentstreamWebSocket#register} yourself, add it to the servlet context. Containers answer a
 * handshake on the thread that has taken the request, which is what it builds on.
 */
public final class ClientAddressListener implements ServletRequestListener {

  private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

  /** The address of the request that this thread is at; null where that is not known. */
  static @Nullable String current() {
    return CURRENT.get();
  }

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    CURRENT.set(event.getServletRequest().getRemoteAddr());
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    CURRENT.remove();
  }
}
