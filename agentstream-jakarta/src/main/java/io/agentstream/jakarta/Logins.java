package io.agentstream.jakarta;

import org.jspecify.annotations.Nullable;

/**
 * Ends connections together with the login that opened them. It is separate from {@link
 * LoginSessions} because there are WebSocket containers without servlets.
 */
interface Logins {

  /** Never ends a connection. */
  Logins NONE = (httpSession, end) -> () -> {};

  /**
   * Registers a connection.
   *
   * @param httpSession the HTTP session of the connection's handshake, or null
   * @param end ends the connection; called at most once, from any thread
   * @return unregisters the connection
   */
  Runnable opened(@Nullable Object httpSession, Runnable end);
}
