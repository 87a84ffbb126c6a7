package io.agentstream.teams.internal;

import io.agentstream.internal.NearMatch;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The form of a record: an object with a key for each component. */
final class RecordForm<T> implements Form<T> {

  private final Class<T> type;
  private final List<Component> components;
  private final boolean shorthand;

  RecordForm(Class<T> type) {
    this.type = type;
    this.components = Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
    this.shorthand = type.isAnnotationPresent(Shorthand.class);
  }

  List<String> keys() {
    return components.stream().map(Component::key).toList();
  }

  /** Returns true if a single word may stand for the whole record. */
  boolean mayBeEmpty() {
    return components.stream().noneMatch(Component::required);
  }

  T empty() {
    return create(components.stream().map(Component::absent).toArray());
  }

  @Override
  public T read(Spot spot) {
    return shorthand && !(spot.node() instanceof MappingNode)
        ? readShorthand(spot)
        : read(spot, MapForm.entries(spot, KeyNames.near(keys())), null);
  }

  /** A list stands for the first component that is one, and anything else for the first of all. */
  private T readShorthand(Spot spot) {
    boolean list = spot.node() instanceof SequenceNode;
    @Nullable Object[] values = components.stream().map(Component::absent).toArray();
    int index = 0;
    for (int i = values.length - 1; list && i >= 0; i--) {
      index = components.get(i).isList() ? i : index;
    }
    values[index] = components.get(index).form().read(spot);
    return create(values);
  }

  /**
   * Reads an object.
   *
   * @param also a key that is known beside the components' own; null for none
   */
  T read(Spot spot, Map<String, Node> entries, @Nullable String also) {
    boolean whole = true;
    for (String key : entries.keySet()) {
      if (!keys().contains(key) && !key.equals(also)) {
        spot.key(key, entries.get(key)).wrong(unknown(key, also));
        whole = false;
      }
    }
    @Nullable Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      Component component = components.get(i);
      Node node = entries.get(component.key());
      try {
        values[i] = node == null ? absent(spot, component) : present(spot, component, node);
      } catch (UnreadableException e) {
        whole = false;
      }
    }
    if (!whole) {
      throw new UnreadableException();
    }
    return create(values);
  }

  private static @Nullable Object absent(Spot spot, Component component) {
    if (component.required()) {
      throw spot.wrong("'" + component.key() + "' is missing");
    }
    return component.absent();
  }

  private static Object present(Spot spot, Component component, Node node) {
    Spot at = spot.key(component.key(), node);
    if (at.isNull()) {
      throw at.wrong("is empty; give it a value, or leave the key out");
    }
    return component.form().read(at);
  }

  private String unknown(String key, @Nullable String also) {
    List<String> known = Stream.concat(Stream.ofNullable(also), keys().stream()).toList();
    String meant = NearMatch.of(key, known);
    return "unknown key; "
        + (meant == null ? "" : "did you mean '" + meant + "'? ")
        + "known here: "
        + String.join(", ", known);
  }

  private T create(@Nullable Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          type.getSimpleName() + " refuses values that its form accepts", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " must be a public record", e);
    }
  }

  @Override
  public Object write(T value) {
    Map<String, Object> written = fields(value);
    return shorthand && written.size() == 1 && standsAlone(written.keySet().iterator().next())
        ? written.values().iterator().next()
        : written;
  }

  private boolean standsAlone(String key) {
    return key.equals(components.get(0).key())
        || components.stream().filter(Component::isList).map(Component::key).anyMatch(key::equals);
  }

  Map<String, Object> fields(T value) {
    Map<String, Object> written = new LinkedHashMap<>();
    for (Component component : components) {
      Object each = component.valueOf(value);
      if (each != null && !component.isAbsent(each)) {
        written.put(component.key(), component.form().write(each));
      }
    }
    return written;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    String name = type.getSimpleName();
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of());
      Map<String, Object> object = object(definitions, null, null);
      definitions.put(name, shorthand ? withShorthands(object, definitions) : object);
    }
    return Map.of("$ref", "#/$defs/" + name);
  }

  private Map<String, Object> withShorthands(
      Map<String, Object> object, Map<String, Object> definitions) {
    List<Object> all = new ArrayList<>();
    for (Component component : components) {
      if (standsAlone(component.key())) {
        all.add(component.form().schema(definitions));
      }
    }
    all.add(object);
    return Map.of("anyOf", all);
  }

  /**
   * Returns the schema of an object.
   *
   * @param also a key that it has beside the components' own, and its value; null for none
   */
  Map<String, Object> object(
      Map<String, Object> definitions, @Nullable String also, @Nullable String value) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    if (also != null) {
      properties.put(also, Map.of("const", String.valueOf(value)));
      required.add(also);
    }
    for (Component component : components) {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("description", component.description());
      schema.putAll(component.form().schema(definitions));
      properties.put(component.key(), schema);
      if (component.required()) {
        required.add(component.key());
      }
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("type", "object");
    object.put("properties", properties);
    if (!required.isEmpty()) {
      object.put("required", required);
    }
    object.put("additionalProperties", false);
    return object;
  }
}
