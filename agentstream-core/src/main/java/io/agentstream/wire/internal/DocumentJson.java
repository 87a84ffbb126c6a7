package io.agentstream.wire.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.agentstream.event.ErrorCode;
import io.agentstream.internal.JacksonTypes;
import io.agentstream.internal.PlainText;
import io.agentstream.settings.Limits;
import io.agentstream.wire.ConversationDocument;
import io.agentstream.wire.ProtocolException;
import java.io.IOException;
import java.util.List;

/**
 * Reads the documents of conversations that viewers import, and believes nothing of them. Reads
 * them as a stream: what is not part of a document takes no memory. Thread-safe.
 */
public final class DocumentJson {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_NAME_CHARS = 1_000;

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNameLength(MAX_NAME_CHARS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .typeFactory(JacksonTypes.own())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .addModule(new SimpleModule().addDeserializer(String.class, new Text()))
          .build();

  private DocumentJson() {}

  /**
   * Reads a document.
   *
   * @throws ProtocolException if it is not JSON, not a document of this version, or over a limit
   */
  public static ConversationDocument read(String text, Limits limits) throws ProtocolException {
    checkVersion(text);
    ConversationDocument document;
    try {
      document = STRICT.readValue(text, ConversationDocument.class);
    } catch (JsonMappingException e) {
      throw refusal("'" + place(e.getPath()) + "' is not what version 1 of a document has there.");
    } catch (JsonProcessingException e) {
      throw notJson();
    }
    return new DocumentCheck(limits).checked(document);
  }

  /** Writes a document, in one line. */
  public static String write(ConversationDocument document) {
    try {
      return Json.MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every document can be written", e);
    }
  }

  /** Reads through all of the text, so that the version is judged before anything else. */
  private static void checkVersion(String text) throws ProtocolException {
    boolean found = false;
    try (JsonParser json = STRICT.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new ProtocolException(
            ErrorCode.INVALID_JSON, "The document must be one JSON object.", null);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isVersion = json.currentName().equals("version");
        JsonToken value = json.nextToken();
        if (isVersion) {
          found = true;
          check(value == JsonToken.VALUE_NUMBER_INT ? json.getText() : "");
        }
        json.skipChildren();
      }
      if (json.nextToken() != null) {
        throw notJson();
      }
    } catch (IOException e) {
      throw notJson();
    }
    if (!found) {
      throw refusal("'version' is missing: this is not an exported conversation.");
    }
  }

  private static void check(String version) throws ProtocolException {
    if (!version.equals(Integer.toString(ConversationDocument.VERSION))) {
      throw refusal(
          "'version' must be "
              + ConversationDocument.VERSION
              + ": this server reads no other; a newer one may have written it.");
    }
  }

  private static ProtocolException notJson() {
    return new ProtocolException(
        ErrorCode.INVALID_JSON,
        "The document is not valid JSON, is nested too deeply, or has a name twice in one object.",
        null);
  }

  private static ProtocolException refusal(String problem) {
    return new ProtocolException(ErrorCode.INVALID_FIELD, problem, null);
  }

  /** Returns where it is, without what is there. */
  private static String place(List<Reference> path) {
    StringBuilder place = new StringBuilder();
    for (Reference reference : path) {
      String field = reference.getFieldName();
      if (field == null) {
        place.append('[').append(reference.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(PlainText.cut(field, 64));
      }
    }
    return place.isEmpty() ? "document" : place.toString();
  }

  /** Takes texts only, and replaces halves of surrogate pairs, which nobody could be sent. */
  private static final class Text extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1L;

    Text() {
      super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return json.hasToken(JsonToken.VALUE_STRING)
          ? PlainText.wellFormed(json.getText())
          : (String) context.handleUnexpectedToken(String.class, json);
    }
  }
}
