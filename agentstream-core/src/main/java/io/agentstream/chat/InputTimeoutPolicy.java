package io.agentstream.chat;

/** Decides how a conversation continues if nobody answers a question in time. */
public enum InputTimeoutPolicy {
  /** The run ends with {@code timeout}: the default. */
  END,
  /** The selector is asked again, as if the answer were empty. */
  GO_ON
}
