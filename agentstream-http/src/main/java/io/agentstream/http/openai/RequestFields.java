package io.agentstream.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a JSON object. A refusal names the field. */
final class RequestFields {

  private final JsonNode object;
  private final String prefix;

  /**
   * @param prefix the path of the object in the request, before a field's name
   */
  RequestFields(JsonNode object, String prefix) {
    this.object = object;
    this.prefix = prefix;
  }

  /** Returns a field's value; null if it is missing or null. */
  @Nullable JsonNode value(String field) {
    JsonNode value = object.get(field);
    return value == null || value.isNull() ? null : value;
  }

  String path(String field) {
    return prefix + field;
  }

  @Nullable String text(String field, int maxChars) throws RefusedRequest {
    JsonNode value = value(field);
    if (value == null) {
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

  @Nullable Boolean flag(String field) throws RefusedRequest {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw wrong(field, "must be true or false");
    }
    return value.booleanValue();
  }

  @Nullable JsonNode object(String field) throws RefusedRequest {
    JsonNode value = value(field);
    if (value != null && !value.isObject()) {
      throw wrong(field, "must be an object");
    }
    return value;
  }

  RefusedRequest wrong(String field, String what) {
    return RefusedRequest.invalid(path(field), "'" + path(field) + "' " + what + ".");
  }
}
