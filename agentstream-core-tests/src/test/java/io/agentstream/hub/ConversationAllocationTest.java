package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.chat.Agent;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The memory that a conversation, a turn and a join allocate, garbage included. */
class ConversationAllocationTest {

  private static final Quotas UNLIMITED =
      Quotas.builder()
          .runningConversations(0)
          .runningConversationsPerUser(0)
          .modelCallsPerHour(0)
          .modelCallsPerHourPerUser(0)
          .tokensPerDay(0)
          .tokensPerDayPerUser(0)
          .keptConversationsPerUser(0)
          .keptMegabytes(0)
          .build();
  private static final int CONVERSATIONS = 300;
  private static final int TURNS = 50;
  private static final int JOINS = 200;
  private static final int LONG_MESSAGE = 20_000;
  private static final long MOST_BYTES_A_CONVERSATION = 75_000;
  private static final long MOST_BYTES_A_TURN = 75_000;
  private static final long MOST_BYTES_A_JOIN = 12_000;
  private static final String START =
      "{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\",\"max_rounds\":%d}}";

  private final ScriptedModel waiting = new ScriptedModel();
  private final ConversationHub hub = hub(new OneToken());
  private final List<String> frames = new ArrayList<>();

  private static ConversationHub hub(StreamingChatModel model) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .executor(Runnable::run)
        .limits(Limits.builder().startsPerMinute(0).messagesPerMinute(0).build())
        .quotas(UNLIMITED)
        .build();
  }

  @Test
  void a_conversation_of_one_token() {
    conversations();
    frames.clear();
    long bytes = allocated(this::conversations) / CONVERSATIONS;
    assertThat(sent("conversation_ended")).hasSize(CONVERSATIONS);
    System.out.printf("bytes a conversation: %,d%n", bytes);
    assertThat(bytes).isBetween(1L, MOST_BYTES_A_CONVERSATION);
  }

  private void conversations() {
    for (int i = 0; i < CONVERSATIONS; i++) {
      connect(hub).receive(START.formatted(1), true);
    }
  }

  @Test
  void a_turn() {
    ViewerConnection viewer = connect(hub);
    viewer.receive(START.formatted(TURNS), true);
    frames.clear();
    long bytes = allocated(() -> viewer.receive(START.formatted(TURNS), true)) / TURNS;
    assertThat(sent("new_message")).hasSize(TURNS + 1);
    System.out.printf("bytes a turn: %,d%n", bytes);
    assertThat(bytes).isBetween(1L, MOST_BYTES_A_TURN);
  }

  @Test
  void joins_of_a_long_conversation_share_one_snapshot() {
    // Classes are loaded before the measurement.
    joins("");
    frames.clear();

    long bytes = joins("");
    List<String> snapshots = sent("snapshot");
    long serialised = snapshots.stream().map(System::identityHashCode).distinct().count();
    System.out.printf(
        "bytes a join: %,d; snapshot of %,d characters, made %d times%n",
        bytes, snapshots.get(0).length(), serialised);
    assertThat(snapshots).hasSize(JOINS);
    assertThat(serialised).isEqualTo(1);
    assertThat(bytes).isBetween(1L, MOST_BYTES_A_JOIN);
  }

  @Test
  void viewers_that_resync_at_once_share_one_snapshot() {
    String old = ",\"epoch\":1,\"after_seq\":1";
    // Classes are loaded before the measurement.
    joins(old);
    frames.clear();

    long bytes = joins(old);
    List<String> snapshots = sent("snapshot");
    System.out.printf("bytes a resync: %,d%n", bytes);
    assertThat(snapshots).hasSize(JOINS);
    assertThat(snapshots.stream().map(System::identityHashCode).distinct()).hasSize(1);
    assertThat(bytes).isBetween(1L, MOST_BYTES_A_JOIN);
  }

  @Test
  void a_join_after_a_collection_of_garbage_makes_no_snapshot_of_its_own() {
    // Classes are loaded before the measurement.
    lateJoin();
    frames.clear();

    long bytes = lateJoin();
    System.out.printf("bytes a late join: %,d%n", bytes);
    assertThat(sent("snapshot")).hasSize(1);
    assertThat(bytes).isBetween(1L, MOST_BYTES_A_JOIN);
  }

  private long lateJoin() {
    ConversationHub hub = longConversation();
    connect(hub).receive(join(hub, ""), true);
    ViewerConnection late = connect(hub);
    String join = join(hub, "");
    // Nobody is sent the first frame any more.
    frames.clear();
    System.gc();
    return allocated(() -> late.receive(join, true));
  }

  /**
   * Returns the bytes that each of many joins of a new conversation allocates.
   *
   * @param place the place from which they follow it, which its journal no longer has
   */
  private long joins(String place) {
    ConversationHub hub = longConversation();
    String join = join(hub, place);
    List<ViewerConnection> viewers = new ArrayList<>();
    for (int i = 0; i < JOINS; i++) {
      viewers.add(connect(hub));
    }
    return allocated(() -> viewers.forEach(one -> one.receive(join, true))) / JOINS;
  }

  private static String join(ConversationHub hub, String place) {
    return "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"%s\"%s}}"
        .formatted(hub.conversations().iterator().next().id(), place);
  }

  private ConversationHub longConversation() {
    ConversationHub hub = hub(waiting);
    ViewerConnection viewer = connect(hub);
    viewer.receive(START.formatted(1), true);
    ScriptedCall call = waiting.next();
    for (int i = 0; i < LONG_MESSAGE; i++) {
      call.handler().onPartialResponse(" word");
    }
    return hub;
  }

  private List<String> sent(String type) {
    String begin = "{\"type\":\"" + type + "\"";
    return frames.stream().filter(frame -> frame.startsWith(begin)).toList();
  }

  private ViewerConnection connect(ConversationHub hub) {
    return hub.connect(new KeepingTransport(), false);
  }

  private static long allocated(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    work.run();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
  }

  /** A model that answers at once with one token, and keeps nothing. */
  private static final class OneToken implements StreamingChatModel {
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
      handler.onPartialResponse("Yes.");
      handler.onCompleteResponse(ChatResponse.builder().aiMessage(AiMessage.from("Yes.")).build());
    }
  }

  /** A socket that takes every frame at once. */
  private final class KeepingTransport implements Transport {
    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      frames.add(message);
      onSent.accept(null);
    }

    @Override
    public void ping() {}

    @Override
    public void close(int code, String reason) {}
  }
}
