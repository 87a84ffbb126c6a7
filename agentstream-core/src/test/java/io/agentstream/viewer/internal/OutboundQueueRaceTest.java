package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ConversationCreated;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingToken;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalWriter;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Writers, commands and a socket that takes frames on a thread of its own, all at once. */
@Timeout(300)
class OutboundQueueRaceTest {

  private static final int TOKENS = 2_000;
  private static final Pattern SEQ = Pattern.compile("\"seq\":(\\d+)");
  private static final Pattern FROM_SEQ = Pattern.compile("\"from_seq\":(\\d+)");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Socket socket = new Socket();
  private final OutboundQueue queue =
      new OutboundQueue(socket, new Nobody(), null, new LargeFrames(1));
  private final SnapshotFrames snapshots = SnapshotFrames.ofThisHeap(ChatClock.system());

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @RepeatedTest(5)
  void every_event_is_sent_once_and_in_order_however_often_commands_hold_it_back()
      throws Exception {
    ConversationLog whole = log("a", 100_000);
    ConversationLog small = log("b", 20);
    JournalWriter toWhole = begin(whole);
    JournalWriter toSmall = begin(small);
    queue.view(
        Subscription.after(
            1, 0, "a", whole, new FrameWriter(new VersionOne(), snapshots, null, false)),
        frames("viewing a"));
    queue.view(
        Subscription.fromSnapshot(
            "b", small, new FrameWriter(new VersionOne(), snapshots, null, false)),
        frames("viewing b"));
    CountDownLatch go = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    all.add(threads.submit(() -> write(go, toWhole)));
    all.add(threads.submit(() -> write(go, toSmall)));
    all.add(threads.submit(() -> holdAndRelease(go, "a")));
    all.add(threads.submit(() -> holdAndRelease(go, "b")));
    go.countDown();
    for (Future<?> each : all) {
      each.get();
    }
    whole.open(2).append(new SpeakerChange("end", "Ann", 2, null, null));
    small.open(2).append(new SpeakerChange("end", "Ann", 2, null, null));
    socket.awaitSnapshotsOfTheNextEpoch();

    assertGapFree(socket.of("a"), 1);
    assertGapFree(socket.of("b"), 0);
    assertThat(socket.frames.stream().filter(frame -> frame.startsWith("answer"))).hasSize(400);
  }

  private static ConversationLog log(String id, int events) {
    Limits limits = Limits.builder().journalEvents(events).build();
    return new ConversationLog(id, limits, ChatClock.system());
  }

  private static JournalWriter begin(ConversationLog log) {
    JournalWriter writer = log.open(1);
    writer.append(new ConversationCreated(1, "Tea?", List.of("Ann"), "round_robin", 1));
    writer.append(new SpeakerChange("m1", "Ann", 1, null, null));
    return writer;
  }

  private static Void write(CountDownLatch go, JournalWriter writer) throws InterruptedException {
    go.await();
    for (int i = 0; i < TOKENS; i++) {
      writer.append(new StreamingToken("m1", i, "x"));
    }
    return null;
  }

  private Void holdAndRelease(CountDownLatch go, String id) throws InterruptedException {
    go.await();
    for (int i = 0; i < 200; i++) {
      queue.hold(id);
      queue.answer("answer " + i, null);
      queue.release(id);
    }
    return null;
  }

  /** Each frame begins at the end of the previous one; a snapshot starts again. */
  private static void assertGapFree(List<String> frames, long first) {
    long next = first;
    for (String frame : frames) {
      long seq = number(SEQ, frame, -1);
      if (frame.contains("\"epoch\":2")) {
        return;
      }
      if (frame.contains("\"type\":\"snapshot\"")) {
        assertThat(seq).as("a snapshot never goes back").isGreaterThanOrEqualTo(next - 1);
      } else {
        assertThat(number(FROM_SEQ, frame, seq)).isEqualTo(next);
      }
      next = seq + 1;
    }
  }

  private static long number(Pattern field, String frame, long otherwise) {
    Matcher found = field.matcher(frame);
    return found.find() ? Long.parseLong(found.group(1)) : otherwise;
  }

  /** Says that it has taken a frame on a thread of its own, one frame at a time. */
  private final class Socket implements Transport {
    private final List<String> frames = new ArrayList<>();
    private final CountDownLatch ends = new CountDownLatch(2);
    private boolean underWay;

    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      synchronized (this) {
        assertThat(underWay).isFalse();
        underWay = true;
        frames.add(message);
      }
      threads.execute(
          () -> {
            synchronized (this) {
              underWay = false;
            }
            onSent.accept(null);
            if (message.contains("\"epoch\":2")) {
              ends.countDown();
            }
          });
    }

    synchronized List<String> of(String id) {
      return frames.stream()
          .filter(frame -> frame.contains("\"conversation_id\":\"" + id + "\""))
          .toList();
    }

    void awaitSnapshotsOfTheNextEpoch() throws InterruptedException {
      assertThat(ends.await(60, TimeUnit.SECONDS)).as("both were sent").isTrue();
    }

    @Override
    public void ping() {}

    @Override
    public void close(int code, String reason) {}
  }

  private static final class Nobody implements OutboundQueue.Owner {
    @Override
    public void sending() {}

    @Override
    public void sent() {}

    @Override
    public void sendFailed(Throwable cause) {
      throw new AssertionError(cause);
    }

    @Override
    public void tooManyAnswers() {
      throw new AssertionError("too many");
    }
  }

  private static Frames frames(String frame) {
    Frames frames = new Frames();
    frames.accept(frame);
    return frames;
  }
}
