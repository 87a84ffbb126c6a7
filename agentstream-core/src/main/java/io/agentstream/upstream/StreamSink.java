package io.agentstream.upstream;

import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/**
 * Receives a streamed response as bytes, for models that read tokens without an object for each
 * event. Callbacks of one stream never overlap; exactly one of {@link #onEnd} and {@link
 * #onFailure} is the last, or none after {@link UpstreamCall#cancel}.
 *
 * <p>Called on the client's thread: no method may block. If a method throws, the exception's type
 * is logged, and the stream continues.
 */
public interface StreamSink {

  /** Receives the call before it is sent, to be able to cancel it. */
  void onCall(UpstreamCall call);

  /** Reports the head of a 2xx; its body follows. */
  default void onOpen(ResponseInfo head) {}

  /**
   * Takes an event.
   *
   * @param type the event's name; null if it has none
   * @param bytes contains the data, as UTF-8; valid until the method returns
   * @param from the start of the data
   * @param to the end of the data
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
   * @param done true if {@code [DONE]} was received
   */
  void onEnd(boolean done);

  /** Ends the stream with a failure, possibly before its beginning. */
  void onFailure(Throwable failure);
}
