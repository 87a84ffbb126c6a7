package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens wait a moment for more, where a hub is told so. */
class FlushIntervalTest {

  private static final Duration INTERVAL = Duration.ofMillis(15);

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final ConversationHub hub = hub(INTERVAL);
  private final FakeTransport socket = new FakeTransport();
  private final ViewerConnection viewer = hub.connect(socket, false);

  @Test
  void a_token_after_a_pause_leaves_at_once_and_those_close_behind_it_together() {
    ScriptedCall call = start();
    clock.advance(INTERVAL);
    call.tokens("a");
    assertThat(tokens()).containsExactly("a");

    call.tokens("b", "c");
    clock.advance(INTERVAL.minusMillis(1));
    call.tokens("d");
    assertThat(tokens()).containsExactly("a");

    clock.advance(Duration.ofMillis(1));
    assertThat(tokens()).containsExactly("a", "bcd");
  }

  @Test
  void whatever_else_happens_takes_the_tokens_before_it_along() {
    ScriptedCall call = start();
    clock.advance(INTERVAL);
    call.tokens("a", "b", "c").complete();
    assertThat(tokens()).containsExactly("a", "bc");
    assertThat(socket.of("conversation_ended")).hasSize(1);
  }

  @Test
  void an_answer_does_not_wait() {
    ScriptedCall call = start();
    clock.advance(INTERVAL);
    call.tokens("a", "b");
    int before = socket.frames.size();
    viewer.receive("{\"type\":\"list_agents\"}", true);
    assertThat(socket.frames.get(before)).contains("\"agents\"");
  }

  @Test
  void all_viewers_that_wait_share_one_alarm() {
    ScriptedCall call = start();
    String id = socket.of("conversation_created").get(0).get("conversation_id").asText();
    for (int i = 0; i < 10; i++) {
      hub.connect(new FakeTransport(), false)
          .receive(
              "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}",
              true);
    }
    clock.advance(INTERVAL);
    call.tokens("a");
    int before = clock.alarms();
    call.tokens("b", "c", "d");
    assertThat(clock.alarms()).isEqualTo(before + 1);
  }

  @Test
  void an_executor_without_a_free_thread_delays_tokens_by_one_more_interval_and_no_longer() {
    List<String> flushed = new ArrayList<>();
    List<Runnable> waiting = new ArrayList<>();
    FlushInterval interval = new FlushInterval(clock, INTERVAL, waiting::add);
    interval.soon(() -> flushed.add("a"));
    clock.advance(INTERVAL);
    assertThat(flushed).isEmpty();
    clock.advance(INTERVAL);
    assertThat(flushed).containsExactly("a");
    waiting.forEach(Runnable::run);
    assertThat(flushed).containsExactly("a");
  }

  @Test
  void it_is_a_second_at_the_most() {
    assertThatThrownBy(() -> hub(Duration.ofMillis(1001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("flushInterval");
    assertThatThrownBy(() -> hub(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private ScriptedCall start() {
    viewer.receive(
        "{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\",\"max_rounds\":1}}", true);
    return model.next();
  }

  private List<String> tokens() {
    return socket.of("streaming_token").stream()
        .map(frame -> frame.at("/data/token"))
        .map(JsonNode::asText)
        .toList();
  }

  private ConversationHub hub(Duration interval) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .clock(clock)
        .executor(Runnable::run)
        .flushInterval(interval)
        .build();
  }
}
