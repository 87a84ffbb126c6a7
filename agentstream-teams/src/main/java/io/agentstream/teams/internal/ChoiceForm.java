package io.agentstream.teams.internal;

import io.agentstream.internal.NearMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The form of a sealed interface: one of the records that it permits. They are told apart by the
 * value of one key, or each by its own first key. A word stands for a record without other values.
 */
final class ChoiceForm<T> implements Form<T> {

  private final Class<T> type;
  private final @Nullable String kindKey;
  private final Map<String, RecordForm<T>> choices = new LinkedHashMap<>();
  private final Map<Class<?>, String> names = new LinkedHashMap<>();

  ChoiceForm(Class<T> type) {
    this.type = type;
    Kind kind = type.getAnnotation(Kind.class);
    this.kindKey = kind == null ? null : kind.value();
    for (Class<?> each : type.getPermittedSubclasses()) {
      @SuppressWarnings("unchecked") // Every permitted class is a T.
      RecordForm<T> form = new RecordForm<>((Class<T>) each);
      Kind named = each.getAnnotation(Kind.class);
      String name = named == null ? form.keys().get(0) : named.value();
      choices.put(name, form);
      names.put(each, name);
    }
  }

  @Override
  public T read(Spot spot) {
    if (spot.node() instanceof MappingNode) {
      Map<String, Node> entries = MapForm.entries(spot, KeyNames.near(known()));
      return kindKey == null ? byFirstKey(spot, entries) : byKind(spot, kindKey, entries);
    }
    if (!spot.isText()) {
      throw spot.mustBe(kindKey == null ? "an object with " + anyOf() : "an object with a kind");
    }
    RecordForm<T> choice = choices.get(spot.scalar());
    if (choice == null) {
      throw spot.wrong(Unknown.word(spot.scalar(), choices.keySet()));
    }
    if (!choice.mayBeEmpty()) {
      throw spot.wrong(
          "'"
              + spot.scalar()
              + "' needs settings: write {"
              + (kindKey == null ? "" : kindKey + ": " + spot.scalar() + ", ")
              + String.join(": …, ", choice.keys())
              + ": …}");
    }
    return choice.empty();
  }

  /** Returns the keys of all choices. */
  private Set<String> known() {
    Set<String> known = new TreeSet<>();
    choices.values().forEach(choice -> known.addAll(choice.keys()));
    if (kindKey != null) {
      known.add(kindKey);
    }
    return known;
  }

  private String anyOf() {
    return "one of: " + String.join(", ", choices.keySet());
  }

  private T byKind(Spot spot, String key, Map<String, Node> entries) {
    Node node = entries.get(key);
    if (node == null) {
      String typo = NearMatch.of(key, entries.keySet());
      if (typo != null) {
        throw spot.key(typo, Objects.requireNonNull(entries.get(typo)))
            .wrong("unknown key; did you mean '" + key + "'?");
      }
      throw spot.wrong("'" + key + "' is missing; it is " + anyOf());
    }
    Spot at = spot.key(key, node);
    if (!(node instanceof ScalarNode) || !at.isText()) {
      throw at.mustBe(anyOf());
    }
    RecordForm<T> choice = choices.get(at.scalar());
    if (choice == null) {
      throw at.wrong(Unknown.word(at.scalar(), choices.keySet()));
    }
    return choice.read(spot, entries, key);
  }

  private T byFirstKey(Spot spot, Map<String, Node> entries) {
    List<String> found = entries.keySet().stream().filter(choices::containsKey).toList();
    if (found.size() > 1) {
      throw spot.wrong(
          "has " + String.join(" and ", found) + " at once; keep one of them" + nesting());
    }
    if (found.isEmpty()) {
      throw unknown(spot, entries);
    }
    return Objects.requireNonNull(choices.get(found.get(0))).read(spot, entries, null);
  }

  private UnreadableException unknown(Spot spot, Map<String, Node> entries) {
    if (entries.isEmpty()) {
      return spot.wrong("is empty; it needs " + anyOf());
    }
    String first = entries.keySet().iterator().next();
    spot.report()
        .add(
            spot.report().lineOf(spot.pathOf(first)),
            spot.path(),
            Unknown.word(first, choices.keySet()));
    return new UnreadableException();
  }

  private String nesting() {
    return choices.containsKey("any") ? ", or put them into a list under any or all" : "";
  }

  @Override
  public Object write(T value) {
    String name = Objects.requireNonNull(names.get(value.getClass()));
    Map<String, Object> fields = Objects.requireNonNull(choices.get(name)).fields(value);
    if (fields.isEmpty()) {
      return name;
    }
    if (kindKey == null) {
      return fields;
    }
    Map<String, Object> written = new LinkedHashMap<>();
    written.put(kindKey, name);
    written.putAll(fields);
    return written;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    String name = type.getSimpleName();
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of());
      List<Object> all = new ArrayList<>();
      List<String> words =
          choices.entrySet().stream()
              .filter(choice -> choice.getValue().mayBeEmpty())
              .map(Map.Entry::getKey)
              .toList();
      if (!words.isEmpty()) {
        all.add(Map.of("enum", words));
      }
      choices.forEach((key, form) -> all.add(object(key, form, definitions)));
      definitions.put(name, Map.of("anyOf", all));
    }
    return Map.of("$ref", "#/$defs/" + name);
  }

  private Map<String, Object> object(
      String name, RecordForm<T> form, Map<String, Object> definitions) {
    Map<String, Object> object = form.object(definitions, kindKey, kindKey == null ? null : name);
    if (kindKey == null) {
      object.put("required", firstAndRequired(name, object));
    }
    return object;
  }

  private static List<Object> firstAndRequired(String first, Map<String, Object> object) {
    List<Object> required = new ArrayList<>();
    required.add(first);
    if (object.get("required") instanceof List<?> others) {
      others.stream().filter(other -> !other.equals(first)).forEach(required::add);
    }
    return required;
  }
}
