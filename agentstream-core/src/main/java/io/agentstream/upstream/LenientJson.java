package io.agentstream.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads JSON as model servers write it, {@code NaN} and raw control characters included. */
public final class LenientJson {

  private static final int MAX_DEPTH = 200;

  /** Reads leniently and writes strictly. */
  public static final JsonMapper MAPPER = mapper();

  private static final ObjectReader WHOLE =
      MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final JsonMapper STRICT = new JsonMapper();

  private LenientJson() {}

  private static JsonMapper mapper() {
    JsonMapper.Builder mapper =
        JsonMapper.builder()
            .enable(
                JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
                JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                JsonReadFeature.ALLOW_TRAILING_COMMA,
                JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS);
    JsonMapper built = mapper.build();
    built
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());
    return built;
  }

  /** Returns what {@code text} holds; null if it is no JSON. */
  public static @Nullable JsonNode read(String text) {
    try {
      return present(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Returns true if {@code text} is one JSON value and nothing else. */
  public static boolean isWhole(String text) {
    return readWhole(text) != null;
  }

  /** Returns what {@code text} holds; null if it is no JSON, or more than one value. */
  static @Nullable JsonNode readWhole(String text) {
    try {
      return present(WHOLE.readTree(text));
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Returns true if {@code text} is strictly valid JSON. */
  static boolean isStrict(String text) {
    try {
      STRICT.readTree(text);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Returns what stands in these bytes; null if it is no JSON. */
  public static @Nullable JsonNode read(byte[] bytes, int from, int to) {
    try {
      return present(MAPPER.readTree(bytes, from, to - from));
    } catch (IOException e) {
      // Possibly because of bytes that are not UTF-8, which a string replaces.
      return read(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }

  /** Returns where the first object or array in the bytes ends; {@code to} if none does. */
  public static int endOfFirst(byte[] bytes, int from, int to) {
    return JsonDepth.firstEnd(bytes, from, to);
  }

  private static @Nullable JsonNode present(@Nullable JsonNode read) {
    return read == null || read.isMissingNode() ? null : read;
  }
}
