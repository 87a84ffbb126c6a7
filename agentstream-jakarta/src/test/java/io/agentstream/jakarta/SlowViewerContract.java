package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.hubOf;
import static io.agentstream.jakarta.ServedHub.join;
import static io.agentstream.jakarta.ServedHub.start;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import io.agentstream.test.socket.TestSocket;
import io.agentstream.test.stress.Stress;
import java.time.Duration;
import java.util.List;

/**
 * Viewers whose socket takes no more. What they are sent is far more than the buffers in between
 * hold, which the containers here keep small.
 */
interface SlowViewerContract extends ServedHub {

  int TOKENS = 20_000;
  String TOKEN = "x".repeat(99) + " ";

  @Stress
  default void a_viewer_that_is_held_up_gets_what_it_missed_in_few_frames() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(
        hubOf(model)
            .limits(roomy().build())
            .timeouts(Timeouts.builder().stuckWrite(Duration.ofMinutes(10)).build()));
    SocketViewer viewer = viewer();
    start(viewer);
    List<JsonNode> frames = viewer.until("speaker_change");
    ScriptedCall answer = model.awaitNext();
    viewer.stopReading();

    speak(answer);
    answer.complete();
    viewer.readAgain();

    ConversationView view = ConversationView.of(frames).toTheEnd(viewer);
    assertThat(view.messages()).containsExactly("tea", TOKEN.repeat(TOKENS));
    assertThat(view.mergedFrames()).isPositive();
    // On Tyrus, whose send buffers cannot be kept small, they hold the most of it.
    assertThat(view.tokenFrames()).isLessThan(TOKENS * 9 / 10);
  }

  @Stress
  default void a_viewer_that_falls_behind_the_journal_goes_on_from_a_snapshot() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(
        hubOf(model)
            .limits(roomy().journalEvents(100).build())
            .timeouts(Timeouts.builder().stuckWrite(Duration.ofMinutes(10)).build()));
    SocketViewer viewer = viewer();
    start(viewer);
    List<JsonNode> frames = viewer.until("speaker_change");
    ScriptedCall answer = model.awaitNext();
    viewer.stopReading();

    speak(answer);
    answer.complete();
    viewer.readAgain();

    ConversationView view = ConversationView.of(frames).toTheEnd(viewer);
    assertThat(view.messages()).containsExactly("tea", TOKEN.repeat(TOKENS));
    assertThat(view.snapshots()).isPositive();
  }

  @Stress
  default void a_viewer_that_reads_nothing_is_let_go_and_holds_up_nobody() throws Exception {
    ManualClock clock = new ManualClock();
    ScriptedModel model = new ScriptedModel();
    serve(hubOf(model).limits(roomy().build()).timeouts(ServedHub.ONLY_WRITES_TIMED).clock(clock));
    SocketViewer neighbour = viewer();
    String id = start(neighbour);
    List<JsonNode> frames = neighbour.until("speaker_change");
    ScriptedCall answer = model.awaitNext();
    SocketViewer stuck = viewer();
    join(stuck, id);
    stuck.until("snapshot");
    stuck.stopReading();

    speak(answer);
    answer.complete();
    ConversationView view = ConversationView.of(frames).toTheEnd(neighbour);
    assertThat(view.messages()).containsExactly("tea", TOKEN.repeat(TOKENS));
    // Only the stuck viewer may be connected when the clock jumps, because a send of others might
    // be in progress.
    neighbour.leave();
    ServedHub.awaitStuckViewersClosed(clock);
    stuck.readAgain();
    // If the container cannot send a close frame behind a stuck send, it aborts the connection.
    assertThat(stuck.closeCode()).isIn(4003, TestSocket.NO_CLOSE_FRAME);
    assertPong(viewer());
  }

  private static Limits.Builder roomy() {
    return Limits.builder()
        .maxAnswerChars(10 * TOKENS * TOKEN.length())
        .journalChars(10 * TOKENS * TOKEN.length())
        .journalEvents(10 * TOKENS);
  }

  private static void speak(ScriptedCall answer) {
    for (int i = 0; i < TOKENS; i++) {
      answer.tokens(TOKEN);
    }
  }
}
