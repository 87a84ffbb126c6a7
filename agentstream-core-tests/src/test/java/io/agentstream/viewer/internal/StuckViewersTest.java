package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.internal.HeapUse;
import io.agentstream.viewer.IdleTransport;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two hundred viewers that never read, beside one that does. */
class StuckViewersTest {

  private static final int VIEWERS = 200;
  private static final int TOKENS = 50_000;
  private static final int MOST_BYTES_A_STUCK_VIEWER = 25 * 1024;

  @Test
  void each_holds_little_however_much_is_said_and_the_one_that_reads_gets_all_of_it() {
    long each = HeapUse.median(() -> (heapBeside(VIEWERS) - heapBeside(0)) / VIEWERS);

    System.out.printf("heap for each of %d stuck viewers: %,d bytes%n", VIEWERS, each);
    assertThat(each).isLessThan(MOST_BYTES_A_STUCK_VIEWER);
  }

  /** How much the heap has grown when everything was said. */
  private static long heapBeside(int stuckViewers) {
    long before = HeapUse.now();
    ScriptedModel model = new ScriptedModel();
    ConversationHub hub =
        ConversationHub.builder()
            .agents(Agent.builder("Ann").model(model).build())
            .clock(new ManualClock())
            .executor(Runnable::run)
            .build();
    IdleTransport reader = new IdleTransport();
    hub.connect(reader, false)
        .receive("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}", true);
    String id = hub.conversations().iterator().next().id();
    List<ViewerConnection> stuck = new ArrayList<>();
    for (int i = 0; i < stuckViewers; i++) {
      ViewerConnection viewer = hub.connect(new NeverReads(), false);
      viewer.receive(
          "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}", true);
      stuck.add(viewer);
    }
    long tokensBefore = reader.frames;
    speak(model.next());
    long grown = HeapUse.now() - before;
    assertThat(reader.frames - tokensBefore).isEqualTo(TOKENS);
    assertThat(stuck).hasSize(stuckViewers);
    hub.close();
    return grown;
  }

  private static void speak(ScriptedCall call) {
    for (int i = 0; i < TOKENS; i++) {
      call.handler().onPartialResponse(" word");
    }
  }

  /** Takes one frame, of which it never says that it was sent. */
  private static final class NeverReads implements Transport {
    private @Nullable String underWay;

    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      assertThat(underWay).isNull();
      underWay = message;
    }

    @Override
    public void ping() {}

    @Override
    public void close(int code, String reason) {}
  }
}
