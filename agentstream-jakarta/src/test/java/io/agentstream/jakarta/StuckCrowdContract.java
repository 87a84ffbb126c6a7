package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.hubOf;
import static io.agentstream.jakarta.ServedHub.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A crowd that never reads, beside one viewer who does. */
interface StuckCrowdContract extends ServedHub {

  int CROWD = 200;

  /** The long text belongs to no viewer, and the journal keeps little of it. */
  Limits LIMITS =
      Limits.builder()
          .maxAnswerChars(10_000_000)
          .journalChars(10_000_000)
          .journalEvents(1_000)
          .build();

  /** Far more than the buffers between the server and one of the crowd hold. */
  int TOKENS_TO_STICK = 10_000;

  int TOKENS_TO_TIME = 2_000;
  String JOIN =
      """
      {"type":"join_conversation","data":{"conversation_id":"%s","epoch":1,"after_seq":%d}}""";

  String WORDS = "y".repeat(99) + " ";

  /** A connection, a frame of 16,384 characters in flight, and the container's copy of it. */
  long MOST_BYTES_EACH = 160 * 1024;

  @Test
  default void two_hundred_viewers_that_never_read_cost_little_and_harm_nobody() throws Exception {
    ManualClock clock = new ManualClock();
    ScriptedModel model = new ScriptedModel();
    serve(hubOf(model).limits(LIMITS).timeouts(ServedHub.ONLY_WRITES_TIMED).clock(clock));
    SocketViewer reader = viewer();
    String id = start(reader);
    ConversationView view = ConversationView.of(reader.until("speaker_change"));
    ScriptedCall answer = model.awaitNext();
    speak(answer, reader, view, TOKENS_TO_TIME);
    long[] alone = speak(answer, reader, view, TOKENS_TO_TIME);
    long heapAlone = usedHeap();

    List<BareViewer> crowd = comesToSee(id, view.seq());
    speak(answer, reader, view, TOKENS_TO_STICK);
    long[] beside = speak(answer, reader, view, TOKENS_TO_TIME);
    long grown = usedHeap() - heapAlone;
    print(grown, beside, alone);

    assertThat(grown).isLessThan(CROWD * MOST_BYTES_EACH);
    answer.complete();
    view.toTheEnd(reader);
    assertThat(view.messages())
        .containsExactly("tea", WORDS.repeat(TOKENS_TO_STICK + 3 * TOKENS_TO_TIME));
    assertThat(view.snapshots()).isZero();
    reader.leave();
    ServedHub.awaitStuckViewersClosed(clock);
    for (BareViewer viewer : crowd) {
      viewer.close();
    }
    assertPong(viewer());
  }

  private List<BareViewer> comesToSee(String id, long seq) throws IOException {
    List<BareViewer> crowd = new ArrayList<>();
    for (int i = 0; i < CROWD; i++) {
      BareViewer viewer = new BareViewer(endpoint());
      assertThat(viewer.next()).contains("\"welcome\"");
      viewer.send(JOIN.formatted(id, seq));
      assertThat(viewer.next()).contains("\"joined\"");
      crowd.add(viewer);
    }
    return crowd;
  }

  /** One token after the other, as soon as the reader has the one before; the microseconds each. */
  private static long[] speak(
      ScriptedCall answer, SocketViewer reader, ConversationView view, int tokens) {
    long[] micros = new long[tokens];
    for (int i = 0; i < tokens; i++) {
      long from = System.nanoTime();
      answer.tokens(WORDS);
      view.addAll(List.of(reader.next()));
      micros[i] = (System.nanoTime() - from) / 1_000;
    }
    Arrays.sort(micros);
    return micros;
  }

  private void print(long grown, long[] beside, long[] alone) {
    System.out.printf(
        "%d viewers that never read, %s: heap +%d KiB each; a token is with the reader after"
            + " %d us (p50), %d us (p99); before they came %d and %d%n",
        CROWD,
        getClass().getSimpleName(),
        grown / 1_024 / CROWD,
        beside[beside.length / 2],
        beside[beside.length * 99 / 100],
        alone[alone.length / 2],
        alone[alone.length * 99 / 100]);
  }

  private static long usedHeap() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
