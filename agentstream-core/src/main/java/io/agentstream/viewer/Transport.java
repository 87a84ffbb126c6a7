package io.agentstream.viewer;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A socket to one viewer, as an adapter gives it to a {@link ViewerConnection}. */
public interface Transport {

  /**
   * Begins to send a text message and returns. Never called while another send is under way.
   *
   * @param onSent told once, on any thread and perhaps before this method returns: null when the
   *     socket has taken the message, else what went wrong
   */
  void send(String message, Consumer<@Nullable Throwable> onSent);

  /** Sends a WebSocket ping, for viewers whose messages know none. May be called at any time. */
  void ping();

  /**
   * Closes the socket. Must not wait for the other side, and does nothing on a closed socket.
   *
   * @param code the close code
   * @param reason a few words in ASCII
   */
  void close(int code, String reason);
}
