package io.agentstream.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Finds the error in JSON that came inside a 2xx, in the fields in which servers write it. */
final class ErrorFields {

  private static final int LEAST_FAILURE = 400;

  /** The fields of an object that is only an error. */
  private static final List<String> BARE =
      List.of(
          "detail",
          "message",
          "msg",
          "error_msg",
          "errorMessage",
          "errmsg",
          "err_msg",
          "Message",
          "ErrorMessage");

  private static final List<String> ERRORS = List.of("error", "errors", "Error");

  /** The fields in which gateways wrap what they pass on. */
  private static final List<String> ENVELOPES =
      List.of("data", "result", "response", "output", "Response", "header");

  /** The texts that servers write in place of null. */
  private static final Set<String> NOTHING = Set.of("", "null", "none", "false", "nil", "no error");

  private ErrorFields() {}

  /** Returns the object with the error; null if there is none. */
  static @Nullable JsonNode find(JsonNode json) {
    if (!json.isObject()) {
      return null;
    }
    if (hasError(json) || isNamed(json)) {
      return json;
    }
    JsonNode choice = json.path("choices").path(0);
    JsonNode ofChoice = ofChoice(choice);
    if (ofChoice != null) {
      return ofChoice;
    }
    if (json.path("choices").isArray() || json.has("usage")) {
      return null;
    }
    JsonNode wrapped = inEnvelope(json);
    if (wrapped != null) {
      return wrapped;
    }
    // Beside a wrapped answer, such words say that all is well; with a type, it is another
    // protocol's event.
    boolean alone = !wrapsAnswer(json) && !json.path("type").isTextual();
    return alone && isBare(json) ? json : null;
  }

  private static boolean wrapsAnswer(JsonNode json) {
    return json.properties().stream()
        .anyMatch(field -> !field.getValue().path("choices").isEmpty());
  }

  private static @Nullable JsonNode ofChoice(JsonNode choice) {
    for (JsonNode holder : List.of(choice, choice.path("delta"), choice.path("message"))) {
      if (says(holder.path("error"))) {
        return holder.path("error").isObject() ? holder.path("error") : holder;
      }
    }
    return "error".equals(choice.path("finish_reason").textValue()) ? choice : null;
  }

  private static @Nullable JsonNode inEnvelope(JsonNode json) {
    for (String envelope : ENVELOPES) {
      JsonNode within = json.path(envelope);
      boolean answers = within.path("choices").isArray();
      if (within.isObject() && !answers && (hasError(within) || isFailedHeader(within))) {
        return within;
      }
    }
    return null;
  }

  /** Such as {@code {"code": 10013, "message": "…"}}. */
  private static boolean isFailedHeader(JsonNode json) {
    return json.path("code").asInt(0) >= LEAST_FAILURE && isBare(json);
  }

  private static boolean isBare(JsonNode json) {
    return BARE.stream().anyMatch(key -> saysInWords(json.path(key)));
  }

  private static boolean hasError(JsonNode json) {
    return ERRORS.stream().anyMatch(key -> says(json.path(key)));
  }

  /** An object under such a key is another protocol's event, such as one with a message in it. */
  private static boolean saysInWords(JsonNode value) {
    return (value.isTextual() || value.isArray()) && says(value);
  }

  /** Returns true if a field says by its name, or by its value, that the object is an error. */
  static boolean isNamed(JsonNode json) {
    return says(json.path("error_type"))
        || says(json.path("error_message"))
        || says(json.path("error_code"))
        || says(json.path("fault"))
        || (!json.has("choices") && isFailed(json))
        || json.path("base_resp").path("status_code").asInt(0) != 0
        || "error".equals(json.path("object").textValue())
        || isErrorType(json.path("type").asText(""));
  }

  private static boolean isFailed(JsonNode json) {
    return json.path("status").intValue() >= LEAST_FAILURE
        || says(json.path("errcode"))
        || says(json.path("exception"))
        || isFalse(json.path("success"))
        || isFalse(json.path("ok"));
  }

  private static boolean isFalse(JsonNode value) {
    return value.isBoolean() && !value.booleanValue();
  }

  /** Such as {@code error}, {@code rate_limit_error}, {@code ThrottlingException}. */
  private static boolean isErrorType(String type) {
    String known = type.toLowerCase(Locale.ROOT);
    return known.endsWith("error") || known.endsWith("exception") || known.endsWith(".failed");
  }

  private static boolean says(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> !NOTHING.contains(value.textValue().strip().toLowerCase(Locale.ROOT));
      case OBJECT, ARRAY ->
          StreamSupport.stream(value.spliterator(), false).anyMatch(ErrorFields::says);
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.intValue() != 0;
      default -> false;
    };
  }
}
