package io.agentstream.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.http.openai.CompletionRequest.Role;
import io.agentstream.http.openai.CompletionRequest.Said;
import io.agentstream.internal.PlainText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the messages of a request. Thread-safe. */
final class MessageReader {

  private static final int MAX_NAME_CHARS = 64;

  /**
   * Reads one message.
   *
   * @param path where the message stands in the request
   * @return null for a message without text, and for a tool's result: the use of tools stays inside
   */
  @Nullable Said read(JsonNode message, String path) throws RefusedRequest {
    if (!message.isObject()) {
      throw RefusedRequest.invalid(path, "'" + path + "' must be an object.");
    }
    RequestFields fields = new RequestFields(message, path + ".");
    Role role = role(fields);
    String text = text(fields);
    if (role == null || text.isBlank()) {
      return null;
    }
    return new Said(role, name(fields), text);
  }

  private static @Nullable Role role(RequestFields fields) throws RefusedRequest {
    String role = fields.text("role", MAX_NAME_CHARS);
    if (role == null) {
      throw fields.wrong("role", "is missing");
    }
    return switch (role) {
      case "system", "developer" -> Role.SYSTEM;
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      case "tool", "function" -> null;
      default ->
          throw fields.wrong(
              "role", "must be system, developer, user, assistant, tool or function");
    };
  }

  private static @Nullable String name(RequestFields fields) throws RefusedRequest {
    String name = fields.text("name", MAX_NAME_CHARS);
    if (name != null && PlainText.breaksLines(name)) {
      throw fields.wrong("name", "must be one line without control characters");
    }
    return name;
  }

  private static String text(RequestFields fields) throws RefusedRequest {
    JsonNode content = fields.value("content");
    if (content == null) {
      return "";
    }
    if (content.isTextual()) {
      return whole(content.textValue());
    }
    if (!content.isArray()) {
      throw fields.wrong("content", "must be a text or a list of parts");
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < content.size(); i++) {
      String part = part(content.get(i), fields.path("content[" + i + "]"));
      text.append(text.isEmpty() || part.isEmpty() ? "" : "\n\n").append(part);
    }
    return whole(text.toString());
  }

  private static String part(JsonNode part, String path) throws RefusedRequest {
    String type = part.path("type").asText("");
    String field = type.equals("refusal") ? "refusal" : "text";
    if (!type.equals("text") && !type.equals("refusal")) {
      String kind = type.isEmpty() ? "without a type" : "of type '" + shown(type) + "'";
      throw new RefusedRequest(
          OpenAiError.invalid(
              "unsupported_content",
              path,
              "'"
                  + path
                  + "' is "
                  + kind
                  + ": a team takes text only, no images, sound or files."));
    }
    JsonNode text = part.get(field);
    if (text == null || !text.isTextual()) {
      throw RefusedRequest.invalid(
          path + "." + field, "'" + path + "." + field + "' must be a text.");
    }
    return text.textValue();
  }

  private static String shown(String type) {
    String cut = PlainText.cut(type.toLowerCase(Locale.ROOT), 20);
    return PlainText.breaksLines(cut) ? "unknown" : cut;
  }

  /** Replaces halves of surrogate pairs, which could not be sent on. */
  private static String whole(String text) {
    return text.codePoints()
        .map(
            point ->
                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                    ? 0xFFFD
                    : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
