package io.agentstream.http.agui;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Writes AG-UI's events as server-sent events. */
final class AgUiEvents {

  private AgUiEvents() {}

  static ObjectNode event(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  static String frame(ObjectNode event) {
    return "data: " + event + "\n\n";
  }

  static String runStarted(RunInput input) {
    return frame(
        event("RUN_STARTED").put("threadId", input.threadId()).put("runId", input.runId()));
  }

  static ObjectNode runFinished(RunInput input) {
    return event("RUN_FINISHED").put("threadId", input.threadId()).put("runId", input.runId());
  }

  static String runError(String code, String message) {
    return frame(event("RUN_ERROR").put("message", message).put("code", code));
  }

  static String messages(ArrayNode messages) {
    ObjectNode event = event("MESSAGES_SNAPSHOT");
    event.set("messages", messages);
    return frame(event);
  }

  static String state(ObjectNode state) {
    ObjectNode event = event("STATE_SNAPSHOT");
    event.set("snapshot", state);
    return frame(event);
  }

  static String textStart(String messageId, String role, @Nullable String name) {
    ObjectNode event = event("TEXT_MESSAGE_START").put("messageId", messageId).put("role", role);
    return frame(name == null ? event : event.put("name", name));
  }

  static String text(String messageId, String delta) {
    return frame(event("TEXT_MESSAGE_CONTENT").put("messageId", messageId).put("delta", delta));
  }

  static String textEnd(String messageId) {
    return frame(event("TEXT_MESSAGE_END").put("messageId", messageId));
  }

  static String reasoning(String type, String messageId) {
    ObjectNode event = event(type).put("messageId", messageId);
    if (type.equals("REASONING_MESSAGE_START")) {
      event.put("role", "reasoning");
    }
    return frame(event);
  }

  static String thought(String messageId, String delta) {
    return frame(
        event("REASONING_MESSAGE_CONTENT").put("messageId", messageId).put("delta", delta));
  }

  static String custom(String name, ObjectNode value) {
    ObjectNode event = event("CUSTOM").put("name", name);
    event.set("value", value);
    return frame(event);
  }
}
