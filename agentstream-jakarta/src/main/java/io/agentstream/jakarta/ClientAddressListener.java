package io.agentstream.jakarta;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;

/**
 * Tells the endpoint from which address a handshake comes, which Jakarta WebSocket has no word for
 * and only Jetty tells: without it, {@code Limits.connectionsPerAddress} counts nobody on other
 * containers. A web application with a {@link HubProvider} has it; where you call {@link
 * AgentstreamWebSocket#register} yourself, add it to the servlet context. Containers answer a
 * handshake on the thread that has taken the request, which is what it builds on.
 */
public final class ClientAddressListener implements ServletRequestListener {

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    ClientAddress.set(event.getServletRequest().getRemoteAddr());
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    ClientAddress.clear();
  }
}
