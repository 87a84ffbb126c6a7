package io.agentstream.teams.internal;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** An object whose keys are the user's. */
record MapForm<T>(Texts keys, Form<T> value) implements Form<Map<String, T>> {

  private static final int MOST = 1_000;

  @Override
  public Map<String, T> read(Spot spot) {
    Map<String, Node> nodes = entries(spot, KeyNames.of(keys));
    Map<String, T> values = new LinkedHashMap<>();
    boolean whole = true;
    for (Map.Entry<String, Node> entry : nodes.entrySet()) {
      Spot at = spot.key(entry.getKey(), entry.getValue());
      String mistake = keys.mistake(entry.getKey());
      try {
        if (mistake != null) {
          throw at.wrong("the key " + mistake);
        }
        values.put(entry.getKey(), value.read(at));
      } catch (UnreadableException e) {
        whole = false;
      }
    }
    if (!whole) {
      throw new UnreadableException();
    }
    return Collections.unmodifiableMap(values);
  }

  /**
   * Returns the entries of an object, with each key once.
   *
   * @param names the keys that error messages show
   */
  static Map<String, Node> entries(Spot spot, KeyNames names) {
    if (!(spot.node() instanceof MappingNode map)) {
      throw spot.mustBe("an object of keys and values");
    }
    if (map.getValue().size() > MOST) {
      throw spot.wrong("must have at most " + MOST + " keys, and has " + map.getValue().size());
    }
    Map<String, Node> entries = new LinkedHashMap<>();
    Set<String> twice = new HashSet<>();
    int count = 0;
    for (NodeTuple tuple : map.getValue()) {
      count++;
      if (!(tuple.getKeyNode() instanceof ScalarNode key) || key.getValue().length() > 200) {
        throw spot.wrong("has a key that is no text of at most 200 characters");
      }
      String text = key.getValue();
      int line = Spot.lineOf(key);
      String name = names.shows(text) ? text : "(key " + count + ")";
      spot.report().key(spot.path(), text, name, line);
      if (entries.put(text, tuple.getValueNode()) != null && twice.add(text)) {
        spot.report().add(line, spot.pathOf(text), "the key stands twice; keep one of them");
      }
    }
    if (!twice.isEmpty()) {
      throw new UnreadableException();
    }
    return entries;
  }

  @Override
  public Object write(Map<String, T> map) {
    Map<String, Object> written = new LinkedHashMap<>();
    map.forEach((key, each) -> written.put(key, value.write(each)));
    return written;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("propertyNames", Map.of("pattern", keys.pattern()));
    schema.put("additionalProperties", value.schema(definitions));
    schema.put("maxProperties", MOST);
    return schema;
  }
}
