package io.agentstream.teams.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A list.
 *
 * @param single true if an only element may stand without brackets
 */
record ListForm<T>(Form<T> element, int fewest, boolean single) implements Form<List<T>> {

  private static final int MOST = 1_000;

  @Override
  public List<T> read(Spot spot) {
    if (!(spot.node() instanceof SequenceNode list)) {
      if (single && !spot.isNull() && !(spot.node() instanceof MappingNode)) {
        return List.of(element.read(spot));
      }
      throw spot.mustBe("a list, such as [a, b]");
    }
    List<Node> nodes = list.getValue();
    if (nodes.size() < fewest || nodes.size() > MOST) {
      throw spot.wrong(
          "must have " + fewest + " to " + MOST + " elements, and has " + nodes.size());
    }
    List<T> values = new ArrayList<>();
    boolean whole = true;
    for (int i = 0; i < nodes.size(); i++) {
      try {
        values.add(element.read(spot.item(i, nodes.get(i))));
      } catch (UnreadableException e) {
        whole = false;
      }
    }
    if (!whole) {
      throw new UnreadableException();
    }
    return List.copyOf(values);
  }

  @Override
  public Object write(List<T> value) {
    List<Object> written = value.stream().map(element::write).toList();
    return single && written.size() == 1 ? written.get(0) : written;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", element.schema(definitions));
    if (fewest > 0) {
      list.put("minItems", fewest);
    }
    list.put("maxItems", MOST);
    return single ? Map.of("anyOf", List.of(element.schema(definitions), list)) : list;
  }
}
