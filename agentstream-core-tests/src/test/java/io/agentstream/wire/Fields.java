package io.agentstream.wire;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names of the fields of one object on the wire, with a question mark where one may miss. */
record Fields(TreeSet<String> names) {

  /** What a record is written as. */
  static Fields of(Class<?> record) {
    TreeSet<String> names = new TreeSet<>();
    for (RecordComponent component : record.getRecordComponents()) {
      if (isUnwrapped(component)) {
        names.addAll(of(component.getType()).names);
      } else {
        boolean required = !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        names.add(snakeCase(component.getName()) + (required ? "" : "?"));
      }
    }
    return new Fields(names);
  }

  /** Returns the fields that a schema allows; a field with a default counts as always present. */
  static Fields of(SchemaDocument document, JsonNode schema) {
    TreeSet<String> names = new TreeSet<>();
    Set<String> required = new LinkedHashSet<>();
    document
        .resolved(schema)
        .forEach(part -> part.path("required").forEach(name -> required.add(name.asText())));
    document
        .properties(schema)
        .forEach(
            (name, property) ->
                names.add(name + (required.contains(name) || property.has("default") ? "" : "?")));
    return new Fields(names);
  }

  /** Record components that are enums, by their names on the wire, with the values there. */
  static TreeMap<String, Set<String>> enums(Class<?> record) {
    TreeMap<String, Set<String>> enums = new TreeMap<>();
    for (RecordComponent component : record.getRecordComponents()) {
      if (isUnwrapped(component)) {
        enums.putAll(enums(component.getType()));
      } else if (component.getType().isEnum()) {
        Set<String> values = new TreeSet<>();
        for (Object constant : component.getType().getEnumConstants()) {
          values.add(constant.toString().toLowerCase(Locale.ROOT));
        }
        enums.put(snakeCase(component.getName()), values);
      }
    }
    return enums;
  }

  static String snakeCase(String name) {
    return new SnakeCaseStrategy().translate(name);
  }

  private static boolean isUnwrapped(RecordComponent component) {
    return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
  }

  @Override
  public String toString() {
    return String.join(", ", names);
  }
}
