package io.agentstream.chat;

/** What becomes of a conversation when nobody answers it in time. */
public enum InputTimeoutPolicy {
  /** The run ends with {@code timeout}: the default. */
  END,
  /** The selector is asked again, as if the answer were empty. */
  GO_ON
}
