package io.agentstream.event;

/** What kind of answer a conversation waits for. */
public enum InputKind {
  /** Any text; it becomes a message of the user. */
  TEXT,
  /** The name of the agent that speaks next. */
  SPEAKER,
  /** {@code approve} or {@code deny}. */
  APPROVAL
}
