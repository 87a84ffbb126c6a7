package io.agentstream.upstream.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import io.agentstream.upstream.LenientJson;
import io.agentstream.upstream.ServerComplaint;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a failure that a model server reports inside a 200, such as {@code
 * data:{"error":{...}}}. langchain4j's models treat it as an unknown event and end as if it had
 * succeeded.
 */
public final class UpstreamError {

  private UpstreamError() {}

  /**
   * Returns true if {@code rawEvent} reports a failure.
   *
   * @param rawEvent the argument of {@code StreamingChatResponseHandler.onUnmappedRawEvent}
   * @return true for a {@link ServerSentEvent} whose data is JSON that {@linkplain
   *     ServerComplaint#in complains}; false for anything else, text that is no JSON included
   */
  public static boolean isError(@Nullable Object rawEvent) {
    return in(rawEvent) != null;
  }

  /** Returns the failure that {@code rawEvent} reports; null if it reports none. */
  public static @Nullable ServerComplaint in(@Nullable Object rawEvent) {
    if (!(rawEvent instanceof ServerSentEvent event)) {
      return null;
    }
    String data = event.data();
    JsonNode json = data == null || !data.contains("{") ? null : LenientJson.read(data);
    ServerComplaint complaint = json == null ? null : ServerComplaint.in(json);
    return complaint == null || complaint.isVague() ? null : complaint;
  }
}
