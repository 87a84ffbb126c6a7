package io.agentstream.upstream;

import java.io.IOException;

/** A server-sent event passed the limit that keeps one stream from filling the heap. */
final class EventTooLongException extends IOException {

  private static final long serialVersionUID = 1L;

  EventTooLongException(int maxEventBytes) {
    super("An event of the stream is longer than maxEventBytes (" + maxEventBytes + ")");
  }
}
