package io.agentstream.test.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The view that a client has after some frames, by the protocol's rules. Used by one thread. */
final class Story {

  /** The content of the messages in the history, by message id, in order. */
  private final Map<String, String> messages = new LinkedHashMap<>();

  /** The text and thinking of every message so far, by message id. */
  private final Map<String, StringBuilder> texts = new HashMap<>();

  private final Map<String, StringBuilder> thinking = new HashMap<>();

  static Story of(List<JsonNode> frames) {
    Story story = new Story();
    frames.forEach(story::take);
    return story;
  }

  void take(JsonNode frame) {
    JsonNode data = frame.get("data");
    switch (frame.get("type").asText()) {
      case "snapshot" -> restart(data);
      case "new_message" -> said(data);
      case "streaming_token" -> append(texts, data);
      case "streaming_thinking" -> append(thinking, data);
      case "message_reset" -> reset(data);
      case "streaming_complete" -> complete(data);
      default -> {}
    }
  }

  /** Returns all messages as one text, for a comparison letter by letter. */
  String text() {
    return messages.toString();
  }

  /** Returns the text of a message so far. */
  String answer(String messageId) {
    return texts.getOrDefault(messageId, new StringBuilder()).toString();
  }

  /** Returns the thinking of a message so far. */
  String thinking(String messageId) {
    return thinking.getOrDefault(messageId, new StringBuilder()).toString();
  }

  private void restart(JsonNode data) {
    messages.clear();
    texts.clear();
    thinking.clear();
    for (JsonNode message : data.get("messages")) {
      if (!message.get("content").asText().isEmpty()) {
        said(message);
      }
    }
    for (JsonNode open : data.get("open")) {
      String id = open.get("message_id").asText();
      texts.put(id, new StringBuilder(open.get("content").asText()));
      thinking.put(id, new StringBuilder(open.get("thinking").asText()));
    }
  }

  private void said(JsonNode data) {
    String id = data.get("message_id").asText();
    String whole =
        data.get("role").asText()
            + " "
            + data.get("sender").asText()
            + " "
            + data.get("round")
            + " "
            + data.get("content").asText();
    String before = messages.putIfAbsent(id, whole);
    must(before == null || before.equals(whole), "is said in two ways", data);
    StringBuilder tokens = texts.get(id);
    must(
        tokens == null || tokens.toString().contentEquals(data.get("content").asText()),
        "differs from its tokens",
        data);
  }

  private static void append(Map<String, StringBuilder> to, JsonNode data) {
    StringBuilder text =
        to.computeIfAbsent(data.get("message_id").asText(), id -> new StringBuilder());
    must(data.get("offset").asInt() == text.length(), "has a token in a wrong place", data);
    text.append(data.get("token").asText());
  }

  private void reset(JsonNode data) {
    String id = data.get("message_id").asText();
    int offset = data.get("offset").asInt();
    texts.computeIfPresent(id, (same, text) -> cutTo(text, offset));
    if (offset == 0) {
      thinking.remove(id);
    }
  }

  private static StringBuilder cutTo(StringBuilder text, int length) {
    text.setLength(length);
    return text;
  }

  private void complete(JsonNode data) {
    String tokens = answer(data.get("message_id").asText());
    String full = data.get("full_content").asText();
    must(tokens.equals(full), "has a full_content other than its tokens", data);
    must(full.length() == data.get("length").asInt(), "has a wrong length", data);
  }

  private static void must(boolean holds, String what, JsonNode data) {
    if (!holds) {
      throw new AssertionError("A message " + what + ": " + data);
    }
  }
}
