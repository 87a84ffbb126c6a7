package io.agentstream.upstream;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;

/** The fixture of the client's tests. */
final class Upstreams {

  private Upstreams() {}

  static HttpRequest request(StubModelServer server) {
    return request(server.baseUrl());
  }

  static HttpRequest request(String baseUrl) {
    return HttpRequest.builder()
        .method(HttpMethod.POST)
        .url(baseUrl, "chat/completions")
        .addHeader("Content-Type", "application/json")
        .body("{}")
        .build();
  }

  /**
   * Lets a whole stream from elsewhere pass through the client. Its one selector thread has then
   * done all that earlier streams had pending, so that what has not come by now does not come.
   */
  static void settle(EventDrivenHttpClient client) throws InterruptedException {
    try (StubModelServer elsewhere = StubModelServer.start()) {
      elsewhere.otherwise(StubAnswer.stream().tokens("x").done());
      Recorder recorder = new Recorder();
      client.execute(request(elsewhere), recorder);
      recorder.awaitEnd();
    }
  }
}
