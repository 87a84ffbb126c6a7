package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A viewer's events of a conversation, checked against the protocol. */
record Watched(List<JsonNode> frames) {

  static Watched by(Viewer viewer) {
    return new Watched(viewer.frames().stream().filter(frame -> frame.has("seq")).toList());
  }

  /** From the first event on, none is missing, repeated or out of order. */
  Watched isGapFree() {
    long last = 0;
    for (JsonNode frame : frames) {
      long first = frame.has("from_seq") ? frame.get("from_seq").asLong() : seq(frame);
      assertThat(first).as("first event of %s", frame).isEqualTo(last + 1);
      last = seq(frame);
    }
    return this;
  }

  /** Tokens joined, {@code full_content} and {@code new_message} agree for every message. */
  Watched agreesWithItself() {
    assertThat(tokensJoined()).isEqualTo(contents("streaming_complete", "full_content"));
    Map<String, String> messages = contents("new_message", "content");
    messages.keySet().removeIf(id -> !tokensJoined().containsKey(id));
    assertThat(tokensJoined()).isEqualTo(messages);
    return this;
  }

  /** How many tokens came, whether or not some of them shared a frame. */
  long tokens() {
    return of("streaming_token").stream()
        .mapToLong(f -> f.has("from_seq") ? seq(f) - f.get("from_seq").asLong() + 1 : 1)
        .sum();
  }

  /** The agents' messages, by id, in order. */
  Map<String, String> said() {
    return contents("streaming_complete", "full_content");
  }

  List<String> speakers() {
    return of("streaming_complete").stream().map(f -> f.at("/data/agent_name").asText()).toList();
  }

  List<JsonNode> of(String type) {
    return frames.stream().filter(frame -> frame.get("type").asText().equals(type)).toList();
  }

  TreeSet<String> types() {
    TreeSet<String> types = new TreeSet<>();
    frames.forEach(frame -> types.add(frame.get("type").asText()));
    return types;
  }

  private Map<String, String> tokensJoined() {
    Map<String, String> joined = new LinkedHashMap<>();
    for (JsonNode frame : of("streaming_token")) {
      String id = frame.at("/data/message_id").asText();
      String before = joined.getOrDefault(id, "");
      assertThat(frame.at("/data/offset").asInt()).isEqualTo(before.length());
      joined.put(id, before + frame.at("/data/token").asText());
    }
    return joined;
  }

  private Map<String, String> contents(String type, String field) {
    Map<String, String> contents = new LinkedHashMap<>();
    for (JsonNode frame : of(type)) {
      contents.put(frame.at("/data/message_id").asText(), frame.at("/data/" + field).asText());
    }
    return contents;
  }

  private static long seq(JsonNode frame) {
    return frame.get("seq").asLong();
  }
}
