package io.agentstream.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.ManualClock;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestRestTest {

  private static final int LONGEST_BODY = 4_096;
  private static final int LENGTH = 100_000;
  private static final Duration NEARLY_A_GAP = Duration.ofSeconds(4);

  private final ManualClock clock = new ManualClock();
  private final List<String> responses = new ArrayList<>();

  @Test
  void a_response_waits_for_a_rest_that_comes_slowly() throws Exception {
    Zeros body = skipped(LENGTH);
    for (int i = 0; i < 4; i++) {
      clock.advance(NEARLY_A_GAP);
      body.come(LENGTH / 5);
    }
    clock.advance(NEARLY_A_GAP);
    assertThat(responses).isEmpty();

    body.come(LENGTH / 5);

    assertThat(responses).containsExactly("a response");
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void it_comes_five_seconds_after_the_last_part() throws Exception {
    Zeros body = skipped(LENGTH);
    clock.advance(NEARLY_A_GAP);
    body.come(1);
    clock.advance(Duration.ofSeconds(5).minusNanos(1));
    assertThat(responses).isEmpty();

    clock.advance(Duration.ofNanos(1));

    assertThat(responses).containsExactly("a response");
  }

  @Test
  void it_comes_after_thirty_seconds_however_the_rest_comes() throws Exception {
    Zeros body = skipped(LENGTH);
    for (int second = 1; second < 30; second++) {
      clock.advance(Duration.ofSeconds(1));
      body.come(1);
    }
    assertThat(responses).isEmpty();

    clock.advance(Duration.ofSeconds(1));

    assertThat(responses).containsExactly("a response");
  }

  @Test
  void a_rest_that_somebody_else_drops_is_waited_for_in_the_same_way() {
    RequestRest rest = rest(LENGTH, new Zeros(LENGTH, 0));
    rest.markReadByAnother();
    rest.markDroppedByAnother();
    rest.skip(() -> responses.add("a response"));
    clock.advance(NEARLY_A_GAP);
    rest.markComing();
    clock.advance(NEARLY_A_GAP);
    assertThat(responses).isEmpty();

    rest.markComplete();

    assertThat(responses).containsExactly("a response");
  }

  @Test
  void a_body_that_is_far_longer_than_any_may_be_is_not_waited_for() throws Exception {
    skipped(LONGEST_BODY + 16 * 1024 * 1024 + 1);

    assertThat(responses).containsExactly("a response");
  }

  private Zeros skipped(int length) throws Exception {
    Zeros body = new Zeros(length, 0);
    rest(length, body).skip(() -> responses.add("a response"));
    return body;
  }

  private RequestRest rest(int length, Zeros body) {
    HttpServletRequest request =
        (HttpServletRequest)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getProtocol" -> "HTTP/1.1";
                      case "getContentLengthLong" -> (long) length;
                      case "getInputStream" -> body;
                      case "getHeader" -> null;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return new RequestRest(request, clock, LONGEST_BODY);
  }
}
