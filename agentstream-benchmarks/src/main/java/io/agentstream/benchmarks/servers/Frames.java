package io.agentstream.benchmarks.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The frames of a typical hand-written chat: a map, and Jackson. */
final class Frames {

  private static final JsonMapper JSON = new JsonMapper();

  private Frames() {}

  static String token(String sessionId, String messageId, String token) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("session_id", sessionId);
    data.put("message_id", messageId);
    data.put("agent_name", "Ann");
    data.put("round", 1);
    data.put("token", token);
    data.put("is_complete", false);
    return frame("streaming_token", data);
  }

  static String complete(String sessionId, String messageId, String content) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("session_id", sessionId);
    data.put("message_id", messageId);
    data.put("agent_name", "Ann");
    data.put("round", 1);
    data.put("full_content", content);
    data.put("is_complete", true);
    return frame("streaming_complete", data);
  }

  static String ended(String sessionId) {
    return frame("conversation_ended", Map.of("session_id", sessionId));
  }

  private static String frame(String type, Map<String, Object> data) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", type);
    frame.put("timestamp", Instant.now().toString());
    frame.put("data", data);
    try {
      return JSON.writeValueAsString(frame);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
