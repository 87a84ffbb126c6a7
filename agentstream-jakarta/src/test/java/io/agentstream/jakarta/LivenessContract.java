package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.hubOf;
import static io.agentstream.jakarta.ServedHub.saying;
import static io.agentstream.jakarta.ServedHub.start;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pings, viewers that are gone, and a server that goes. */
interface LivenessContract extends ServedHub {

  Duration HEARTBEAT = Duration.ofSeconds(20);
  Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * A known viewer has one for its heartbeat, and one for writes that do not end; a forgotten one
   * none.
   */
  int ALARMS_OF_ONE = 2;

  /**
   * No send is stuck, however far the test moves the clock before the container has told that it is
   * done.
   */
  Timeouts PATIENT = Timeouts.builder().stuckWrite(Duration.ofDays(1)).build();

  @Test
  default void ping_is_answered_with_pong() throws Exception {
    serve(saying("Hi"));
    SocketViewer viewer = viewer();

    viewer.send(
        """
        {"type": "ping", "id": "p1"}""");

    assertThat(viewer.expect("pong").get("in_reply_to").asText()).isEqualTo("p1");
  }

  @Test
  default void after_a_heartbeat_of_silence_the_server_pings() throws Exception {
    ManualClock clock = new ManualClock();
    serve(hubOf(saying("Hi")).clock(clock).timeouts(PATIENT));
    SocketViewer viewer = viewer();

    clock.advance(HEARTBEAT);

    JsonNode ping = viewer.expect("ping");
    assertThat(ping.has("seq")).isFalse();
  }

  @Test
  default void a_viewer_that_answers_pings_stays() throws Exception {
    ManualClock clock = new ManualClock();
    serve(hubOf(saying("Hi")).clock(clock).timeouts(PATIENT));
    SocketViewer viewer = viewer();

    for (int i = 0; i < 5; i++) {
      clock.advance(HEARTBEAT);
      viewer.expect("ping");
      viewer.send(
          """
          {"type": "pong"}""");
      assertPong(viewer);
    }
  }

  @Test
  default void a_viewer_that_does_not_answer_a_ping_is_closed_with_4002() throws Exception {
    ManualClock clock = new ManualClock();
    serve(hubOf(saying("Hi")).clock(clock).timeouts(PATIENT));
    SocketViewer viewer = viewer();

    clock.advance(HEARTBEAT);
    viewer.expect("ping");
    clock.advance(PATIENCE);

    assertThat(viewer.closeCode()).isEqualTo(4002);
  }

  @Test
  default void a_viewer_whose_line_is_dead_is_forgotten_in_30_seconds() throws Exception {
    ManualClock clock = new ManualClock();
    serve(hubOf(saying("Hi")).clock(clock).timeouts(PATIENT));
    SocketViewer stays = viewer();
    SocketViewer silent = viewer();
    int alarms = clock.alarms();
    // The connection is open and accepts bytes, but the other side is dead and does not even close
    // it.
    silent.stopReading();

    clock.advance(HEARTBEAT);
    stays.expect("ping");
    assertPong(stays);
    assertThat(clock.alarms()).isEqualTo(alarms);
    clock.advance(PATIENCE);

    clock.awaitAlarms(alarms - ALARMS_OF_ONE);
    assertPong(stays);
  }

  @Test
  default void a_viewer_that_closes_is_forgotten() throws Exception {
    ManualClock clock = new ManualClock();
    serve(hubOf(saying("Hi")).clock(clock).timeouts(PATIENT));
    SocketViewer viewer = viewer();
    int alarms = clock.alarms();

    viewer.leave();

    assertThat(viewer.closeCode()).isEqualTo(1000);
    clock.awaitAlarms(alarms - ALARMS_OF_ONE);
  }

  @Test
  default void a_viewer_that_vanishes_is_forgotten_and_harms_nobody() throws Exception {
    ManualClock clock = new ManualClock();
    ScriptedModel model = new ScriptedModel();
    serve(hubOf(model).clock(clock).timeouts(PATIENT));
    SocketViewer stays = viewer();
    String id = start(stays);
    ScriptedCall answer = model.awaitNext();
    // It may be set after the call has reached the model, by a thread that a busy machine holds up.
    clock.awaitAlarm(PATIENT.firstToken());
    SocketViewer vanishes = viewer();
    ServedHub.join(vanishes, id);
    vanishes.until("snapshot");
    int alarms = clock.alarms();

    vanishes.vanish();
    for (int i = 0; i < 100; i++) {
      answer.tokens(i + " ");
    }

    clock.awaitAlarms(alarms - ALARMS_OF_ONE);
    answer.complete();
    assertThat(new ConversationView().toTheEnd(stays).endReason()).isEqualTo("max_rounds");
  }

  @Test
  default void a_hub_that_is_closed_closes_viewers_with_1001() throws Exception {
    ConversationHub hub = serve(new ScriptedModel());
    SocketViewer first = viewer();
    start(first);
    SocketViewer second = viewer();
    SocketViewer original = connect();
    original.expect("welcome");

    hub.close();

    assertThat(first.closeCode()).isEqualTo(1001);
    assertThat(second.closeCode()).isEqualTo(1001);
    assertThat(original.closeCode()).isEqualTo(1001);
  }
}
