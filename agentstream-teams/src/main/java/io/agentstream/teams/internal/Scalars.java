package io.agentstream.teams.internal;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The forms of texts, numbers and booleans. */
final class Scalars {

  private Scalars() {}

  /** A text of a kind. */
  record Text(Texts kind, int longest) implements Form<String> {

    @Override
    public String read(Spot spot) {
      if (!spot.isText()) {
        throw spot.mustBe(spot.isNumber() ? "a text (write it in quotes)" : "a text");
      }
      String text = spot.scalar();
      String mistake =
          text.length() > longest
              ? "must have at most " + longest + " characters, and has " + text.length()
              : kind.mistake(text);
      if (mistake != null) {
        throw spot.wrong(mistake);
      }
      return text;
    }

    @Override
    public Object write(String value) {
      return value;
    }

    @Override
    public Map<String, Object> schema(Map<String, Object> definitions) {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "string");
      schema.put("maxLength", longest);
      schema.put("pattern", kind.pattern());
      return schema;
    }
  }

  /** A number from {@code least} to {@code most}. */
  record Range<N extends Number>(
      boolean whole, double least, double most, Function<BigDecimal, N> convert)
      implements Form<N> {

    @Override
    public N read(Spot spot) {
      String expected = whole ? "a whole number" : "a number";
      if (!spot.isNumber()) {
        throw spot.mustBe(expected);
      }
      BigDecimal number = number(spot.scalar());
      if (number == null || (whole && number.stripTrailingZeros().scale() > 0)) {
        throw spot.mustBe(expected);
      }
      if (number.compareTo(BigDecimal.valueOf(least)) < 0
          || number.compareTo(BigDecimal.valueOf(most)) > 0) {
        throw spot.mustLie("from " + plain(least) + " to " + plain(most));
      }
      return convert.apply(number);
    }

    /** Returns null for text that the bounds of a number of 30 digits do not hold. */
    private static @Nullable BigDecimal number(String text) {
      if (text.length() > 40) {
        return null;
      }
      try {
        BigDecimal number =
            text.startsWith("0x")
                ? BigDecimal.valueOf(Long.parseLong(text.substring(2), 16))
                : new BigDecimal(text);
        return Math.abs((long) number.scale()) > 40 ? null : number;
      } catch (NumberFormatException e) {
        return null;
      }
    }

    @Override
    public Object write(N value) {
      return value;
    }

    @Override
    public Map<String, Object> schema(Map<String, Object> definitions) {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", whole ? "integer" : "number");
      schema.put("minimum", new BigDecimal(plain(least)));
      schema.put("maximum", new BigDecimal(plain(most)));
      return schema;
    }

    private static String plain(double bound) {
      return new BigDecimal(String.valueOf(bound)).stripTrailingZeros().toPlainString();
    }
  }

  /** True or false. */
  record YesOrNo() implements Form<Boolean> {

    @Override
    public Boolean read(Spot spot) {
      if (!spot.isNull() && !spot.isText() && !spot.isNumber() && isScalar(spot)) {
        return Boolean.valueOf(spot.scalar());
      }
      throw spot.mustBe("true or false");
    }

    private static boolean isScalar(Spot spot) {
      return spot.node() instanceof ScalarNode;
    }

    @Override
    public Object write(Boolean value) {
      return value;
    }

    @Override
    public Map<String, Object> schema(Map<String, Object> definitions) {
      return Map.of("type", "boolean");
    }
  }
}
