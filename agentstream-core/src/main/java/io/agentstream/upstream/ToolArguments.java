package io.agentstream.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The arguments of tool calls as models give them: a JSON object, or something near it. */
public final class ToolArguments {

  private ToolArguments() {}

  /**
   * Reads arguments. Blank ones are an empty object; an object within a JSON string, and the first
   * of several objects in a row that are alike, count as the object.
   *
   * @return a JSON object as text, as it was given where it is one; null if it is none, such as one
   *     that was cut off
   */
  public static @Nullable String read(@Nullable String arguments) {
    if (arguments == null || arguments.isBlank()) {
      return "{}";
    }
    JsonNode json = LenientJson.readWhole(arguments);
    if (json != null && json.isTextual()) {
      return json.textValue().strip().startsWith("{") ? read(json.textValue()) : null;
    }
    if (json != null && json.isNull()) {
      return "{}";
    }
    if (json != null) {
      return !json.isObject()
          ? null
          : LenientJson.isStrict(arguments) ? arguments : json.toString();
    }
    String half = arguments.substring(0, arguments.length() / 2);
    boolean doubled = arguments.equals(half + half);
    return doubled ? read(half) : null;
  }

  /** As {@link #read}; an empty object in place of what is none. */
  public static String asObject(@Nullable String arguments) {
    String read = read(arguments);
    return read == null ? "{}" : read;
  }
}
