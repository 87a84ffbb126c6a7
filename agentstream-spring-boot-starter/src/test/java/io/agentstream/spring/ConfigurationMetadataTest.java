package io.agentstream.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.ClassUtils;

/** The metadata from which an editor completes the properties says what the code does. */
class ConfigurationMetadataTest {

  /** A property of the code: its type, and its value in an application that sets none. */
  private record Property(Type type, Object value) {}

  private final List<JsonNode> described = described();
  private final SortedMap<String, Property> properties = properties();

  @Test
  void each_property_of_the_code_is_described_once_and_no_other_one() {
    assertThat(described)
        .extracting(property -> property.path("name").asText())
        .containsExactlyInAnyOrderElementsOf(properties.keySet());
  }

  @Test
  void each_has_a_description_in_sentences() {
    assertThat(described)
        .allSatisfy(
            property ->
                assertThat(property.path("description").asText())
                    .as(property.path("name").asText())
                    .matches("[A-Z][^{}<>@]+\\."));
  }

  @Test
  void each_has_the_type_of_the_code() {
    assertThat(described)
        .allSatisfy(
            property ->
                assertThat(property.path("type").asText())
                    .as(property.path("name").asText())
                    .isEqualTo(propertyOf(property).type().getTypeName()));
  }

  @Test
  void each_has_the_default_of_the_code() {
    assertThat(described)
        .allSatisfy(
            property ->
                assertThat(defaultOf(property))
                    .as(property.path("name").asText())
                    .isEqualTo(propertyOf(property).value()));
  }

  private Property propertyOf(JsonNode described) {
    return properties.get(described.path("name").asText());
  }

  /** Returns the described default as the code would read it. */
  private Object defaultOf(JsonNode described) {
    Property property = propertyOf(described);
    JsonNode value = described.path("defaultValue");
    if (value.isMissingNode()) {
      return property.value() instanceof List ? List.of() : null;
    }
    return ApplicationConversionService.getSharedInstance()
        .convert(value.asText(), (Class<?>) property.type());
  }

  /** Reads the metadata of the starter: other jars, and the tests, have theirs. */
  private static List<JsonNode> described() {
    String starter =
        AgentstreamProperties.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    List<JsonNode> described = new ArrayList<>();
    try {
      for (URL url :
          Collections.list(
              AgentstreamProperties.class
                  .getClassLoader()
                  .getResources("META-INF/spring-configuration-metadata.json"))) {
        if (url.getPath().contains(starter)) {
          new ObjectMapper().readTree(url).path("properties").forEach(described::add);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return described;
  }

  private static SortedMap<String, Property> properties() {
    SortedMap<String, Property> properties = new TreeMap<>();
    add(
        properties,
        "agentstream",
        new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("agentstream", AgentstreamProperties.class));
    return properties;
  }

  private static void add(SortedMap<String, Property> properties, String prefix, Object group) {
    for (RecordComponent component : group.getClass().getRecordComponents()) {
      String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
      Object value = valueOf(component, group);
      if (component.getType().isRecord()) {
        add(properties, name, value);
      } else {
        properties.put(name, new Property(typeOf(component), value));
      }
    }
  }

  private static Type typeOf(RecordComponent component) {
    return component.getType().isPrimitive()
        ? ClassUtils.resolvePrimitiveIfNecessary(component.getType())
        : component.getGenericType();
  }

  private static Object valueOf(RecordComponent component, Object group) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(group);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("The accessor of " + component, e);
    }
  }
}
