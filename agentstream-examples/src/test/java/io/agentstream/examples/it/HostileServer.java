package io.agentstream.examples.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stands in for the server behind a page's WebSocket and fills whatever it may say with strings of
 * others: what a good server lets through, and what only a bad one would say.
 */
final class HostileServer {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String CONVERSATION = "AAAAAAAAAAAAAAAAAAAAAA";

  private final List<String> strings;
  private final WebSocketRoute line;
  private int seq;

  private HostileServer(List<String> strings, WebSocketRoute line) {
    this.strings = strings;
    this.line = line;
    line.onMessage(frame -> answer(parse(frame.text())));
    control("welcome", null, welcome());
  }

  /** To be called before the page connects. */
  static void behind(Page page, List<String> strings, Consumer<HostileServer> onConnected) {
    page.routeWebSocket("**/ws", line -> onConnected.accept(new HostileServer(strings, line)));
  }

  private void answer(JsonNode command) {
    String id = command.path("id").asText();
    switch (command.get("type").asText()) {
      case "list_agents" ->
          control(
              "agents",
              id,
              Map.of(
                  "agents",
                  strings.stream().map(s -> Map.of("name", s, "description", s)).toList(),
                  "speaker_selections",
                  strings));
      case "list_conversations" ->
          control(
              "conversations",
              id,
              Map.of("conversations", strings.stream().map(HostileServer::listed).toList()));
      case "start_conversation" -> {
        control("accepted", id, Map.of("conversation_id", CONVERSATION, "epoch", 1));
        begin();
      }
      case "send_message" -> control("error", id, error(strings.get(0), strings.get(0)));
      case "ping" -> control("pong", id, Map.of());
      default -> control("accepted", id, Map.of("conversation_id", CONVERSATION));
    }
  }

  private void begin() {
    event(
        "conversation_created",
        Map.of(
            "epoch",
            1,
            "topic",
            String.join("\n", strings),
            "agents",
            strings,
            "speaker_selection",
            strings.get(0),
            "max_rounds",
            3));
    event("conversation_started", Map.of("run", 1));
    event("new_message", message("topic", "user", "user", "topic"));
  }

  /** Somebody of this name, in a team of this name, thinks, calls a tool and says it. */
  void speak(String hostile, int tokenLength) {
    String id = "m" + seq + hostile;
    event(
        "speaker_change",
        Map.of(
            "message_id", id,
            "agent_name", hostile,
            "round", 1,
            "agent_path", List.of(hostile, hostile),
            "reason", hostile));
    stream("streaming_thinking", id, hostile, tokenLength);
    call(id, hostile, false);
    call(id, hostile, true);
    stream("streaming_token", id, hostile, tokenLength);
    Map<String, Object> error = error("upstream_error" + hostile, hostile);
    error.put("agent_name", hostile);
    error.put("message_id", id);
    event("error", error);
    event(
        "streaming_complete",
        Map.of(
            "message_id", id,
            "agent_name", hostile,
            "round", 1,
            "full_content", hostile,
            "length", hostile.length(),
            "finish_reason", hostile));
    event("new_message", message(id, "assistant", hostile, hostile));
    event("new_message", message("u" + id, "user", hostile, hostile));
    event("error", error(hostile, hostile));
  }

  void ask(String kind, String hostile) {
    event(
        "input_requested",
        Map.of(
            "request_id", hostile,
            "kind", kind,
            "agent_name", hostile,
            "prompt", hostile,
            "choices", kind.equals("text") ? List.of() : strings,
            "expires_at", Instant.now().plusSeconds(600).toString()));
  }

  void resolve(String hostile) {
    event("input_resolved", Map.of("request_id", hostile, "by", hostile));
  }

  void end(String hostile) {
    event("conversation_ended", Map.of("reason", hostile, "detail", String.join("\n", strings)));
  }

  private void call(String id, String hostile, boolean isError) {
    String callId = hostile + isError;
    event(
        "tool_call",
        Map.of("message_id", id, "call_id", callId, "name", hostile, "arguments", hostile));
    event(
        "tool_result",
        Map.of("message_id", id, "call_id", callId, "result", hostile, "is_error", isError));
  }

  private void stream(String type, String id, String text, int tokenLength) {
    for (int from = 0, to; from < text.length(); from = to) {
      to = Math.min(text.length(), from + tokenLength);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to++;
      }
      event(type, Map.of("message_id", id, "offset", from, "token", text.substring(from, to)));
    }
  }

  private static Map<String, Object> message(
      String id, String role, String sender, String content) {
    return Map.of("message_id", id, "role", role, "sender", sender, "content", content, "round", 1);
  }

  private static Map<String, Object> error(String code, String message) {
    return new LinkedHashMap<>(
        Map.of("code", code, "message", message, "retryable", false, "fatal", false));
  }

  private static Map<String, Object> listed(String hostile) {
    return Map.of(
        "conversation_id",
        hostile,
        "topic",
        hostile,
        "state",
        "running",
        "agents",
        List.of(hostile),
        "created_at",
        "2026-11-23T10:00:00.007Z");
  }

  private static Map<String, Object> welcome() {
    Map<String, Integer> limits =
        Map.of(
            "max_message_bytes", 65536,
            "max_agents", 100,
            "max_rounds", 50,
            "max_topic_chars", 8000);
    return Map.of(
        "connection_id", "c", "heartbeat_ms", 600_000, "limits", limits, "authenticated", false);
  }

  private void event(String type, Map<String, ?> data) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", type);
    frame.put("conversation_id", CONVERSATION);
    frame.put("seq", ++seq);
    send(frame, data);
  }

  private void control(String type, String inReplyTo, Map<String, ?> data) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", type);
    if (inReplyTo != null) {
      frame.put("in_reply_to", inReplyTo);
    }
    send(frame, data);
  }

  private void send(Map<String, Object> frame, Map<String, ?> data) {
    frame.put("timestamp", Instant.now().toString());
    frame.put("data", data);
    try {
      line.send(JSON.writeValueAsString(frame));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode parse(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new AssertionError(frame, e);
    }
  }
}
