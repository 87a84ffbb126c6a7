package io.agentstream.test.conformance;

/** A connection that carries frames of version 1. Used by one thread. */
interface Line extends AutoCloseable {

  /**
   * Sends a text message.
   *
   * @throws LineClosedException if the connection is over
   */
  void sendText(String text);

  /**
   * Waits for the next text message.
   *
   * @throws LineClosedException if the connection is over
   * @throws AssertionError if no message arrives in time
   */
  String read();

  /** Cuts the connection as a broken network does: the server gets a reset. */
  void reset();

  /** Ends the connection without a word. */
  @Override
  void close();
}
