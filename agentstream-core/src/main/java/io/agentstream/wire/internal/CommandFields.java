package io.agentstream.wire.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.agentstream.event.ErrorCode;
import io.agentstream.internal.PlainText;
import io.agentstream.wire.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code data} of a command. Every refusal names the field and the expected value. */
final class CommandFields {

  private final JsonNode data;
  private final @Nullable String requestId;

  CommandFields(@Nullable JsonNode data, @Nullable String requestId) throws ProtocolException {
    this.data = data == null || data.isNull() ? MissingNode.getInstance() : data;
    this.requestId = requestId;
    if (!this.data.isMissingNode() && !this.data.isObject()) {
      throw wrong("data", "must be an object");
    }
  }

  String text(String field, int maxChars) throws ProtocolException {
    String value = optionalText(field, maxChars);
    if (value == null) {
      throw wrong(field, "is missing");
    }
    return value;
  }

  /** Reads a text without control characters. */
  String line(String field, int maxChars) throws ProtocolException {
    String value = text(field, maxChars);
    if (PlainText.breaksLines(value)) {
      throw wrong(field, "must be one line without control characters");
    }
    return value;
  }

  /** Reads a piece of a longer text, which may be blank. */
  String piece(String field, int maxChars) throws ProtocolException {
    JsonNode value = value(field);
    if (value == null) {
      throw wrong(field, "is missing");
    }
    if (!value.isTextual()) {
      throw wrong(field, "must be a text");
    }
    if (value.textValue().length() > maxChars) {
      throw overLimit(field, "may have " + maxChars + " characters at the most");
    }
    return value.textValue();
  }

  @Nullable String optionalText(String field, int maxChars) throws ProtocolException {
    JsonNode value = value(field);
    return value == null ? null : checkText(field, value, maxChars);
  }

  @Nullable List<String> optionalTexts(String field, int maxItems, int maxChars)
      throws ProtocolException {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.isArray() || value.isEmpty()) {
      throw wrong(field, "must be a list with at least one text");
    }
    if (value.size() > maxItems) {
      throw overLimit(field, "may hold " + maxItems + " at the most");
    }
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode item : value) {
      if (!texts.add(checkText(field, item, maxChars))) {
        throw wrong(field, "must not name anything twice");
      }
    }
    return new ArrayList<>(texts);
  }

  /** Reads one of an enumeration's values, which must not be missing. */
  <E extends Enum<E>> E value(String field, Class<E> type) throws ProtocolException {
    E value = optionalValue(field, type);
    if (value == null) {
      throw wrong(field, "is missing");
    }
    return value;
  }

  /** Reads one of an enumeration's values, in lower case. */
  <E extends Enum<E>> @Nullable E optionalValue(String field, Class<E> type)
      throws ProtocolException {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    for (E known : type.getEnumConstants()) {
      if (value.isTextual() && known.name().toLowerCase(Locale.ROOT).equals(value.textValue())) {
        return known;
      }
    }
    throw wrong(
        field,
        "must be one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
  }

  int integer(String field, int min, int max) throws ProtocolException {
    Integer value = optionalInt(field, min, max);
    if (value == null) {
      throw wrong(field, "is missing");
    }
    return value;
  }

  @Nullable Integer optionalInt(String field, int min, int max) throws ProtocolException {
    Long value = optionalLong(field, min);
    if (value == null) {
      return null;
    }
    if (value > max) {
      throw overLimit(field, "may be " + max + " at the most");
    }
    return value.intValue();
  }

  @Nullable Long optionalLong(String field, long min) throws ProtocolException {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < min) {
      throw wrong(field, "must be a whole number from " + min);
    }
    return value.longValue();
  }

  /** Returns false if the field is missing. */
  boolean optionalBoolean(String field) throws ProtocolException {
    JsonNode value = value(field);
    if (value != null && !value.isBoolean()) {
      throw wrong(field, "must be true or false");
    }
    return value != null && value.booleanValue();
  }

  /** Returns null if the field is missing. */
  @Nullable Boolean optionalChoice(String field) throws ProtocolException {
    return value(field) == null ? null : optionalBoolean(field);
  }

  /** Returns an object as JSON text. */
  String object(String field, int maxChars) throws ProtocolException {
    String value = optionalObject(field, maxChars);
    if (value == null) {
      throw wrong(field, "is missing");
    }
    return value;
  }

  @Nullable String optionalObject(String field, int maxChars) throws ProtocolException {
    JsonNode value = value(field);
    if (value == null) {
      return null;
    }
    if (!value.isObject()) {
      throw wrong(field, "must be an object");
    }
    String json = value.toString();
    if (json.length() > maxChars) {
      throw overLimit(field, "may have " + maxChars + " characters at the most");
    }
    return json;
  }

  private String checkText(String field, JsonNode value, int maxChars) throws ProtocolException {
    if (!value.isTextual()) {
      throw wrong(field, "must be a text");
    }
    String text = value.textValue();
    if (text.isBlank()) {
      throw wrong(field, "must not be empty");
    }
    if (text.length() > maxChars) {
      throw overLimit(field, "may have " + maxChars + " characters at the most");
    }
    return text;
  }

  private @Nullable JsonNode value(String field) {
    JsonNode value = data.get(field);
    return value == null || value.isNull() ? null : value;
  }

  private ProtocolException wrong(String field, String what) {
    return new ProtocolException(
        ErrorCode.INVALID_FIELD, "'" + field + "' " + what + ".", requestId);
  }

  private ProtocolException overLimit(String field, String what) {
    return new ProtocolException(
        ErrorCode.LIMIT_EXCEEDED, "'" + field + "' " + what + ".", requestId);
  }
}
