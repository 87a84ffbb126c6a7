package io.agentstream.teams.internal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Makes any record that its fields allow, so that a new field needs no new generator. */
public final class RecordArbitraries {

  private static final int DEEPEST = 6;

  private RecordArbitraries() {}

  /** Returns any values of a record. */
  public static <T> Arbitrary<T> of(Class<T> type) {
    return of(type, 0);
  }

  /** Reads without the checks of what the parts say about each other. */
  public static <T> T read(Class<T> type, String text) {
    Report report = new Report();
    T value = Documents.read(type, text, report);
    return Objects.requireNonNull(value, () -> report.problems() + "\n" + text);
  }

  private static <T> Arbitrary<T> of(Class<T> type, int depth) {
    if (type.isSealed()) {
      List<Arbitrary<T>> choices =
          Arrays.stream(type.getPermittedSubclasses())
              .filter(each -> depth < DEEPEST || !contains(each, type))
              .map(each -> RecordArbitraries.<T>unchecked(of(each, depth + 1)))
              .toList();
      return Arbitraries.oneOf(choices);
    }
    List<Arbitrary<Object>> values =
        Arrays.stream(type.getRecordComponents()).map(each -> component(each, depth)).toList();
    return values.isEmpty()
        ? Arbitraries.create(() -> create(type, List.of()))
        : Combinators.combine(values).as(given -> create(type, given));
  }

  private static boolean contains(Class<?> type, Class<?> other) {
    return Arrays.stream(type.getRecordComponents())
        .anyMatch(each -> each.getGenericType().getTypeName().contains(other.getName()));
  }

  private static <T> T create(Class<T> type, List<Object> values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      return type.getDeclaredConstructor(types).newInstance(values.toArray());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.toString(), e);
    }
  }

  private static Arbitrary<Object> component(RecordComponent component, int depth) {
    Field field = component.getAnnotation(Field.class);
    Arbitrary<Object> value = unchecked(value(component.getGenericType(), field, depth + 1));
    boolean optional = !Component.of(component).required();
    boolean collection = Stream.of(List.class, Map.class).anyMatch(component.getType()::equals);
    if (depth > DEEPEST && optional) {
      return collection
          ? Arbitraries.just(component.getType() == List.class ? List.of() : Map.of())
          : Arbitraries.just((Object) 0).map(unused -> null);
    }
    return optional && !collection ? value.injectNull(0.5) : value;
  }

  private static Arbitrary<?> value(Type type, Field field, int depth) {
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      if (parameterized.getRawType() == List.class) {
        return value(arguments[0], field, depth)
            .list()
            .ofMinSize(field.fewest())
            .ofMaxSize(Math.max(1, 3 - depth / 2));
      }
      return Arbitraries.maps(text(field), value(arguments[1], field, depth)).ofMaxSize(2);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class) {
      return text(field);
    }
    if (plain == Boolean.class) {
      return Arbitraries.of(true, false);
    }
    if (Number.class.isAssignableFrom(plain)) {
      return number(plain, field);
    }
    if (plain == Object.class) {
      return Arbitraries.oneOf(
          text(field).map(text -> (Object) text),
          Arbitraries.integers().map(number -> (Object) number),
          Arbitraries.of(true, false).map(truth -> (Object) truth),
          Arbitraries.of(0.5, 1.25e-3).map(number -> (Object) number),
          text(field).list().ofMaxSize(2).map(list -> (Object) list));
    }
    return plain.isEnum() ? Arbitraries.of(plain.getEnumConstants()) : of(plain, depth);
  }

  private static Arbitrary<String> text(Field field) {
    return switch (field.text()) {
      case ANY ->
          Arbitraries.oneOf(
                  Arbitraries.of(
                      "true",
                      "1",
                      "1.0",
                      "null",
                      "~",
                      "- x",
                      "a: b",
                      "#x",
                      "'",
                      "\"",
                      "yes",
                      "{a",
                      "\u2028line",
                      "tab\there",
                      "two\nlines\n",
                      " around ",
                      "作家 😀",
                      "0x1f",
                      "*a",
                      "&a",
                      "!x",
                      "|",
                      ">",
                      "%",
                      "@",
                      "`",
                      "é".repeat(200)),
                  Arbitraries.strings()
                      .all()
                      .excludeChars('\ufffe', '\uffff')
                      .ofMinLength(1)
                      .ofMaxLength(20))
              .filter(text -> !text.isBlank() && isYaml(text) && text.length() <= field.longest());
      case NAME -> Arbitraries.of("Ann", "Ben", "编辑", "No 1", "O'Hara", "a: b", "true");
      case ID -> Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(8);
      case VARIABLE -> Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
      case URL -> Arbitraries.of("http://127.0.0.1:1/v1", "https://tools.example/mcp?x=1#a");
    };
  }

  /** Surrogates without their partner are no text that a file in UTF-8 can hold. */
  private static boolean isYaml(String text) {
    return text.codePoints().noneMatch(c -> (c >= 0xD800 && c <= 0xDFFF) || c == 0xFEFF);
  }

  private static Arbitrary<?> number(Class<?> type, Field field) {
    double most = Math.min(field.most(), 1e9);
    if (type == Integer.class) {
      return Arbitraries.integers().between((int) field.least(), (int) most);
    }
    if (type == Long.class) {
      return Arbitraries.longs().between((long) field.least(), (long) most);
    }
    Arbitrary<BigDecimal> decimals =
        Arbitraries.bigDecimals()
            .between(BigDecimal.valueOf(field.least()), BigDecimal.valueOf(most))
            .ofScale(6)
            .map(number -> new BigDecimal(number.stripTrailingZeros().toPlainString()));
    return type == BigDecimal.class ? decimals : decimals.map(BigDecimal::doubleValue);
  }

  @SuppressWarnings("unchecked") // The caller knows the type from a class.
  private static <T> Arbitrary<T> unchecked(Arbitrary<?> arbitrary) {
    return (Arbitrary<T>) arbitrary;
  }
}
