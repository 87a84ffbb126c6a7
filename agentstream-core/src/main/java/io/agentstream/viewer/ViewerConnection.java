package io.agentstream.viewer;

import io.agentstream.wire.CloseCode;

/**
 * One viewer's connection, whatever carries it; a hub makes it for an adapter's {@link Transport}.
 * The adapter calls {@link #receive} and {@link #pongReceived} from one thread at a time;
 * everything else is safe from any thread. No method blocks.
 */
public interface ViewerConnection {

  /**
   * Takes a part of a message from the viewer.
   *
   * @param part the text of the part
   * @param last whether the message ends with it
   */
  void receive(String part, boolean last);

  /** Takes a WebSocket pong, from the thread that calls {@link #receive}. */
  void pongReceived();

  /**
   * Tells that the socket is closed, by whichever side, and releases everything; further calls do
   * nothing.
   */
  void closed();

  /** Closes the connection. */
  void close(CloseCode why);
}
