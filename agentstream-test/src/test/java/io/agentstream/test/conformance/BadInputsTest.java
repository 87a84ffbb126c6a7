package io.agentstream.test.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Which answers to an invalid input pass. */
class BadInputsTest {

  private static final String PONG = "{\"type\":\"pong\",\"in_reply_to\":\"c1\",\"data\":{}}";
  private static final String REFUSAL =
      "{\"type\":\"error\",\"data\":{\"code\":\"conflict\",\"message\":\"No.\"}}";
  private static final String PING = "{\"type\":\"ping\",\"data\":{}}";
  private static final BadInput WRONG = BadInput.refused("wrong");
  private static final BadInput DOUBTFUL = BadInput.harmless("doubtful");

  @Test
  void a_refusal_passes_before_and_after_the_reply_to_the_ping() {
    assertThat(left(WRONG, REFUSAL, PONG)).isZero();
    assertThat(left(WRONG, PONG, REFUSAL)).isZero();
    assertThat(left(WRONG, PONG, PING, REFUSAL)).isZero();
  }

  @Test
  void a_doubtful_input_need_not_be_refused() {
    assertThat(left(DOUBTFUL, PONG)).isZero();
    assertThat(left(DOUBTFUL, REFUSAL, PONG)).isZero();
  }

  @Test
  void an_input_without_a_refusal_fails() {
    assertThatThrownBy(() -> await(WRONG, Duration.ZERO, frames(PONG, PING)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("Not refused: wrong");
  }

  @Test
  void an_event_of_a_conversation_and_a_second_refusal_fail() {
    String event = REFUSAL.replace("\"data\"", "\"seq\":1,\"data\"");
    assertThatThrownBy(() -> left(WRONG, event, PONG)).hasMessageStartingWith("wrong got ");
    assertThatThrownBy(() -> left(WRONG, REFUSAL, REFUSAL, PONG))
        .hasMessageStartingWith("wrong was refused again: ");
  }

  /** Returns how many frames are still unread after the wait. */
  private static int left(BadInput row, String... texts) {
    Queue<JsonNode> frames = frames(texts);
    await(row, Duration.ofMinutes(1), frames);
    return frames.size();
  }

  private static void await(BadInput row, Duration longest, Queue<JsonNode> frames) {
    BadInputs.await(frames::remove, "c1", row, longest);
  }

  private static Queue<JsonNode> frames(String... texts) {
    return new ArrayDeque<>(List.of(texts).stream().map(Json::parse).toList());
  }
}
