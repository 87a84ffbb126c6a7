package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.StreamingToken;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.JournalEntry;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.Transport;
import io.agentstream.wire.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One connection that views several conversations. */
class OutboundQueueTest {

  private final HeldSocket socket = new HeldSocket();
  private final OutboundQueue queue =
      new OutboundQueue(socket, new Nobody(), null, LargeFrames.ofThisHeap());
  private final Map<String, CountedReader> readers = new HashMap<>();
  private final Map<String, JournalWriter> writers = new HashMap<>();

  @Test
  void conversations_that_have_something_to_send_take_turns() {
    view("a");
    view("b");
    socket.free();
    socket.hold();
    say("a", "m1", "a1");
    say("a", "m2", "a2");
    say("a", "m3", "a3");
    say("b", "m1", "b1");
    say("b", "m2", "b2");
    socket.free();
    assertThat(socket.tokens()).containsExactly("a1", "a2", "b1", "a3", "b2");
  }

  @Test
  void a_frame_costs_no_look_at_the_conversations_that_are_silent() {
    for (int i = 0; i < 100; i++) {
      view("silent" + i);
    }
    view("a");
    socket.free();
    long before = looksAtTheSilent();
    for (int i = 0; i < 1_000; i++) {
      say("a", "word");
    }
    assertThat(socket.tokens()).hasSize(1_000);
    assertThat(looksAtTheSilent()).isEqualTo(before);
  }

  @Test
  void a_conversation_that_is_left_sends_nothing_of_what_waits() {
    view("a");
    view("b");
    socket.free();
    socket.hold();
    say("b", "b1");
    say("a", "a1");
    assertThat(queue.unview("a")).isTrue();
    say("a", "a2");
    socket.free();
    assertThat(socket.tokens()).containsExactly("b1");
    assertThat(queue.unview("a")).isFalse();
  }

  @Test
  void a_conversation_that_is_viewed_anew_is_sent_once() {
    view("a");
    socket.free();
    say("a", "a1");
    view("a", 1);
    say("a", "a2");
    assertThat(socket.tokens()).containsExactly("a1", "a2");
  }

  private void view(String id) {
    ConversationLog log = new ConversationLog(id, Limits.defaults(), ChatClock.system());
    writers.put(id, log.open(1));
    readers.put(id, new CountedReader(log));
    view(id, 0);
  }

  private void view(String id, long after) {
    CountedReader reader = Objects.requireNonNull(readers.get(id));
    queue.view(
        Subscription.after(
            1,
            after,
            id,
            reader,
            new FrameWriter(
                new VersionOne(), SnapshotFrames.ofThisHeap(ChatClock.system()), null, false)),
        frames("viewing " + id));
  }

  private void say(String id, String token) {
    say(id, "m1", token);
  }

  private void say(String id, String messageId, String token) {
    Objects.requireNonNull(writers.get(id)).append(new StreamingToken(messageId, 0, token));
  }

  private long looksAtTheSilent() {
    return readers.entrySet().stream()
        .filter(reader -> reader.getKey().startsWith("silent"))
        .mapToLong(reader -> reader.getValue().looks)
        .sum();
  }

  /** Counts how often it is asked for anything. */
  private static final class CountedReader implements JournalReader {
    private final ConversationLog log;
    private long looks;

    CountedReader(ConversationLog log) {
      this.log = log;
    }

    @Override
    public long epoch() {
      looks++;
      // The epoch that the viewer was told of, before its first event.
      return Math.max(1, log.epoch());
    }

    @Override
    public long head() {
      looks++;
      return log.head();
    }

    @Override
    public long tail() {
      looks++;
      return log.tail();
    }

    @Override
    public @Nullable JournalEntry entry(long seq) {
      looks++;
      return log.entry(seq);
    }

    @Override
    public Snapshot snapshot() {
      looks++;
      return log.snapshot();
    }

    @Override
    public Watch watch(Runnable onAppend) {
      return log.watch(onAppend);
    }
  }

  /** A socket that takes one frame when it is held, and all there is when it is free. */
  private static final class HeldSocket implements Transport {
    private final List<String> frames = new ArrayList<>();
    private boolean held = true;
    private @Nullable Consumer<@Nullable Throwable> waiting;

    void hold() {
      held = true;
    }

    void free() {
      held = false;
      Consumer<@Nullable Throwable> told = waiting;
      waiting = null;
      if (told != null) {
        told.accept(null);
      }
    }

    /** The text of the token frames. */
    List<String> tokens() {
      return frames.stream()
          .filter(frame -> frame.contains("\"token\":\""))
          .map(frame -> frame.replaceAll(".*\"token\":\"([^\"]*)\".*", "$1"))
          .toList();
    }

    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      frames.add(message);
      if (held) {
        waiting = onSent;
      } else {
        onSent.accept(null);
      }
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
    public void sendFailed(Throwable cause) {}

    @Override
    public void tooManyAnswers() {}
  }

  private static Frames frames(String frame) {
    Frames frames = new Frames();
    frames.accept(frame);
    return frames;
  }
}
