package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.test.EventLine;
import io.agentstream.test.Eventually;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Streams cost no threads. */
abstract class ManyStreamsContract {

  private static final int STREAMS = 1_500;
  private static final int MOST_THREADS = 64;

  /** Returns a container that has not been started. */
  abstract EmbeddedServer container();

  @Test
  void fifteen_hundred_streams_are_served_by_at_most_64_threads() throws Exception {
    ScriptedModel model = new ScriptedModel();
    ServedDoors served =
        ServedDoors.start(
            container(),
            ConversationHub.builder()
                .agents(Agent.builder("Ada").model(model).build())
                .defaultMaxRounds(1)
                .limits(Limits.builder().connectionsPerAddress(0).messagesPerMinute(0).build()));
    List<EventLine> streams = new ArrayList<>();
    try {
      String id = served.http().start();
      ScriptedCall call = model.awaitNext();
      int threads = 0;
      for (int i = 0; i < STREAMS; i++) {
        streams.add(
            EventLine.open(served.root(), "/api/conversations/" + id + "/events?after=1-0"));
        threads = Math.max(threads, i % 100 == 0 ? threads() : 0);
      }
      for (int token = 0; token < 10; token++) {
        call.tokens("word ");
        threads = Math.max(threads, threads());
      }
      Eventually.await(() -> served.hub().load().views() == STREAMS);
      threads = Math.max(threads, threads());
      call.complete();
      for (EventLine stream : streams) {
        assertThat(stream.until("conversation_ended")).isNotEmpty();
      }
      assertThat(threads).isLessThanOrEqualTo(MOST_THREADS);
    } finally {
      for (EventLine stream : streams) {
        stream.close();
      }
      served.stop();
    }
  }

  /** Which other tests have left behind in this JVM depends on their order. */
  private final Set<Thread> ofOthers = Thread.getAllStackTraces().keySet();

  private int threads() {
    Set<Thread> all = new HashSet<>(Thread.getAllStackTraces().keySet());
    all.removeAll(ofOthers);
    return all.size();
  }
}
