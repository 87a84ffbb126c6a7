package io.agentstream.wire;

/** The rights that a link gives to those who come by it. */
public enum ShareAccess {
  /** They may view the conversation. */
  VIEW,
  /** They may also steer it. */
  STEER
}
