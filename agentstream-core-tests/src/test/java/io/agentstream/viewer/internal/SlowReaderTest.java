package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.internal.DelegatingJournal;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The memory of a hub for viewers that request much and read nothing. */
class SlowReaderTest {

  private static final int VIEWERS = 200;

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final CountedJournal journal = new CountedJournal(clock);
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model).build())
          .clock(clock)
          .journal(journal)
          .limits(Limits.builder().messagesPerMinute(0).build())
          .executor(Runnable::run)
          .build();

  @Test
  void a_crowd_that_joins_while_somebody_speaks_shares_one_snapshot() {
    String id = start(new FakeTransport());
    ScriptedCall call = model.next();
    call.tokens("Many", " words", " are", " spoken");
    List<NeverReads> crowd = new ArrayList<>();
    int before = journal.snapshots.get();
    for (int i = 0; i < VIEWERS; i++) {
      crowd.add(join(id));
      if (i % 100 == 50) {
        call.tokens(" a token");
      }
    }
    assertThat(journal.snapshots.get() - before).isEqualTo(1);
    crowd.forEach(NeverReads::read);
    Set<String> held = Collections.newSetFromMap(new IdentityHashMap<>());
    crowd.forEach(viewer -> held.add(viewer.snapshot()));
    assertThat(held).hasSize(1);
    crowd.forEach(
        viewer ->
            assertThat(viewer.text()).isEqualTo("Many words are spoken" + " a token".repeat(2)));
  }

  @Test
  void lists_that_are_asked_for_at_once_wait_for_each_other() {
    NeverReads socket = new NeverReads();
    ViewerConnection viewer = hub.connect(socket, false);
    for (int i = 0; i < CommandLanes.MOST_WAITING; i++) {
      viewer.receive("{\"type\":\"list_conversations\",\"data\":{}}", true);
    }
    assertThat(hub.load().answersWaiting()).isEqualTo(1);
    socket.read();
    assertThat(socket.frames).hasSize(1 + CommandLanes.MOST_WAITING);
    assertThat(socket.frames).noneMatch(frame -> frame.contains("\"type\":\"error\""));
  }

  @Test
  void more_lists_than_may_wait_are_refused() {
    NeverReads socket = new NeverReads();
    ViewerConnection viewer = hub.connect(socket, false);
    for (int i = 0; i < 100; i++) {
      viewer.receive("{\"type\":\"list_agents\",\"data\":{}}", true);
    }
    socket.read();
    assertThat(socket.frames.stream().filter(frame -> frame.contains("\"rate_limited\"")))
        .hasSize(100 - 1 - CommandLanes.MOST_WAITING);
  }

  @Test
  void joins_that_nobody_reads_the_answers_of_end_the_connection() {
    String id = start(new FakeTransport());
    NeverReads socket = new NeverReads();
    ViewerConnection viewer = hub.connect(socket, false);
    for (int i = 0; i < WaitingAnswers.MOST + 2; i++) {
      viewer.receive(join(id, "join_conversation"), true);
    }
    assertThat(socket.closeCode).isEqualTo(4003);
  }

  @Test
  void long_answers_are_bounded_by_their_text() {
    WaitingAnswers answers = new WaitingAnswers();
    String half = "x".repeat(WaitingAnswers.MOST_CHARS / 2 + 1);
    assertThat(answers.add(new WaitingAnswers.Answer(half.repeat(3), null))).isTrue();
    assertThat(answers.add(new WaitingAnswers.Answer("x", null))).isFalse();
    answers.poll();
    assertThat(answers.add(new WaitingAnswers.Answer(half, null))).isTrue();
    assertThat(answers.add(new WaitingAnswers.Answer(half, null))).isFalse();
  }

  @Test
  void large_frames_wait_until_those_under_way_have_left() {
    LargeFrames frames = new LargeFrames(100);
    List<String> told = new ArrayList<>();
    LargeFrames.Place first = frames.place();
    LargeFrames.Place second = frames.place();
    LargeFrames.Place third = frames.place();
    assertThat(first.take(500, () -> told.add("first"))).as("one alone may be longer").isTrue();
    assertThat(second.take(60, () -> told.add("second"))).isFalse();
    first.leave();
    assertThat(told).containsExactly("second");
    assertThat(second.take(60, () -> told.add("second"))).isTrue();
    assertThat(third.take(60, () -> told.add("third"))).isFalse();
    second.close();
    assertThat(told).containsExactly("second", "third");
    assertThat(third.take(60, () -> told.add("third"))).isTrue();
  }

  @Test
  void many_that_wait_for_the_same_large_frame_to_leave_do_not_exhaust_the_stack() {
    LargeFrames frames = new LargeFrames(100);
    LargeFrames.Place first = frames.place();
    first.take(100, () -> {});
    AtomicInteger left = new AtomicInteger();
    for (int i = 0; i < 20_000; i++) {
      sendThroughWhenFree(frames.place(), left);
    }
    first.leave();
    assertThat(left).hasValue(20_000);
  }

  /** As a socket does that takes a frame at once. */
  private static void sendThroughWhenFree(LargeFrames.Place place, AtomicInteger left) {
    if (place.take(100, () -> sendThroughWhenFree(place, left))) {
      left.incrementAndGet();
      place.leave();
    }
  }

  private NeverReads join(String id) {
    NeverReads socket = new NeverReads();
    hub.connect(socket, false).receive(join(id, "join_conversation"), true);
    // The welcome and the answer are taken, the snapshot is not.
    socket.readOne();
    socket.readOne();
    return socket;
  }

  private String start(FakeTransport socket) {
    hub.connect(socket, false)
        .receive("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}", true);
    return hub.conversations().iterator().next().id();
  }

  private static String join(String id, String type) {
    return "{\"type\":\"" + type + "\",\"data\":{\"conversation_id\":\"" + id + "\"}}";
  }

  /** Takes one frame, and the next one when it is told to read. */
  private static final class NeverReads implements Transport {
    private final List<String> frames = new ArrayList<>();
    private @Nullable Consumer<@Nullable Throwable> underWay;
    private boolean reads;
    private int closeCode;

    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      frames.add(message);
      if (reads) {
        onSent.accept(null);
      } else {
        underWay = onSent;
      }
    }

    void readOne() {
      Consumer<@Nullable Throwable> done = underWay;
      underWay = null;
      if (done != null) {
        done.accept(null);
      }
    }

    void read() {
      reads = true;
      readOne();
    }

    String snapshot() {
      return frames.stream()
          .filter(f -> f.contains("\"type\":\"snapshot\""))
          .findFirst()
          .orElseThrow();
    }

    /** The text of the open message as this viewer would show it. */
    String text() {
      String open = snapshot().replaceAll(".*\"open\":\\[\\{[^]]*\"content\":\"([^\"]*)\".*", "$1");
      StringBuilder text = new StringBuilder(open);
      for (String frame : frames) {
        if (frame.contains("\"type\":\"streaming_token\"")) {
          text.append(frame.replaceAll(".*\"token\":\"([^\"]*)\".*", "$1"));
        }
      }
      return text.toString();
    }

    @Override
    public void ping() {}

    @Override
    public void close(int code, String reason) {
      closeCode = code;
    }
  }

  /** Counts the snapshots that are taken of its conversations. */
  private static final class CountedJournal extends DelegatingJournal {
    private final AtomicInteger snapshots = new AtomicInteger();

    CountedJournal(ManualClock clock) {
      super(new InMemoryJournal(Limits.defaults(), clock));
    }

    @Override
    public CompletionStage<Optional<JournalReader>> read(String conversationId) {
      return super.read(conversationId).thenApply(found -> found.map(Counted::new));
    }

    private final class Counted implements JournalReader {
      private final JournalReader reader;

      Counted(JournalReader reader) {
        this.reader = reader;
      }

      @Override
      public long epoch() {
        return reader.epoch();
      }

      @Override
      public long head() {
        return reader.head();
      }

      @Override
      public long tail() {
        return reader.tail();
      }

      @Override
      public @Nullable JournalEntry entry(long seq) {
        return reader.entry(seq);
      }

      @Override
      public Snapshot snapshot() {
        snapshots.incrementAndGet();
        return reader.snapshot();
      }

      @Override
      public Watch watch(Runnable onAppend) {
        return reader.watch(onAppend);
      }
    }
  }
}
