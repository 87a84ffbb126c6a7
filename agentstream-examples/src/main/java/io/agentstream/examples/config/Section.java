package io.agentstream.examples.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.internal.NearMatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a configuration file. It knows its place in the file, so that error messages
 * name keys like {@code agents[1].temperature}. Each getter returns null for a missing key.
 */
final class Section {

  private static final JsonMapper VALUES = new JsonMapper();

  private final String place;
  private final ObjectNode json;

  private Section(String place, ObjectNode json) {
    this.place = place;
    this.json = json;
  }

  /**
   * Wraps an object.
   *
   * @param known the allowed keys
   */
  static Section of(String place, JsonNode node, Set<String> known) throws ConfigException {
    if (!(node instanceof ObjectNode json)) {
      throw ConfigException.at(place, "must be an object");
    }
    Section section = new Section(place, json);
    int number = 1;
    for (Iterator<String> keys = json.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!known.contains(key)) {
        throw section.unknown(key, number, known);
      }
      number++;
    }
    return section;
  }

  /** Names a key only if it is nearly a known one; any other may be a secret. */
  private ConfigException unknown(String key, int number, Set<String> known) {
    String meant = key.isBlank() ? null : NearMatch.of(key, new TreeSet<>(known));
    String guess = meant == null ? "" : "did you mean '" + meant + "'? ";
    return wrong(
        meant == null ? "(key " + number + ")" : key,
        "unknown key; " + guess + "known here: " + String.join(", ", new TreeSet<>(known)));
  }

  boolean has(String key) {
    return json.has(key);
  }

  @Nullable Section section(String key, Set<String> known) throws ConfigException {
    JsonNode node = json.get(key);
    return node == null ? null : of(placeOf(key), node, known);
  }

  @Nullable List<Section> sections(String key, Set<String> known) throws ConfigException {
    JsonNode node = json.get(key);
    if (node == null) {
      return null;
    }
    if (!node.isArray()) {
      throw wrong(key, "must be a list");
    }
    List<Section> sections = new ArrayList<>();
    for (JsonNode element : node) {
      sections.add(of(placeOf(key) + "[" + sections.size() + "]", element, known));
    }
    return sections;
  }

  String requiredText(String key) throws ConfigException {
    String text = text(key);
    if (text == null) {
      throw wrong(key, "is missing");
    }
    return text;
  }

  @Nullable String text(String key) throws ConfigException {
    JsonNode node = json.get(key);
    if (node == null) {
      return null;
    }
    if (!node.isTextual()) {
      throw wrong(key, "must be a text");
    }
    if (node.textValue().isBlank()) {
      throw wrong(key, "must not be blank");
    }
    return node.textValue();
  }

  /** Returns a list of at least one text. */
  @Nullable List<String> texts(String key) throws ConfigException {
    JsonNode node = json.get(key);
    if (node == null) {
      return null;
    }
    if (!node.isArray() || node.isEmpty()) {
      throw wrong(key, "must be a list with at least one text");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isTextual()) {
        throw wrong(key + "[" + texts.size() + "]", "must be a text");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** Returns an object's values as Java objects; empty for a missing key. */
  Map<String, Object> values(String key) throws ConfigException {
    JsonNode node = json.get(key);
    if (node == null) {
      return Map.of();
    }
    if (!node.isObject()) {
      throw wrong(key, "must be an object");
    }
    return VALUES.convertValue(node, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  @Nullable Boolean yesOrNo(String key) throws ConfigException {
    JsonNode node = json.get(key);
    if (node != null && !node.isBoolean()) {
      throw wrong(key, "must be true or false");
    }
    return node == null ? null : node.booleanValue();
  }

  @Nullable Integer wholeNumber(String key, int least, int most) throws ConfigException {
    JsonNode node = json.get(key);
    if (node == null) {
      return null;
    }
    if (!node.isIntegralNumber()) {
      throw wrong(key, "must be a whole number");
    }
    if (!node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
      throw wrong(key, "must be from " + least + " to " + most);
    }
    return node.intValue();
  }

  @Nullable Double number(String key, double least, double most) throws ConfigException {
    JsonNode node = json.get(key);
    if (node == null) {
      return null;
    }
    if (!node.isNumber()) {
      throw wrong(key, "must be a number");
    }
    double value = node.doubleValue();
    if (value < least || value > most) {
      throw wrong(key, "must be from " + least + " to " + most);
    }
    return value;
  }

  ConfigException wrong(String key, String reason) {
    return ConfigException.at(placeOf(key), reason);
  }

  String placeOf(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }
}
