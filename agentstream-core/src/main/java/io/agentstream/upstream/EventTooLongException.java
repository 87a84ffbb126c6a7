package io.agentstream.upstream;

import java.io.IOException;

/** Thrown if a server-sent event exceeds the limit that protects the heap. */
final class EventTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  EventTooLongException(int maxEventBytes) {
    super("An event of the stream is longer than maxEventBytes (" + maxEventBytes + ")");
  }
}
