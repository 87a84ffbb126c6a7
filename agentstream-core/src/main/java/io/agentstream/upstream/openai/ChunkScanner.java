package io.agentstream.upstream.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Finds the text of a usual chunk in its bytes, and creates no other object. A usual chunk has one
 * choice, whose delta has text or thinking and nothing more. {@link #scan} returns false for every
 * other chunk, which is then read as a tree. Not thread-safe.
 */
final class ChunkScanner {

  private enum Level {
    CHUNK,
    CHOICE,
    DELTA
  }

  private static final byte[][] COMPLAINTS =
      names(
          "error",
          "errors",
          "usage",
          "x_groq",
          "message",
          "detail",
          "msg",
          "code",
          "type",
          "finish_reason");
  private static final byte[][] OTHER_TEXTS =
      names(
          "error",
          "message",
          "text",
          "content",
          "reasoning_content",
          "tool_calls",
          "usage",
          "finishReason",
          "stop_reason");
  private static final byte[] REASONING_CONTENT = name("reasoning_content");
  private static final byte[] REASONING = name("reasoning");
  private static final byte[] CHOICES = name("choices");
  private static final byte[] INDEX = name("index");
  private static final byte[] DELTA = name("delta");
  private static final byte[] FINISH_REASON = name("finish_reason");
  private static final byte[] CONTENT = name("content");
  private static final byte[] ROLE = name("role");
  private static final byte[] NULL = name("null");

  private final JsonText content = new JsonText();
  private final JsonText thinking = new JsonText();
  private byte[] bytes = {};
  private int at;
  private int end;
  private int keyFrom;
  private int keyTo;
  private boolean hasChoice;
  private String thinkingField = "reasoning_content";

  /** Reads a chunk. Returns true if it is a usual one, all of whose content is its texts. */
  boolean scan(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    this.hasChoice = false;
    content.clear();
    thinking.clear();
    return object(Level.CHUNK) && blank() == end && hasChoice;
  }

  /** Returns the text of the answer in the last chunk. */
  JsonText content() {
    return content;
  }

  /** Returns the name of the field in which the thinking came. */
  String thinkingField() {
    return thinkingField;
  }

  /** Returns the thinking in the last chunk. */
  JsonText thinking() {
    return thinking;
  }

  private boolean object(Level level) {
    if (!take('{')) {
      return false;
    }
    if (take('}')) {
      return true;
    }
    do {
      if (!key() || !take(':') || !value(level)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  private boolean key() {
    if (!take('"')) {
      return false;
    }
    keyFrom = at;
    while (at < end && bytes[at] != '"') {
      if (bytes[at] == '\\') {
        return false;
      }
      at++;
    }
    keyTo = at;
    return take('"');
  }

  private boolean value(Level level) {
    return switch (level) {
      case CHUNK -> chunkValue();
      case CHOICE -> choiceValue();
      case DELTA -> deltaValue();
    };
  }

  private boolean chunkValue() {
    if (is(CHOICES)) {
      boolean one = !hasChoice && take('[') && object(Level.CHOICE) && take(']');
      hasChoice = true;
      return one;
    }
    boolean complains = isAny(COMPLAINTS) || begins("error_");
    return complains ? literal(NULL) : skip();
  }

  private boolean choiceValue() {
    if (is(DELTA)) {
      return object(Level.DELTA);
    }
    if (is(FINISH_REASON) || isAny(OTHER_TEXTS)) {
      return literal(NULL);
    }
    return is(INDEX) ? take('0') && !isDigit() : skip();
  }

  private boolean deltaValue() {
    if (is(CONTENT)) {
      return text(content);
    }
    if (is(REASONING_CONTENT) || is(REASONING)) {
      String field = is(REASONING) ? "reasoning" : "reasoning_content";
      boolean before = thinking.isEmpty();
      boolean taken = text(thinking);
      thinkingField = before && !thinking.isEmpty() ? field : thinkingField;
      return taken;
    }
    return is(ROLE) ? skip() : literal(NULL) || (take('[') && take(']'));
  }

  private boolean text(JsonText into) {
    if (literal(NULL)) {
      return true;
    }
    if (!into.isEmpty() || !take('"')) {
      return false;
    }
    int from = at;
    boolean escaped = false;
    while (at < end && bytes[at] != '"') {
      if (bytes[at] == '\\') {
        escaped = true;
        at++;
      }
      at++;
    }
    into.set(bytes, from, at, escaped);
    return take('"');
  }

  private boolean skip() {
    int first = blank();
    if (first == end) {
      return false;
    }
    return switch (bytes[first]) {
      case '"' -> string();
      case '{', '[' -> nested();
      default -> scalar();
    };
  }

  private boolean string() {
    at++;
    while (at < end && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return at < end && take('"');
  }

  private boolean nested() {
    int depth = 0;
    while (at < end) {
      byte b = bytes[at];
      if (b == '"') {
        if (!string()) {
          return false;
        }
        continue;
      }
      at++;
      if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return true;
      }
    }
    return false;
  }

  private boolean scalar() {
    int from = at;
    while (at < end && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
      at++;
    }
    return at > from;
  }

  private boolean literal(byte[] literal) {
    int from = blank();
    int to = from + literal.length;
    boolean found = to <= end && Arrays.equals(bytes, from, to, literal, 0, literal.length);
    if (found) {
      at = to;
    }
    return found;
  }

  private boolean take(char c) {
    boolean found = blank() < end && bytes[at] == c;
    if (found) {
      at++;
    }
    return found;
  }

  /** Skips white space. */
  private int blank() {
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  private boolean isDigit() {
    return at < end && ((bytes[at] >= '0' && bytes[at] <= '9') || bytes[at] == '.');
  }

  private boolean is(byte[] name) {
    return Arrays.equals(bytes, keyFrom, keyTo, name, 0, name.length);
  }

  private boolean isAny(byte[][] names) {
    for (byte[] name : names) {
      if (is(name)) {
        return true;
      }
    }
    return false;
  }

  private boolean begins(String prefix) {
    if (keyTo - keyFrom < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (bytes[keyFrom + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] name(String name) {
    return name.getBytes(US_ASCII);
  }

  private static byte[][] names(String... names) {
    return Arrays.stream(names).map(ChunkScanner::name).toArray(byte[][]::new);
  }
}
