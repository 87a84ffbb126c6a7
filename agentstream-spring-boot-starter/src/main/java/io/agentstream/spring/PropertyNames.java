package io.agentstream.spring;

import io.agentstream.internal.NearMatch;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of all properties of the starter, without their prefix. They are compared as Boot does:
 * by letters and digits alone.
 */
final class PropertyNames {

  /** By letters and digits: of properties, and of groups, which YAML may leave empty. */
  private final Map<String, String> properties = new TreeMap<>();

  private final Map<String, String> groups = new TreeMap<>();

  PropertyNames() {
    add("", AgentstreamProperties.class);
  }

  private void add(String prefix, Class<?> group) {
    for (RecordComponent component : group.getRecordComponents()) {
      String name = prefix + dashed(component.getName());
      if (component.getType().isRecord()) {
        groups.put(plain(name), name);
        add(name + ".", component.getType());
      } else {
        properties.put(plain(name), name);
      }
    }
  }

  private static String dashed(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String plain(String name) {
    return name.replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** Returns the names, in the order of the alphabet. */
  List<String> all() {
    return properties.values().stream().sorted().toList();
  }

  boolean contains(String name) {
    return properties.containsKey(plain(name)) || groups.containsKey(plain(name));
  }

  /** Returns true if a variable of the environment stands for a property; dots are dashes there. */
  boolean containsVariable(String name) {
    return properties.keySet().stream().anyMatch(known -> undotted(known).equals(undotted(name)));
  }

  private static String undotted(String name) {
    return plain(name).replace(".", "");
  }

  /** Returns the property that was probably meant; null if none is similar. */
  @Nullable String meant(String name) {
    String last = lastPart(plain(name));
    List<String> elsewhere =
        properties.keySet().stream().filter(known -> lastPart(known).equals(last)).toList();
    String plain =
        elsewhere.size() == 1 ? elsewhere.get(0) : NearMatch.of(plain(name), properties.keySet());
    return properties.get(String.valueOf(plain));
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** Returns the names beside the given one; those of the first level are named by their groups. */
  List<String> beside(String name) {
    String group = name.contains(".") ? plain(name.substring(0, name.lastIndexOf('.'))) : "";
    String prefix = groups.containsKey(group) ? groups.get(group) + "." : "";
    return Stream.concat(properties.values().stream(), groups.values().stream())
        .filter(known -> known.startsWith(prefix) && known.lastIndexOf('.') < prefix.length())
        .map(known -> groups.containsValue(known) ? known + ".*" : known)
        .sorted()
        .toList();
  }
}
