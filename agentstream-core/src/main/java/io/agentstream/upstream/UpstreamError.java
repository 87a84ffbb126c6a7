package io.agentstream.upstream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a failure that a model server reports inside a 200, such as {@code
 * data:{"error":{...}}}. langchain4j's models take it for an unknown event and end as if all were
 * well.
 */
public final class UpstreamError {

  private static final JsonFactory JSON = new JsonFactory();

  private UpstreamError() {}

  /**
   * Whether {@code rawEvent} reports a failure.
   *
   * @param rawEvent what {@code StreamingChatResponseHandler.onUnmappedRawEvent} was given
   * @return true for a {@link ServerSentEvent} whose data is a JSON object with an {@code error} at
   *     its top level that is not null; false for anything else, text that is no JSON included
   */
  public static boolean isError(@Nullable Object rawEvent) {
    if (!(rawEvent instanceof ServerSentEvent event)) {
      return false;
    }
    String data = event.data();
    // Nearly every event fails this first look, and costs no parser.
    return data != null && data.contains("\"error\"") && hasTopLevelError(data);
  }

  private static boolean hasTopLevelError(String data) {
    try (JsonParser json = JSON.createParser(data)) {
      return json.nextToken() == JsonToken.START_OBJECT && findError(json);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean findError(JsonParser json) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (name.equals("error") && value != JsonToken.VALUE_NULL) {
        return true;
      }
      json.skipChildren();
    }
    return false;
  }
}
