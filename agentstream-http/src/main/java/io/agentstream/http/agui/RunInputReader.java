package io.agentstream.http.agui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.agentstream.event.ErrorCode;
import io.agentstream.http.agui.RunInput.InterruptAnswer;
import io.agentstream.http.agui.RunInput.Said;
import io.agentstream.http.agui.RunInput.Sent;
import io.agentstream.http.door.FormatJson;
import io.agentstream.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads AG-UI's RunAgentInput. Every refusal names the field. Thread-safe. */
final class RunInputReader {

  private static final int MAX_ID_CHARS = 100;
  private static final int MAX_NAME_CHARS = 128;
  private static final int MAX_ANSWERS = 100;
  private static final Set<String> ROLES =
      Set.of("developer", "system", "assistant", "user", "tool", "activity", "reasoning");
  private static final Set<String> HEARD = Set.of("developer", "system", "assistant", "user");

  private final int maxMessages;

  /**
   * @param maxMessages the most messages of a request
   */
  RunInputReader(int maxMessages) {
    this.maxMessages = maxMessages;
  }

  /**
   * Reads a request.
   *
   * @param agent the name in the path; null if the request names the team or agent
   */
  RunInput read(String body, @Nullable String agent) throws ProtocolException {
    JsonNode root = parse(body);
    String named = agent == null ? text(props(root), "agent", MAX_NAME_CHARS, false) : agent;
    return new RunInput(
        id(root, "threadId"),
        id(root, "runId"),
        named,
        sent(list(root, "messages", maxMessages)),
        context(list(root, "context", maxMessages)),
        answers(list(root, "resume", MAX_ANSWERS)));
  }

  private static JsonNode parse(String body) throws ProtocolException {
    try {
      return FormatJson.object(body)
          .orElseThrow(
              () ->
                  new ProtocolException(
                      ErrorCode.INVALID_JSON, "The body must be one object.", null));
    } catch (JsonProcessingException e) {
      throw new ProtocolException(ErrorCode.INVALID_JSON, "The body is not valid JSON.", null);
    }
  }

  private static JsonNode props(JsonNode root) throws ProtocolException {
    JsonNode props = root.path("forwardedProps");
    if (props.isMissingNode() || props.isNull()) {
      return MissingNode.getInstance();
    }
    if (!props.isObject()) {
      throw wrong("forwardedProps", "must be an object");
    }
    return props;
  }

  private static String id(JsonNode root, String field) throws ProtocolException {
    String id = text(root, field, MAX_ID_CHARS, true);
    return id == null ? "" : id;
  }

  private static @Nullable String text(JsonNode from, String field, int maxChars, boolean required)
      throws ProtocolException {
    JsonNode value = from.path(field);
    if (value.isMissingNode() || value.isNull()) {
      if (required) {
        throw wrong(field, "is missing");
      }
      return null;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw wrong(field, "must be a text that is not empty");
    }
    if (value.textValue().length() > maxChars) {
      throw wrong(field, "may have " + maxChars + " characters at the most");
    }
    return value.textValue();
  }

  private static JsonNode list(JsonNode root, String field, int max) throws ProtocolException {
    JsonNode list = root.path(field);
    if (!list.isMissingNode() && !list.isNull() && !list.isArray()) {
      throw wrong(field, "must be a list");
    }
    if (list.size() > max) {
      throw wrong(field, "may hold " + max + " at the most");
    }
    return list;
  }

  private static Sent sent(JsonNode list) throws ProtocolException {
    List<String> ids = new ArrayList<>();
    list.forEach(message -> ids.add(message.path("id").asText("")));
    return new Sent(messages(list), ids);
  }

  private static List<Said> messages(JsonNode list) throws ProtocolException {
    List<Said> messages = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode message = list.get(i);
      String path = "messages[" + i + "]";
      String role = message.path("role").asText("");
      if (!ROLES.contains(role)) {
        throw wrong(path + ".role", "must be one of AG-UI's roles");
      }
      if (HEARD.contains(role)) {
        String content = content(message.path("content"), path + ".content");
        if (!content.isBlank()) {
          String name = text(message, "name", MAX_NAME_CHARS, false);
          messages.add(new Said(message.path("id").asText(""), role, name, content));
        }
      }
    }
    return messages;
  }

  private static String content(JsonNode content, String path) throws ProtocolException {
    if (content.isMissingNode() || content.isNull()) {
      return "";
    }
    if (content.isTextual()) {
      return content.textValue();
    }
    if (!content.isArray()) {
      throw wrong(path, "must be a text or a list of parts");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("type").asText("").equals("text") || !part.path("text").isTextual()) {
        throw wrong(path, "may hold parts of type 'text' only: agents take no images or files");
      }
      text.append(text.isEmpty() ? "" : "\n\n").append(part.path("text").textValue());
    }
    return text.toString();
  }

  private static List<String> context(JsonNode list) throws ProtocolException {
    List<String> context = new ArrayList<>();
    for (JsonNode item : list) {
      if (!item.path("value").isTextual()) {
        throw wrong("context", "must hold objects with a text 'value'");
      }
      String value = item.path("value").textValue();
      if (!value.isBlank()) {
        String description = item.path("description").asText("");
        context.add(description.isBlank() ? value : description + ": " + value);
      }
    }
    return context;
  }

  private static List<InterruptAnswer> answers(JsonNode list) throws ProtocolException {
    List<InterruptAnswer> answers = new ArrayList<>();
    for (JsonNode entry : list) {
      String id = text(entry, "interruptId", MAX_ID_CHARS, true);
      String status = entry.path("status").asText("");
      if (!status.equals("resolved") && !status.equals("cancelled")) {
        throw wrong("resume", "must have the status 'resolved' or 'cancelled'");
      }
      answers.add(
          new InterruptAnswer(
              String.valueOf(id),
              status.equals("cancelled") ? null : AnswerPayload.content(entry.path("payload"))));
    }
    return answers;
  }

  private static ProtocolException wrong(String field, String what) {
    return new ProtocolException(ErrorCode.INVALID_FIELD, "'" + field + "' " + what + ".", null);
  }
}
