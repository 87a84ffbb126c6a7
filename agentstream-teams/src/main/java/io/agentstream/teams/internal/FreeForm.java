package io.agentstream.teams.internal;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value of any type, handed on as it stands: texts, numbers, booleans, lists and objects. */
record FreeForm() implements Form<Object> {

  @Override
  public Object read(Spot spot) {
    if (spot.node() instanceof SequenceNode list) {
      List<Object> values = new ArrayList<>();
      for (Node each : list.getValue()) {
        values.add(read(spot.item(values.size(), each)));
      }
      return List.copyOf(values);
    }
    if (spot.node() instanceof MappingNode) {
      Map<String, Object> values = new LinkedHashMap<>();
      MapForm.entries(spot, KeyNames.of(Texts.ANY))
          .forEach((key, value) -> values.put(key, read(spot.key(key, value))));
      return Collections.unmodifiableMap(values);
    }
    if (spot.isNull()) {
      throw spot.mustBe("a value; leave the key out for none");
    }
    return spot.isText() ? spot.scalar() : spot.isNumber() ? number(spot) : truth(spot);
  }

  private static Object truth(Spot spot) {
    return new Scalars.YesOrNo().read(spot);
  }

  private static Object number(Spot spot) {
    BigDecimal number =
        new Scalars.Range<>(false, -1e18, 1e18, value -> value).read(spot).stripTrailingZeros();
    if (number.scale() > 0) {
      return number.doubleValue();
    }
    long whole = number.longValueExact();
    return whole == (int) whole ? (Object) (int) whole : (Object) whole;
  }

  @Override
  public Object write(Object value) {
    return value;
  }

  @Override
  public Map<String, Object> schema(Map<String, Object> definitions) {
    return Map.of("type", List.of("string", "number", "boolean", "array", "object"));
  }
}
