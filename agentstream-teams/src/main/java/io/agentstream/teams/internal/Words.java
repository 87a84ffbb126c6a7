package io.agentstream.teams.internal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
    throw spot.wrong(Unknown.word(text, names()));
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
