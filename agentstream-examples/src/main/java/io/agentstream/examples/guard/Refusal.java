package io.agentstream.examples.guard;

import io.agentstream.http.door.HttpProblem;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers a request that must not pass the guards. */
final class Refusal {

  private Refusal() {}

  /**
   * Sends a status and a line of text, and closes the connection afterwards.
   *
   * @param reason the text for the client; may be empty
   */
  static void send(Response response, Callback callback, int status, String reason) {
    String type = reason.isEmpty() ? null : "text/plain;charset=utf-8";
    send(response, callback, status, type, reason);
  }

  /** Sends a problem to a client of a door, and closes the connection afterwards. */
  static void send(Response response, Callback callback, HttpProblem problem) {
    send(response, callback, problem.status(), HttpProblem.CONTENT_TYPE, problem.toJson());
  }

  private static void send(
      Response response, Callback callback, int status, @Nullable String type, String body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    if (type != null) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    }
    Content.Sink.write(response, true, body, callback);
  }
}
