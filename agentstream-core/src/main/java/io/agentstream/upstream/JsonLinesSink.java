package io.agentstream.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.agentstream.event.ErrorCause;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream of JSON lines, as Ollama's own protocol has them, to a listener of langchain4j's:
 * each is an event. Such a listener expects a last line with {@code "done":true}; a stream that
 * ends without one is a failure.
 */
final class JsonLinesSink implements StreamSink {

  /** Package-private there; it makes one event of each line and keeps no state between lines. */
  private static final String OLLAMA = "dev.langchain4j.model.ollama.OllamaServerSentEventParser";

  private final ListenerSink listener;
  private boolean done;

  JsonLinesSink(ListenerSink listener) {
    this.listener = listener;
  }

  /** Returns true if a parser only reads JSON lines, so that this sink can replace it. */
  static boolean standsInFor(ServerSentEventParser parser) {
    return parser.getClass().getName().equals(OLLAMA);
  }

  @Override
  public void onCall(UpstreamCall call) {
    listener.onCall(call);
  }

  @Override
  public void onOpen(ResponseInfo head) {
    listener.onOpen(head);
  }

  @Override
  public void onEvent(@Nullable String type, byte[] bytes, int from, int to) {
    onJson(bytes, from, to);
  }

  @Override
  public void onJson(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, UTF_8);
    JsonNode json = LenientJson.read(text);
    JsonNode error = json == null ? null : json.path("error");
    if (json == null || error == null || !error.asText().isBlank() || error.isObject()) {
      listener.fail(ServerComplaint.of(0, text));
      return;
    }
    done |= json.path("done").asBoolean();
    listener.pass(new StreamedEvent(null, text));
  }

  @Override
  public void onEnd(boolean ended) {
    if (done) {
      listener.onEnd(ended);
    } else {
      onFailure(
          new ModelServerException(
              ErrorCause.BROKEN_STREAM, "its stream ended before the line that says done", true));
    }
  }

  @Override
  public void onFailure(Throwable failure) {
    listener.onFailure(failure);
  }
}
