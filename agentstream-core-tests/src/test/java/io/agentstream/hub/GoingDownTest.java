package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Conversations when the server shuts down, and when nobody views them. */
class GoingDownTest {

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(
              Agent.builder("Ann").model(model).build(), Agent.builder("Ben").model(model).build())
          .clock(clock)
          .executor(Runnable::run)
          .build();
  private final FakeTransport socket = new FakeTransport();
  private final ViewerConnection viewer = hub.connect(socket, false);

  @Test
  void while_it_drains_whoever_speaks_may_finish_and_nobody_else_begins() {
    start();
    ScriptedCall ann = model.next().tokens("half");

    CompletableFuture<Void> drained = hub.drain().toCompletableFuture();

    assertThat(drained).isNotDone();
    assertThat(socket.closeCode).isZero();
    ann.tokens(" and half").complete();
    assertThat(drained).isDone();
    assertThat(last("streaming_complete").at("/data/full_content").asText())
        .isEqualTo("half and half");
    assertThat(socket.of("speaker_change")).hasSize(1);
    assertThat(model.isIdle()).isTrue();
    assertThat(socket.closeCode).isEqualTo(1001);
  }

  @Test
  void it_waits_no_longer_than_the_grace() {
    start();
    model.next().tokens("half");
    CompletableFuture<Void> drained = hub.drain().toCompletableFuture();

    clock.advance(hub.timeouts().drain());

    assertThat(drained).isDone();
    assertThat(socket.closeCode).isEqualTo(1001);
    assertThat(isOver()).isTrue();
  }

  @Test
  void with_nobody_speaking_it_goes_down_at_once() {
    assertThat(hub.drain().toCompletableFuture()).isDone();
    assertThat(socket.closeCode).isEqualTo(1001);
  }

  @Test
  void while_it_drains_starts_get_unavailable_and_new_connections_1013() {
    String id = start();
    model.next().tokens("half");
    CompletableFuture<Void> drained = hub.drain().toCompletableFuture();
    assertThat(hub.isDraining()).isTrue();

    send("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"More?\"}}");
    FakeTransport late = new FakeTransport();
    hub.connect(late, false);
    send("{\"type\":\"stop_speaker\",\"data\":{\"conversation_id\":\"" + id + "\"}}");

    assertThat(last("error").at("/data/code").asText()).isEqualTo("unavailable");
    assertThat(late.closeCode).isEqualTo(1013);
    assertThat(late.frames).isEmpty();
    assertThat(last("streaming_complete").at("/data/finish_reason").asText()).isEqualTo("stopped");
    assertThat(drained).isDone();
  }

  @Test
  void a_conversation_that_nobody_views_is_abandoned_after_a_while() {
    String id = start();
    model.next().tokens("To nobody");
    viewer.closed();

    clock.advance(hub.timeouts().unviewedAnonymous().minusMillis(1));
    assertThat(isOver()).isFalse();
    clock.advance(Duration.ofMillis(1));

    assertThat(isOver()).isTrue();
    FakeTransport back = new FakeTransport();
    hub.connect(back, false)
        .receive(
            "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}", true);
    assertThat(back.of("snapshot").get(0).at("/data/ended/reason").asText()).isEqualTo("abandoned");
  }

  @Test
  void who_leaves_it_and_stays_connected_does_not_view_it() {
    String id = start();
    model.next().tokens("To nobody");
    send("{\"type\":\"leave_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}");
    clock.advance(hub.timeouts().unviewedAnonymous());
    assertThat(isOver()).isTrue();
  }

  @Test
  void joining_anew_on_the_same_connection_counts_once() {
    String id = start();
    model.next().tokens("To one");
    String join = "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}";
    send(join);
    send(join);
    send("{\"type\":\"leave_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}");
    clock.advance(hub.timeouts().unviewedAnonymous());
    assertThat(isOver()).isTrue();
  }

  private String start() {
    send("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}");
    return last("accepted").at("/data/conversation_id").asText();
  }

  private boolean isOver() {
    return hub.conversations().iterator().next().result().isDone();
  }

  private void send(String message) {
    viewer.receive(message, true);
  }

  private JsonNode last(String type) {
    var frames = socket.of(type);
    return frames.get(frames.size() - 1);
  }
}
