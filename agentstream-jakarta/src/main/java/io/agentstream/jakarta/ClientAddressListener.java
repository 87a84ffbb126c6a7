package io.agentstream.jakarta;

import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;

/**
 * Provides the client address of a handshake to the endpoint. Jakarta WebSocket has no method for
 * it, and only Jetty provides it. Without this listener, {@code Limits.connectionsPerAddress} has
 * no effect on other containers. A web application with a {@link HubProvider} has the listener; if
 * you call {@link AgentstreamWebSocket#register} yourself, add it to the servlet context. It relies
 * on containers answering a handshake on the thread that received the request.
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
