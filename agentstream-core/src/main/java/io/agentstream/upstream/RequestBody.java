package io.agentstream.upstream;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;

/**
 * A request's body until its call is over. The JDK's pool keeps the request that opened a
 * connection as long as the connection, and a request holds a whole conversation's text.
 */
final class RequestBody implements BodyPublisher {

  private final long length;
  private volatile BodyPublisher content;

  private RequestBody(BodyPublisher content) {
    this.length = content.contentLength();
    this.content = content;
  }

  /** Returns the same request with a body that can be forgotten. */
  static HttpRequest forgettable(HttpRequest request) {
    return request
        .bodyPublisher()
        .map(
            body ->
                HttpRequest.newBuilder(request, (name, value) -> true)
                    .method(request.method(), new RequestBody(body))
                    .build())
        .orElse(request);
  }

  /** Forgets the body of a request that is not sent again. */
  static void forget(HttpRequest request) {
    request
        .bodyPublisher()
        .ifPresent(
            body -> {
              if (body instanceof RequestBody forgettable) {
                forgettable.content = BodyPublishers.noBody();
              }
            });
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    content.subscribe(subscriber);
  }
}
