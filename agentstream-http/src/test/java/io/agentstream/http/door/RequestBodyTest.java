package io.agentstream.http.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

  private static final int LONG_BODY = BodySpace.FIRST_BYTES + 10_000;
  private static final int MOST = 1 << 20;

  private final BodySpace space = new BodySpace(8 * BodySpace.FIRST_BYTES, 30_000);
  private final List<String> results = new ArrayList<>();
  private int restParts;

  @Test
  void long_bodies_that_are_held_back_take_up_a_bounded_space_together() throws Exception {
    RequestBody first = body(LONG_BODY);
    first.onDataAvailable();

    body(LONG_BODY).onDataAvailable();
    RequestBody small = body(BodySpace.FIRST_BYTES);
    small.onDataAvailable();
    small.onAllDataRead();
    first.onAllDataRead();
    RequestBody next = body(LONG_BODY);
    next.onDataAvailable();
    next.onAllDataRead();

    assertThat(results)
        .containsExactly(
            "no space", "read " + BodySpace.FIRST_BYTES, "read " + LONG_BODY, "read " + LONG_BODY);
  }

  @Test
  void one_network_takes_half_of_the_room_and_another_is_served() throws Exception {
    for (int i = 0; i < 100; i++) {
      body(LONG_BODY, "flood").onDataAvailable();
      body(LONG_BODY / 10, "flood").onDataAvailable();
    }
    assertThat(results).isNotEmpty().containsOnly("no space");
    results.clear();

    RequestBody other = body(BodySpace.FIRST_BYTES + 7_000, "another");
    other.onDataAvailable();
    other.onAllDataRead();

    assertThat(results).containsExactly("read " + (BodySpace.FIRST_BYTES + 7_000));
  }

  @Test
  void the_only_body_of_a_network_may_take_more_than_half_of_the_room() throws Exception {
    RequestBody only = body(BodySpace.FIRST_BYTES + 29_000);
    only.onDataAvailable();
    body(BodySpace.FIRST_BYTES + 1).onDataAvailable();
    only.onAllDataRead();

    assertThat(results).containsExactly("no space", "read " + (BodySpace.FIRST_BYTES + 29_000));
  }

  @Test
  void the_first_bytes_of_a_body_count_too() throws Exception {
    for (int i = 1_000; i <= 8 * BodySpace.FIRST_BYTES; i += 1_000) {
      body(1_000, "network " + i % 7).onDataAvailable();
    }
    assertThat(results).isEmpty();

    body(1_000, "one more").onDataAvailable();

    assertThat(results).containsExactly("no space");
  }

  @Test
  void a_request_that_ends_before_its_body_gives_the_space_back_once() throws Exception {
    RequestBody left = body(LONG_BODY);
    left.onDataAvailable();
    left.release();
    left.release();

    body(LONG_BODY).onDataAvailable();
    body(LONG_BODY).onDataAvailable();

    assertThat(results).containsExactly("no space");
  }

  @Test
  void a_body_without_space_gives_back_what_it_has_and_is_received_to_its_end() throws Exception {
    RequestBody first = body(LONG_BODY);
    first.onDataAvailable();
    RequestBody refused = body(2 * LONG_BODY);
    refused.onDataAvailable();
    assertThat(results).containsExactly("no space");
    first.release();

    RequestBody next = body(LONG_BODY);
    next.onDataAvailable();
    refused.onAllDataRead();

    assertThat(results).containsExactly("no space", "rest dropped");
    assertThat(restParts).isPositive();
  }

  @Test
  void a_body_that_is_too_long_takes_up_no_space_while_its_rest_comes() throws Exception {
    int most = BodySpace.FIRST_BYTES + 20_000;
    RequestBody tooLong =
        new RequestBody(new Zeros(2 * most, 2 * most), most, space.placeFor("a"), new Results());
    tooLong.onDataAvailable();

    RequestBody other = body(LONG_BODY + 5_000, "another");
    other.onDataAvailable();
    other.onAllDataRead();
    tooLong.onAllDataRead();

    assertThat(results).containsExactly("read " + (LONG_BODY + 5_000), "too large");
  }

  private RequestBody body(int length) {
    return body(length, "a network");
  }

  private RequestBody body(int length, String network) {
    BodySpace.Place place = space.placeFor(network);
    return new RequestBody(new Zeros(length, length), MOST, place, new Results());
  }

  private final class Results implements RequestBody.Owner {
    @Override
    public void read(String text) {
      results.add("read " + text.length());
    }

    @Override
    public void tooLarge(boolean complete) {
      results.add("too large");
    }

    @Override
    public void noSpace() {
      results.add("no space");
    }

    @Override
    public void restComes() {
      restParts++;
    }

    @Override
    public void restDropped() {
      results.add("rest dropped");
    }

    @Override
    public void broken(Throwable cause) {
      results.add("broken");
    }
  }
}
