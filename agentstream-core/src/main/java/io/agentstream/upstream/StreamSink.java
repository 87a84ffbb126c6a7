package io.agentstream.upstream;

import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a streamed call brings, as bytes: for models that read tokens without an object for
 * each event. The calls of one stream never overlap; exactly one of {@link #onEnd} and {@link
 * #onFailure} is the last, or none after {@link UpstreamCall#cancel}.
 *
 * <p>Called on the client's thread: no method may block. One that throws is logged by the type of
 * what it threw, and the stream goes on.
 */
public interface StreamSink {

  /** Receives the call before it is sent, to be able to cancel it. */
  void onCall(UpstreamCall call);

  /** Takes note that a 2xx has begun; its body comes next. */
  default void onOpen(ResponseInfo head) {}

  /**
   * Takes an event.
   *
   * @param type the event's name; null if it has none
   * @param bytes holds the data, as UTF-8; good until the method returns
   * @param from where the data begins
   * @param to where it ends
   */
  void onEvent(@Nullable String type, byte[] bytes, int from, int to);

  /**
   * Takes a JSON object or array that stood in the body without {@code data:}: a failure, a whole
   * answer where the server ignored {@code stream}, or a line of newline-delimited JSON.
   */
  void onJson(byte[] bytes, int from, int to);

  /**
   * Ends the stream properly.
   *
   * @param done whether {@code [DONE]} came
   */
  void onEnd(boolean done);

  /** Ends the stream with a failure, also one before its beginning. */
  void onFailure(Throwable failure);
}
