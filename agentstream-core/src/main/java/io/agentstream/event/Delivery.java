package io.agentstream.event;

/** The moment at which a person's message enters a conversation in which somebody speaks. */
public enum Delivery {
  /** After the current turn. */
  TURN,
  /**
   * When the current speaker next calls its model after tool calls, so that the speaker hears it in
   * the same turn; after the turn if that does not happen.
   */
  TOOL,
  /** At once: current speakers are interrupted. */
  NOW
}
