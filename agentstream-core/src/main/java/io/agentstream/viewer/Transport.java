package io.agentstream.viewer;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The socket of one viewer, which an adapter implements for a {@link ViewerConnection}. */
public interface Transport {

  /**
   * Begins to send a text message and returns. Never called while another send is in progress.
   *
   * @param onSent called once, on any thread and possibly before this method returns: with null
   *     when the socket has accepted the message, else with the failure
   */
  void send(String message, Consumer<@Nullable Throwable> onSent);

  /**
   * Sends a WebSocket ping, for viewers whose protocol has no ping message. May be called at any
   * time.
   */
  void ping();

  /**
   * Closes the socket. Must not wait for the other side, and does nothing on a closed socket.
   *
   * @param code the close code
   * @param reason a few words in ASCII
   */
  void close(int code, String reason);
}
