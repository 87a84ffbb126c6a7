package io.agentstream.upstream;

import static io.agentstream.upstream.Upstreams.request;
import static io.agentstream.upstream.Upstreams.settle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.ManualClock;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A status other than 2xx is one error that says what the server said. */
@Timeout(300)
class RefusalTest {

  private final StubModelServer server = StubModelServer.start();
  private final ManualClock clock = new ManualClock();
  private final EventDrivenHttpClient client = EventDrivenHttpClient.builder().clock(clock).build();
  private final Recorder recorder = new Recorder();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429, 500, 503, 302})
  void a_refusal_is_one_error_with_its_status_and_body(int status) throws Exception {
    UpstreamHttpException refusal = refusal(StubAnswer.status(status).body("Nö."));
    assertThat(refusal.statusCode()).isEqualTo(status);
    assertThat(refusal.body()).isEqualTo("Nö.");
    assertThat(refusal.retryAfter()).isNull();
  }

  @Test
  void the_message_holds_nothing_that_the_server_wrote() throws Exception {
    UpstreamHttpException refusal = refusal(StubAnswer.status(401).body("wrong key sk-123"));
    assertThat(refusal).hasMessage("HTTP 401").hasNoCause();
  }

  @Test
  void retry_after_is_read_as_seconds() throws Exception {
    StubAnswer answer = StubAnswer.status(429).header("Retry-After", "7").body("slow down");
    assertThat(refusal(answer).retryAfter()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void retry_after_is_read_as_a_date_by_the_clock() throws Exception {
    String date = "Mon, 23 Nov 2026 10:01:00 GMT";
    StubAnswer answer = StubAnswer.status(503).header("retry-after", date).body("");
    assertThat(refusal(answer).retryAfter()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void a_long_body_is_kept_to_its_first_8_kib_and_hung_up_on() throws Exception {
    String start = "x".repeat(8 * 1024);
    UpstreamHttpException refusal = refusal(StubAnswer.status(500).bytes(start + "y".repeat(9999)));
    assertThat(refusal.body()).isEqualTo(start);
    server.awaitRequest().awaitHangUp();
  }

  @Test
  void a_body_that_is_cut_is_taken_as_far_as_it_came() throws Exception {
    UpstreamHttpException refusal = refusal(StubAnswer.status(500).bytes("half").cut());
    assertThat(refusal.statusCode()).isEqualTo(500);
    assertThat(refusal.body()).isEqualTo("half");
  }

  @Test
  void a_body_that_stalls_is_hung_up_on_when_the_grace_is_over() throws Exception {
    server.enqueue(StubAnswer.status(500).head());
    client.execute(request(server), recorder);
    // The head's alarm makes way for the body's.
    clock.awaitAlarm(StreamingCall.LINGER);
    clock.advance(StreamingCall.LINGER);
    assertThat(recorder.awaitEnd().error()).hasMessage("HTTP 500");
    server.awaitRequest().awaitHangUp();
  }

  @Test
  void a_refusal_leaves_the_connection_to_the_next_call() throws Exception {
    refusal(StubAnswer.status(429).body("slow down"));
    server.enqueue(StubAnswer.stream().done());
    client.execute(request(server), new Recorder());
    assertThat(server.awaitRequest().connection()).isEqualTo(1);
    assertThat(server.awaitRequest().connection()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void no_redirect_is_followed(int status) throws Exception {
    try (StubModelServer elsewhere = StubModelServer.start()) {
      elsewhere.otherwise(StubAnswer.stream().tokens("not from here").done());
      UpstreamHttpException refusal =
          refusal(
              StubAnswer.status(status)
                  .header("Location", elsewhere.baseUrl() + "/chat/completions")
                  .body(""));
      assertThat(refusal.statusCode()).isEqualTo(status);
      assertThat(elsewhere.openConnections()).isZero();
    }
  }

  @Test
  void what_claims_to_be_compressed_is_not_inflated() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write("data: a bomb\n\n".repeat(1_000).getBytes(UTF_8));
    }
    server.enqueue(
        StubAnswer.stream()
            .header("Content-Encoding", "gzip")
            .bytes(compressed.toByteArray())
            .end());
    client.execute(request(server), recorder);
    recorder.awaitEnd();
    assertThat(recorder.calls()).noneMatch(call -> call.contains("bomb"));
  }

  @Test
  void bytes_that_are_no_utf8_do_no_harm() throws Exception {
    byte[] latin = {'N', (byte) 0xF6};
    UpstreamHttpException refusal = refusal(StubAnswer.status(400).bytes(latin).end());
    assertThat(refusal.body()).isEqualTo(new String(latin, UTF_8));
  }

  private UpstreamHttpException refusal(StubAnswer answer) throws InterruptedException {
    server.enqueue(answer);
    client.execute(request(server), recorder);
    recorder.awaitEnd();
    settle(client);
    assertThat(recorder.calls()).containsExactly("error");
    clock.awaitAlarms(0);
    return (UpstreamHttpException) recorder.error();
  }
}
