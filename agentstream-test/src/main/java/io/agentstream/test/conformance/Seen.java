package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a viewer has seen of one conversation, over however many connections. Each event must follow
 * the one before: a gap or a repetition fails at once. For use by one thread at a time.
 */
final class Seen {

  private final List<JsonNode> frames = new ArrayList<>();
  private long position;
  private boolean ended;

  /** Has seen everything up to {@code position}, elsewhere. */
  Seen(long position) {
    this.position = position;
  }

  /** Takes an event or a snapshot. */
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

  /** The last event that was seen. */
  long position() {
    return position;
  }

  boolean ended() {
    return ended;
  }

  /** Events and snapshots, as they came. */
  List<JsonNode> frames() {
    return frames;
  }

  /** Reads on until the conversation has ended. */
  Seen toTheEnd(Viewer viewer) {
    while (!ended) {
      take(viewer.next());
    }
    return this;
  }
}
