package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.agentstream.chat.Agent;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingToken;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.IdleTransport;
import io.agentstream.viewer.ViewerConnection;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The memory that a token allocates between the model's callback and the socket, garbage included.
 */
class AllocationTest {

  private static final int TOKENS = 5_000;
  private static final int ROUNDS = 8;
  private static final int MOST_BYTES_A_TOKEN = 600;

  @Test
  void a_token_allocates_little_and_no_more_at_the_end_of_a_long_message() {
    long first = leastBytesPerToken(1, null);
    long withTenViewers = leastBytesPerToken(10, null);

    System.out.printf("bytes a token: %d, with ten viewers %d%n", first, withTenViewers);
    assertThat(first).isBetween(1L, (long) MOST_BYTES_A_TOKEN);
    assertThat(withTenViewers - first).isLessThan(9L * 100);
  }

  @Test
  void counting_tokens_frames_and_merges_allocates_nothing() {
    Counting counting = new Counting();
    bytesPerToken(1, counting);
    assertThat(counting.tokens.sum()).isEqualTo(TOKENS);
    assertThat(counting.frames.sum()).isGreaterThan(TOKENS);

    long without = leastBytesPerToken(1, null);
    long with = leastBytesPerToken(1, new Counting());

    assertThat(with - without).isLessThan(8);
  }

  /** The compilers get to the code at different times, and compiled code allocates less. */
  private static long leastBytesPerToken(int viewers, @Nullable DeliveryListener listener) {
    return LongStream.generate(() -> bytesPerToken(viewers, listener))
        .limit(ROUNDS)
        .min()
        .orElseThrow();
  }

  private static long bytesPerToken(int viewers, @Nullable DeliveryListener listener) {
    ScriptedModel model = new ScriptedModel();
    ConversationHubBuilder builder =
        ConversationHub.builder()
            .agents(Agent.builder("Ann").model(model).build())
            .executor(Runnable::run);
    if (listener != null) {
      builder.listener(listener);
    }
    ConversationHub hub = builder.build();
    IdleTransport socket = new IdleTransport();
    ViewerConnection starter = hub.connect(socket, false);
    starter.receive("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}", true);
    String id = hub.conversations().iterator().next().id();
    for (int i = 1; i < viewers; i++) {
      hub.connect(socket, false)
          .receive(
              "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}",
              true);
    }
    ScriptedCall call = model.next();
    long framesBefore = socket.frames;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    for (int i = 0; i < TOKENS; i++) {
      call.handler().onPartialResponse(" word");
    }
    long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(socket.frames - framesBefore).isEqualTo((long) TOKENS * viewers);
    hub.close();
    return bytes / TOKENS;
  }

  private static final class Counting implements DeliveryListener, StreamListener {
    private final LongAdder tokens = new LongAdder();
    private final LongAdder frames = new LongAdder();

    @Override
    public void onConversation(ConversationBuilder conversation) {
      conversation.inlineListener(this);
    }

    @Override
    public void onStreamingToken(StreamingToken event) {
      tokens.increment();
    }

    @Override
    public void onFrame() {
      frames.increment();
    }
  }
}
