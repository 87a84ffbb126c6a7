package io.agentstream.examples.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation as its frames tell it, and every frame that does not fit the ones before. Guarded
 * by its viewer.
 */
final class SeenConversation {

  final Map<String, StringBuilder> open = new LinkedHashMap<>();
  final Map<String, String> said = new LinkedHashMap<>();
  final List<String> wrong = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  long epoch;
  long seq;
  int tokens;
  int resets;
  String ended = "";
  boolean paused;

  void snapshot(JsonNode data) {
    epoch = data.path("epoch").asLong();
    seq = data.path("seq").asLong();
    said.clear();
    open.clear();
    for (JsonNode message : data.path("messages")) {
      // A message that was stopped before its first token has a place but no text.
      if (!message.path("content").asText().isEmpty()) {
        said.put(message.path("message_id").asText(), message.path("content").asText());
      }
    }
    data.path("open")
        .forEach(
            o ->
                open.put(
                    o.path("message_id").asText(), new StringBuilder(o.path("content").asText())));
    ended = data.path("ended").path("reason").asText("");
    paused = data.path("state").asText().equals("paused");
  }

  void event(JsonNode frame, JsonNode data) {
    long first = frame.path("from_seq").asLong(frame.path("seq").asLong());
    if (first != seq + 1) {
      wrong.add("after " + seq + " came " + frame);
    }
    seq = frame.path("seq").asLong();
    String id = data.path("message_id").asText();
    switch (frame.path("type").asText()) {
      case "conversation_created" -> epoch = data.path("epoch").asLong();
      case "conversation_started" -> ended = "";
      case "speaker_change" -> open.put(id, new StringBuilder());
      case "streaming_token" -> token(frame, id, data);
      case "message_reset" -> {
        resets++;
        open.get(id).setLength(data.path("offset").asInt());
      }
      case "streaming_complete" -> complete(id, data.path("full_content").asText());
      case "new_message" -> said.putIfAbsent(id, data.path("content").asText());
      case "conversation_paused" -> paused = true;
      case "conversation_unpaused" -> paused = false;
      case "error" -> errors.add(data.path("code").asText());
      case "conversation_ended" -> ended = data.path("reason").asText();
      default -> {}
    }
  }

  private void token(JsonNode frame, String id, JsonNode data) {
    tokens +=
        (int)
                (frame.path("seq").asLong()
                    - frame.path("from_seq").asLong(frame.path("seq").asLong()))
            + 1;
    StringBuilder text = open.get(id);
    if (text == null || text.length() != data.path("offset").asInt()) {
      wrong.add("does not fit: " + frame);
    } else {
      text.append(data.path("token").asText());
    }
  }

  private void complete(String id, String content) {
    StringBuilder text = open.remove(id);
    if (text == null || !text.toString().equals(content)) {
      wrong.add("%s is '%s', shown '%s'".formatted(id, content, text));
    }
    if (!content.isEmpty()) {
      said.put(id, content);
    }
  }

  @Override
  public String toString() {
    return "epoch %d, seq %d, %d tokens, said %s, open %s, ended '%s', errors %s"
        .formatted(epoch, seq, tokens, said.keySet(), open.keySet(), ended, errors);
  }
}
