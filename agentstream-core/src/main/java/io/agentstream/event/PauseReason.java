package io.agentstream.event;

/** The reason why the server itself pauses conversations. */
public enum PauseReason {
  /** The store that keeps conversations takes no writes. */
  STORE,
  /** What the server's nodes share, such as Redis, takes no writes. */
  BACKPLANE
}
