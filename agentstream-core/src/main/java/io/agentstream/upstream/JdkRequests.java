package io.agentstream.upstream;

import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts langchain4j's requests and responses to the JDK's, and back. */
final class JdkRequests {

  private JdkRequests() {}

  static java.net.http.HttpRequest.Builder from(HttpRequest request) {
    java.net.http.HttpRequest.Builder jdk =
        java.net.http.HttpRequest.newBuilder()
            .uri(URI.create(request.url()))
            .method(request.method().name(), body(request));
    request.headers().forEach((name, values) -> addHeader(jdk, name, values));
    return jdk;
  }

  static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  static SuccessfulHttpResponse success(
      int status, Map<String, List<String>> headers, byte @Nullable [] body) {
    return SuccessfulHttpResponse.builder().statusCode(status).headers(headers).body(body).build();
  }

  private static void addHeader(
      java.net.http.HttpRequest.Builder jdk, String name, @Nullable List<String> values) {
    if (values != null) {
      values.forEach(value -> jdk.header(name, value));
    }
  }

  private static BodyPublisher body(HttpRequest request) {
    if (!request.formDataFields().isEmpty() || !request.formDataFiles().isEmpty()) {
      throw new UnsupportedOperationException(
          "EventDrivenHttpClient sends no multipart forms: give the model that uploads files"
              + " JdkHttpClient.builder() of langchain4j-http-client-jdk as its httpClientBuilder");
    }
    String body = request.body();
    return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
  }
}
