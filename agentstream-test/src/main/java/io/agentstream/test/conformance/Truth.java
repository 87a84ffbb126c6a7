package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A conversation as an uninterrupted viewer saw it, for comparison with other viewers. Thread-safe.
 */
final class Truth {

  private final List<JsonNode> frames;
  private final TreeMap<Long, JsonNode> byLastSeq = new TreeMap<>();
  private final Set<String> resets = new HashSet<>();
  private final Map<String, String> wholeTexts = new ConcurrentHashMap<>();
  private final String text;

  Truth(Seen seen) {
    frames = List.copyOf(seen.frames());
    frames.forEach(frame -> byLastSeq.put(frame.get("seq").asLong(), frame));
    frames.stream()
        .filter(Truth::isReset)
        .forEach(frame -> resets.add(frame.at("/data/message_id").asText()));
    text = Story.of(frames).text();
  }

  /** Returns the number of events. */
  long events() {
    return byLastSeq.lastKey();
  }

  /** Returns the number of frames with these events. */
  int frameCount() {
    return frames.size();
  }

  List<JsonNode> frames() {
    return frames;
  }

  String text() {
    return text;
  }

  /** Fails if a frame of {@code seen} differs, or if the end is missing. */
  void check(Seen seen) {
    seen.frames().forEach(this::check);
    if (seen.position() != events()) {
      throw new AssertionError("Saw " + seen.position() + " of " + events() + " events");
    }
  }

  /** Checks that a viewer that began with an event or a snapshot shows the same messages. */
  void checkText(String other) {
    if (!text.equals(other)) {
      throw new AssertionError("Shows\n" + other + "\ninstead of\n" + text);
    }
  }

  private void check(JsonNode frame) {
    String type = frame.get("type").asText();
    if (type.equals("snapshot")) {
      checkSnapshot(frame.get("data"));
    } else if (type.equals("streaming_token") || type.equals("streaming_thinking")) {
      checkTokens(frame);
    } else if (!frame.equals(byLastSeq.get(frame.get("seq").asLong()))) {
      throw new AssertionError(frame + " is " + byLastSeq.get(frame.get("seq").asLong()));
    }
  }

  /**
   * Checks that the text at each position of a message is the same, regardless of how tokens were
   * merged.
   */
  private void checkTokens(JsonNode frame) {
    JsonNode data = frame.get("data");
    String token = data.get("token").asText();
    String text = textBefore(frame);
    if (!text.startsWith(token, data.get("offset").asInt())) {
      throw new AssertionError(frame + " is no part of: " + text);
    }
  }

  /** Returns the text that contains the frame; with resets, the text at the time of the frame. */
  private String textBefore(JsonNode frame) {
    String type = frame.get("type").asText();
    String id = frame.at("/data/message_id").asText();
    if (resets.contains(id)) {
      Long upTo = byLastSeq.ceilingKey(frame.get("seq").asLong());
      return upTo == null ? "" : text(type, id, byLastSeq.headMap(upTo, true).values());
    }
    return wholeTexts.computeIfAbsent(type + id, key -> text(type, id, byLastSeq.values()));
  }

  private static String text(String type, String id, Collection<JsonNode> frames) {
    StringBuilder text = new StringBuilder();
    for (JsonNode frame : frames) {
      JsonNode data = frame.get("data");
      boolean tokens = frame.get("type").asText().equals(type);
      if (data.path("message_id").asText().equals(id) && (tokens || isReset(frame))) {
        text.setLength(Math.min(text.length(), data.get("offset").asInt()));
        text.append(data.path("token").asText());
      }
    }
    return text.toString();
  }

  private static boolean isReset(JsonNode frame) {
    return frame.get("type").asText().equals("message_reset");
  }

  private void checkSnapshot(JsonNode data) {
    Story story = new Story();
    Story later = new Story();
    long seq = data.get("seq").asLong();
    for (JsonNode frame : frames) {
      boolean before = frame.get("seq").asLong() <= seq;
      boolean touches = frame.path("from_seq").asLong(frame.get("seq").asLong()) <= seq;
      if (before) {
        story.take(frame);
      }
      if (touches) {
        later.take(frame);
      }
    }
    for (JsonNode open : data.get("open")) {
      String id = open.get("message_id").asText();
      if (!isBetween(story.answer(id), open.get("content").asText(), later.answer(id))
          || !isBetween(story.thinking(id), open.get("thinking").asText(), later.thinking(id))) {
        throw new AssertionError(data + " shows other text than " + story.answer(id));
      }
    }
  }

  /** If the uninterrupted viewer got merged tokens, a snapshot may fall within such a frame. */
  private static boolean isBetween(String before, String shown, String after) {
    return shown.startsWith(before) && after.startsWith(shown);
  }
}
