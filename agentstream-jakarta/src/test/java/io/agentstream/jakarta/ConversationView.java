package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.socket.SocketViewer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One conversation as a client puts it together from frames, asserting on each that nothing is
 * lost, doubled or out of order, and that tokens joined, full_content and new_message agree.
 */
final class ConversationView {

  private final Map<String, StringBuilder> open = new HashMap<>();
  private final Map<String, String> complete = new HashMap<>();
  private final Map<String, String> messages = new LinkedHashMap<>();
  private long seq;
  private int tokenFrames;
  private int mergedFrames;
  private int snapshots;
  private String endReason = "";

  /** Takes in frames from the first event or from a snapshot on. */
  static ConversationView of(List<JsonNode> frames) {
    return new ConversationView().addAll(frames);
  }

  /** Takes in what follows. */
  ConversationView addAll(List<JsonNode> frames) {
    frames.forEach(this::add);
    return this;
  }

  /** Takes in what the viewer gets until the conversation has ended. */
  ConversationView toTheEnd(SocketViewer viewer) {
    while (endReason.isEmpty()) {
      add(viewer.next());
    }
    return this;
  }

  private void add(JsonNode frame) {
    if (frame.get("type").asText().equals("snapshot")) {
      load(frame.get("data"));
    } else if (frame.has("seq")) {
      addEvent(frame);
    }
  }

  private void load(JsonNode snapshot) {
    seq = snapshot.get("seq").asLong();
    open.clear();
    messages.clear();
    for (JsonNode message : snapshot.get("messages")) {
      messages.put(message.get("message_id").asText(), message.get("content").asText());
    }
    for (JsonNode answer : snapshot.get("open")) {
      String text = answer.get("content").asText();
      open.put(answer.get("message_id").asText(), new StringBuilder(text));
    }
    endReason = snapshot.at("/ended/reason").asText();
    snapshots++;
  }

  private void addEvent(JsonNode frame) {
    long first = frame.has("from_seq") ? frame.get("from_seq").asLong() : frame.get("seq").asLong();
    assertThat(first).as("the place of %s", frame).isEqualTo(seq + 1);
    assertThat(endReason).as("after the end came %s", frame).isEmpty();
    seq = frame.get("seq").asLong();
    JsonNode data = frame.get("data");
    switch (frame.get("type").asText()) {
      case "speaker_change" -> open.put(data.get("message_id").asText(), new StringBuilder());
      case "streaming_token" -> addToken(frame, data);
      case "streaming_complete" -> complete(frame, data);
      case "new_message" -> remember(frame, data);
      case "conversation_ended" -> endReason = data.get("reason").asText();
      default -> {}
    }
  }

  private void addToken(JsonNode frame, JsonNode data) {
    StringBuilder text = open.get(data.get("message_id").asText());
    assertThat(text).as("the message of %s", frame).isNotNull();
    assertThat(data.get("offset").asInt()).as("the offset of %s", frame).isEqualTo(text.length());
    assertThat(data.get("token").asText()).as("the text of %s", frame).isNotEmpty();
    text.append(data.get("token").asText());
    tokenFrames++;
    if (frame.has("from_seq")) {
      mergedFrames++;
    }
  }

  private void complete(JsonNode frame, JsonNode data) {
    String id = data.get("message_id").asText();
    String text = data.get("full_content").asText();
    assertThat(open.remove(id)).as("the tokens of %s", frame).hasToString(text);
    assertThat(data.get("length").asInt()).isEqualTo(text.length());
    complete.put(id, text);
  }

  private void remember(JsonNode frame, JsonNode data) {
    String id = data.get("message_id").asText();
    String content = data.get("content").asText();
    // The topic was never streamed; and what a snapshot held already may come once more.
    String expected = complete.getOrDefault(id, messages.getOrDefault(id, content));
    assertThat(content).as("the content of %s", frame).isEqualTo(expected);
    messages.put(id, content);
  }

  /** The last event that was seen. */
  long seq() {
    return seq;
  }

  /** Returns the messages, beginning with the topic. */
  List<String> messages() {
    return new ArrayList<>(messages.values());
  }

  /** How many frames with tokens came. */
  int tokenFrames() {
    return tokenFrames;
  }

  /** How many of them held several tokens. */
  int mergedFrames() {
    return mergedFrames;
  }

  /** How many snapshots came. */
  int snapshots() {
    return snapshots;
  }

  /** Why the conversation ended; empty while it has not. */
  String endReason() {
    return endReason;
  }
}
