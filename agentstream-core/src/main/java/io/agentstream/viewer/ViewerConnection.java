package io.agentstream.viewer;

import io.agentstream.wire.CloseCode;
import io.agentstream.wire.Request;

/**
 * A viewer's connection, independent of its transport. A hub creates it for an adapter's {@link
 * Transport}. The adapter calls {@link #receive} and {@link #pongReceived} from one thread at a
 * time; all other methods are thread-safe. No method blocks.
 */
public interface ViewerConnection {

  /**
   * Receives a part of a message from the viewer.
   *
   * @param part the text of the part
   * @param last true if the message ends with it
   */
  void receive(String part, boolean last);

  /**
   * Receives a command that the adapter has read from a format of its own. It counts as a message,
   * and the limit on a message's length does not apply: the adapter bounds its input.
   */
  void receive(Request request);

  /** Receives a WebSocket pong, on the thread that calls {@link #receive}. */
  void pongReceived();

  /**
   * Reports that either side has closed the socket, and releases all resources; further calls do
   * nothing.
   */
  void closed();

  /** Closes the connection. */
  void close(CloseCode why);
}
