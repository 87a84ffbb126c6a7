package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of one conversation that a viewer has seen, over any number of connections. Each event
 * must follow the previous one: a gap or a repetition fails at once. Used by one thread at a time.
 */
final class Seen {

  private final List<JsonNode> frames = new ArrayList<>();
  private long position;
  private boolean ended;

  /** Creates a viewer that has already seen everything up to {@code position}. */
  Seen(long position) {
    this.position = position;
  }

  /** Adds an event or a snapshot. */
  void take(JsonNode frame) {
    if (frame.path("type").asText().equals("snapshot")) {
      position = frame.at("/data/seq").asLong();
      ended = frame.at("/data/state").asText().equals("ended");
    } else {
      long first = frame.path("from_seq").asLong(frame.path("seq").asLong());
      if (first != position + 1) {
        throw new AssertionError(
            "After event "
                + position
                + (first > position ? " one was lost: " : " one came again: ")
                + frame);
      }
      position = frame.get("seq").asLong();
      ended = frame.path("type").asText().equals("conversation_ended");
    }
    frames.add(frame);
  }

  /** Returns the last event. */
  long position() {
    return position;
  }

  boolean ended() {
    return ended;
  }

  /** Returns events and snapshots in the order of arrival. */
  List<JsonNode> frames() {
    return frames;
  }

  /** Reads until the conversation has ended. */
  Seen toTheEnd(Viewer viewer) {
    while (!ended) {
      take(viewer.next());
    }
    return this;
  }
}
