package io.agentstream.examples.guard;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers a request that must not pass the guards. */
final class Refusal {

  private Refusal() {}

  /**
   * Sends a status and a line of text, and closes the connection afterwards.
   *
   * @param reason the text for the client; may be empty
   */
  static void send(Response response, Callback callback, int status, String reason) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    if (!reason.isEmpty()) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    }
    Content.Sink.write(response, true, reason, callback);
  }
}
