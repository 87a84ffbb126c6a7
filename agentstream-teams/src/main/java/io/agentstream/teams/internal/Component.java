package io.agentstream.teams.internal;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A component of a record as a key of the file. */
final class Component {

  private final RecordComponent component;
  private final Field field;
  private final String key;
  private final Supplier<Form<Object>> form;

  private Component(RecordComponent component, Field field) {
    this.component = component;
    this.field = field;
    this.key = field.key().isEmpty() ? snakeCase(component.getName()) : field.key();
    this.form = Forms.lazily(component.getGenericType(), field);
  }

  static Component of(RecordComponent component) {
    Field field = component.getAnnotation(Field.class);
    return new Component(component, Objects.requireNonNull(field, component.toString()));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  String key() {
    return key;
  }

  String description() {
    return field.value();
  }

  Form<Object> form() {
    return form.get();
  }

  boolean isList() {
    return component.getType() == List.class;
  }

  private boolean isCollection() {
    return isList() || component.getType() == Map.class;
  }

  boolean required() {
    return isCollection()
        ? field.fewest() > 0
        : !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** Returns the value of a key that is not there. */
  @Nullable Object absent() {
    if (!isCollection()) {
      return null;
    }
    return isList() ? List.of() : Map.of();
  }

  boolean isAbsent(Object value) {
    return isCollection() && value.equals(absent()) && !required();
  }

  @Nullable Object valueOf(Object owner) {
    try {
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " must be public", e);
    }
  }
}
