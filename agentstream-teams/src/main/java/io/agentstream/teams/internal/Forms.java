package io.agentstream.teams.internal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the form of a type. */
final class Forms {

  private static final double MOST_LONG = 1e15;

  private static final Map<Class<?>, Form<?>> OF_CLASSES = new ConcurrentHashMap<>();

  private Forms() {}

  /**
   * Returns the form of a component when it is first needed, because records contain each other.
   */
  static Supplier<Form<Object>> lazily(Type type, Field field) {
    return new Supplier<>() {
      private volatile @Nullable Form<Object> form;

      @Override
      @SuppressWarnings("unchecked") // Its values come from components of this type.
      public Form<Object> get() {
        Form<Object> known = form;
        if (known == null) {
          known = (Form<Object>) of(type, field);
          form = known;
        }
        return known;
      }
    };
  }

  @SuppressWarnings("unchecked") // The key of an entry is the class of its form's values.
  static <T> Form<T> of(Class<T> type) {
    Form<?> known = OF_CLASSES.get(type);
    if (known == null) {
      known = type.isSealed() ? new ChoiceForm<>(type) : new RecordForm<>(type);
      OF_CLASSES.putIfAbsent(type, known);
    }
    return (Form<T>) known;
  }

  private static Form<?> of(Type type, Field field) {
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      return parameterized.getRawType() == List.class
          ? new ListForm<>(of(arguments[0], field), field.fewest(), field.single())
          : new MapForm<>(field.text(), of(arguments[1], field));
    }
    return scalar((Class<?>) type, field);
  }

  private static Form<?> scalar(Class<?> type, Field field) {
    if (type == String.class) {
      return new Scalars.Text(field.text(), field.longest());
    }
    if (type == Integer.class || type == int.class) {
      return number(true, field, BigDecimal::intValueExact);
    }
    if (type == Long.class) {
      double most = field.most() == Field.MOST ? MOST_LONG : field.most();
      return new Scalars.Range<>(true, field.least(), most, BigDecimal::longValueExact);
    }
    if (type == Double.class) {
      return number(false, field, BigDecimal::doubleValue);
    }
    if (type == BigDecimal.class) {
      return number(false, field, number -> number);
    }
    if (type == Boolean.class) {
      return new Scalars.YesOrNo();
    }
    if (type == Object.class) {
      return new FreeForm();
    }
    return type.isEnum() ? words(type) : of(type);
  }

  private static <N extends Number> Form<N> number(
      boolean whole, Field field, Function<BigDecimal, N> convert) {
    return new Scalars.Range<>(whole, field.least(), field.most(), convert);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // The class is that of an enum.
  private static Form<?> words(Class<?> type) {
    return Words.of((Class<? extends Enum>) type);
  }
}
