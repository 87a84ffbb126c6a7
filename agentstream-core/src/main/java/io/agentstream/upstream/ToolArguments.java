package io.agentstream.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The arguments of tool calls as models give them: a JSON object, or something near it. */
public final class ToolArguments {

  private static final Pattern FENCE = Pattern.compile("\\s*```\\w*\\s*(\\{[^`]*\\})\\s*```\\s*");

  private ToolArguments() {}

  /**
   * Reads arguments. Blank ones and an empty list are an empty object; an object within a JSON
   * string or a code fence, the first of several objects in a row that are alike, and an object
   * after an empty one count as the object.
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
      String within = json.textValue().strip();
      return within.isEmpty() || within.startsWith("{") ? read(within) : null;
    }
    // An empty list is how PHP writes an object without fields.
    if (json != null && (json.isNull() || (json.isArray() && json.isEmpty()))) {
      return "{}";
    }
    if (json != null) {
      return !json.isObject()
          ? null
          : LenientJson.isStrict(arguments) ? arguments : json.toString();
    }
    Matcher fenced = FENCE.matcher(arguments);
    if (fenced.matches()) {
      return read(fenced.group(1));
    }
    if (arguments.startsWith("{}{") && !arguments.startsWith("{}", 2)) {
      // A proxy puts the empty input of Anthropic's first event before the real one.
      return read(arguments.substring(2));
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
