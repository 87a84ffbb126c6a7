package io.agentstream.teams.internal;

import io.agentstream.internal.NearMatch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form of an enum: its constants in lower case. */
record Words<E extends Enum<E>>(List<E> constants) implements Form<E> {

  static <E extends Enum<E>> Words<E> of(Class<E> type) {
    return new Words<>(Arrays.asList(type.getEnumConstants()));
  }

  @Override
  public E read(Spot spot) {
    if (!spot.isText()) {
      throw spot.mustBe("one of: " + String.join(", ", names()));
    }
    String text = spot.scalar();
    for (E constant : constants) {
      if (name(constant).equals(text)) {
        return constant;
      }
    }
    throw spot.wrong(unknown(text, names()));
  }

  /** Returns the reason for a word that is none of those that are known. */
  static String unknown(String word, List<String> known) {
    String shown = word.length() > 40 ? word.substring(0, 40) + "…" : word;
    @Nullable String meant = NearMatch.of(word.length() > 100 ? "" : word, known);
    return "there is no '"
        + shown
        + "'"
        + (meant == null ? "" : "; did you mean '" + meant + "'?")
        + " (known here: "
        + (known.isEmpty() ? "none" : String.join(", ", known))
        + ")";
  }

  private List<String> names() {
    return constants.stream().map(Words::name).toList();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Object write(E value) {
    return name(value);
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("enum", names());
    return schema;
  }
}
