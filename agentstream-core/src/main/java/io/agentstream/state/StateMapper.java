package io.agentstream.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import io.agentstream.internal.JacksonTypes;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Function;

/**
 * Maps the records to the document: snake_case names, lower-case enums, no nulls; langchain4j's
 * objects in langchain4j's own JSON. Unknown fields are ignored.
 */
final class StateMapper {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .typeFactory(JacksonTypes.own())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.empty().withValueInclusion(JsonInclude.Include.NON_NULL))
          .annotationIntrospector(new NullableComponents())
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(new LowerCaseEnum())
                  .addSerializer(
                      new Foreign<>(ChatMessage.class, ChatMessageSerializer::messageToJson))
                  .addDeserializer(
                      ChatMessage.class,
                      new FromForeign<>(
                          ChatMessage.class, ChatMessageDeserializer::messageFromJson))
                  .addSerializer(new Foreign<>(ToolSpecification.class, ToolSpecification::toJson))
                  .addDeserializer(
                      ToolSpecification.class,
                      new FromForeign<>(ToolSpecification.class, ToolSpecification::fromJson)))
          .build();

  private StateMapper() {}

  private static final class LowerCaseEnum extends StdSerializer<Enum<?>> {
    private static final long serialVersionUID = 1L;

    LowerCaseEnum() {
      super(Enum.class, false);
    }

    @Override
    public void serialize(Enum<?> value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  /** Writes objects that have their own JSON form. */
  private static final class Foreign<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<T, String> toJson;

    Foreign(Class<T> type, Function<T, String> toJson) {
      super(type);
      this.toJson = toJson;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeRawValue(toJson.apply(value));
    }
  }

  /** Reads objects that have their own JSON form. */
  private static final class FromForeign<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> fromJson;

    FromForeign(Class<T> type, Function<String, T> fromJson) {
      super(type);
      this.fromJson = fromJson;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return fromJson.apply(context.readTree(json).toString());
    }
  }
}
