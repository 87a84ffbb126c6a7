package io.agentstream.event;

/** The kind of answer for which a conversation waits. */
public enum InputKind {
  /** Any text; it becomes a message of the user. */
  TEXT,
  /** The name of the agent that speaks next. */
  SPEAKER,
  /** {@code approve} or {@code deny}. */
  APPROVAL,
  /**
   * {@code happened}, {@code not_happened} or {@code call_again}, for a tool call whose process
   * ended before its result.
   */
  INTERRUPTED_CALL
}
