package io.agentstream.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream to a listener of langchain4j's. A whole answer becomes the chunk it would have
 * been, and a failure that the server reports as an event of its own ends the call.
 */
final class ListenerSink implements StreamSink {

  private final ServerSentEventListener listener;
  private final boolean rawEventsKept;
  private boolean inDeltas;
  private @Nullable StreamingCall call;
  private @Nullable ServerSentEventContext context;

  ListenerSink(ServerSentEventListener listener, boolean rawEventsKept) {
    this.listener = listener;
    this.rawEventsKept = rawEventsKept;
  }

  @Override
  public void onCall(UpstreamCall call) {
    this.call = (StreamingCall) call;
    this.context = new ServerSentEventContext(new Handle(call));
  }

  @Override
  public void onOpen(ResponseInfo head) {
    listener.onOpen(JdkRequests.success(head.statusCode(), head.headers().map(), null));
  }

  @Override
  public void onEvent(@Nullable String type, byte[] bytes, int from, int to) {
    String data = new String(bytes, from, to - from, UTF_8);
    ServerComplaint complaint = complaint(type, data);
    if (complaint != null) {
      fail(complaint);
    } else {
      inDeltas = inDeltas || data.contains("\"delta\"");
      pass(new StreamedEvent(type, inDeltas ? data : chunk(data)));
    }
  }

  /** Returns the event's data, or the chunk for a whole answer that came as an event. */
  private static String chunk(String data) {
    JsonNode json = data.contains("\"message\"") ? LenientJson.read(data) : null;
    return json != null && WholeAnswer.is(json) ? WholeAnswer.asChunk(json).toString() : data;
  }

  /** Returns the failure in an event that langchain4j's models would take for something else. */
  private static @Nullable ServerComplaint complaint(@Nullable String type, String data) {
    if (SseParser.ERROR_TYPE.equals(type)) {
      return ServerComplaint.of(0, data);
    }
    JsonNode json = type == null && data.contains("\"error\"") ? LenientJson.read(data) : null;
    if (json == null) {
      return null;
    }
    if (isUnnamedError(json)) {
      return ServerComplaint.of(0, data);
    }
    boolean besideText = json.path("choices").path(0).isObject();
    return besideText ? ServerComplaint.in(json) : null;
  }

  /** Returns true for Anthropic's error event without its name, which some proxies drop. */
  private static boolean isUnnamedError(JsonNode json) {
    return SseParser.ERROR_TYPE.equals(json.path("type").textValue())
        && json.path("error").isObject();
  }

  @Override
  public void onJson(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, UTF_8);
    JsonNode json = LenientJson.read(text);
    ServerComplaint complaint = json == null ? null : ServerComplaint.in(json);
    if (complaint != null) {
      if (!complaint.isVague()) {
        fail(complaint);
      }
    } else if (json != null && WholeAnswer.is(json)) {
      pass(new StreamedEvent(null, WholeAnswer.asChunk(json).toString()));
      pass(new StreamedEvent(null, "[DONE]"));
    } else {
      pass(new StreamedEvent(null, text));
    }
  }

  void fail(ServerComplaint complaint) {
    if (call != null) {
      call.givenUp(complaint.toException());
    }
  }

  void pass(StreamedEvent event) {
    if (context != null) {
      listener.onEvent(event, context);
    }
    if (!rawEventsKept) {
      event.forget();
    }
  }

  @Override
  public void onEnd(boolean done) {
    listener.onClose();
  }

  @Override
  public void onFailure(Throwable failure) {
    listener.onError(failure);
  }

  private record Handle(UpstreamCall call) implements ServerSentEventParsingHandle {
    @Override
    public void cancel() {
      call.cancel();
    }

    @Override
    public boolean isCancelled() {
      return call.isCancelled();
    }
  }
}
