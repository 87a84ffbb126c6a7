package io.agentstream.wire;

/** Names and numbers of the protocol that are neither events, frames nor commands. */
public final class Protocol {

  /** The WebSocket subprotocol of version 1. */
  public static final String SUBPROTOCOL = "agentstream.v1";

  /** The number of invalid messages in a row that ends a connection. */
  public static final int MAX_BAD_IN_A_ROW = 10;

  private Protocol() {}
}
