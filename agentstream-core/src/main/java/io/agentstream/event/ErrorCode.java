package io.agentstream.event;

/** The kind of failure that an error reports; {@code docs/protocol.md} says when each is used. */
public enum ErrorCode {
  INVALID_JSON,
  UNKNOWN_TYPE,
  INVALID_FIELD,
  NOT_FOUND,
  CONFLICT,
  UNAUTHENTICATED,
  LIMIT_EXCEEDED,
  RATE_LIMITED,
  BUDGET_EXCEEDED,
  UPSTREAM_ERROR,
  UPSTREAM_TIMEOUT,
  UPSTREAM_RATE_LIMITED,
  INPUT_TIMEOUT,
  UNAVAILABLE,
  INTERNAL
}
