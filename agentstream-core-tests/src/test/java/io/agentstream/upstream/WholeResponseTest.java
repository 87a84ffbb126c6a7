package io.agentstream.upstream;

import static io.agentstream.upstream.Upstreams.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are not streamed behave as with langchain4j's stock client. */
@Timeout(300)
class WholeResponseTest {

  private final StubModelServer server = StubModelServer.start();
  private final EventDrivenHttpClient client = EventDrivenHttpClient.builder().build();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_success_has_status_headers_and_body() throws Exception {
    server.enqueue(StubAnswer.status(201).header("X-Test", "1").body("Grüße"));
    SuccessfulHttpResponse response = client.execute(request(server));
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("Grüße");
    assertThat(response.headers().get("x-test")).containsExactly("1");
    StubRequest request = server.awaitRequest();
    assertThat(request.body()).isEqualTo("{}");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.requestLine()).startsWith("POST /v1/chat/completions ");
  }

  @Test
  void a_refusal_is_thrown_with_what_the_server_said() {
    server.enqueue(StubAnswer.status(429).header("Retry-After", "7").body("x".repeat(9000)));
    UpstreamHttpException refusal =
        catchThrowableOfType(UpstreamHttpException.class, () -> client.execute(request(server)));
    assertThat(refusal.statusCode()).isEqualTo(429);
    assertThat(refusal.body()).hasSize(8 * 1024);
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void a_head_that_does_not_come_in_time_is_langchain4js_timeout() {
    server.enqueue(StubAnswer.stream().stallUntil(new CountDownLatch(1)));
    EventDrivenHttpClient hasty =
        EventDrivenHttpClient.builder().readTimeout(Duration.ofMillis(50)).build();
    assertThatThrownBy(() -> hasty.execute(request(server))).isInstanceOf(TimeoutException.class);
  }

  @Test
  void a_cut_is_thrown_around_the_io_exception() {
    server.enqueue(StubAnswer.stream().event("a").cut());
    assertThatThrownBy(() -> client.execute(request(server)))
        .isExactlyInstanceOf(RuntimeException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void an_interrupt_is_kept() {
    server.enqueue(StubAnswer.stream().stallUntil(new CountDownLatch(1)));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> client.execute(request(server)))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void a_multipart_form_is_refused_with_what_to_use_instead() {
    HttpRequest form =
        HttpRequest.builder()
            .method(HttpMethod.POST)
            .url(server.baseUrl())
            .addFormDataField("name", "value")
            .build();
    assertThatThrownBy(() -> client.execute(form))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("langchain4j-http-client-jdk");
  }

  @Test
  void settings_out_of_range_are_refused() {
    EventDrivenHttpClientBuilder builder = EventDrivenHttpClient.builder();
    assertThatThrownBy(() -> builder.readTimeout(Duration.ZERO)).hasMessageContaining("positive");
    assertThatThrownBy(() -> builder.connectTimeout(Duration.ofSeconds(-1)))
        .hasMessageContaining("positive");
    assertThatThrownBy(() -> builder.maxEventBytes(0)).hasMessageContaining("positive");
  }

  @Test
  void kept_timeouts_stay_as_they_are() {
    EventDrivenHttpClientBuilder builder =
        EventDrivenHttpClient.builder().connectTimeout(Duration.ofSeconds(3)).keepTimeouts();
    builder.connectTimeout(Duration.ofSeconds(15)).readTimeout(Duration.ofSeconds(60));
    assertThat(builder.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(builder.readTimeout()).isEqualTo(Duration.ofMinutes(30));
  }
}
