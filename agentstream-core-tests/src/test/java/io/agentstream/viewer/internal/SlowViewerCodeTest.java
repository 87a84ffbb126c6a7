package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.chat.Logged;
import io.agentstream.event.ErrorCode;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.identity.Handshake;
import io.agentstream.internal.UserCode;
import io.agentstream.journal.JournalEntry;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Code of users that holds up the thread that sends is named. */
class SlowViewerCodeTest {

  private static final String START =
      "{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}";

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final FakeTransport socket = new FakeTransport();

  @Test
  void a_delivery_listener_is_named_once_by_whichever_of_its_methods_is_slow() {
    List<DeliveryListener> slow =
        List.of(
            new SlowStarts(),
            new SlowFrames(),
            new SlowMerges(),
            new SlowResyncs(),
            new SlowRefusals());
    ConversationHubBuilder builder =
        hub().limits(Limits.builder().journalEvents(20).build()).listener(new Quick());
    slow.forEach(builder::listener);
    try (Logged logged = new Logged()) {
      ViewerConnection viewer = builder.build().connect(socket, false);
      viewer.receive("{\"type\":\"nonsense\"}", true);
      viewer.receive(START, true);
      ScriptedCall call = model.next();
      mergeAndResync(call, "a");
      mergeAndResync(call, "b");

      for (DeliveryListener listener : slow) {
        String warning = listener.getClass().getName() + " took 101 ms";
        assertThat(logged.with(warning)).as(warning).hasSize(1);
      }
      assertThat(logged.with(Quick.class.getName())).isEmpty();
    }
  }

  private void mergeAndResync(ScriptedCall call, String token) {
    socket.stick();
    call.tokens(token, token, token);
    socket.unstick();
    socket.stick();
    call.tokens(token.repeat(30).split(""));
    socket.unstick();
  }

  @Test
  void an_encoder_is_named_and_so_is_its_conversation_s() {
    try (Logged logged = new Logged()) {
      hub().build().connect(socket, new SlowEncoder(), Handshake.none()).receive(START, true);
      model.next().tokens("a", "b");

      assertThat(logged.with(SlowEncoder.class.getName() + " took 101 ms")).hasSize(1);
      assertThat(logged.with(SlowEvents.class.getName() + " took 101 ms")).hasSize(1);
    }
  }

  @Test
  void an_encoder_of_the_library_is_called_without_a_look_at_the_clock() {
    UserCode userCode = new UserCode(clock::nanoTime);
    for (ViewerEncoder own : List.of(Encoders.of(false), Encoders.of(true))) {
      assertThat(MeasuredEncoder.of(own, userCode)).isSameAs(own);
    }
  }

  private ConversationHubBuilder hub() {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .clock(clock)
        .executor(Runnable::run);
  }

  private void takeLong() {
    clock.advance(Duration.ofMillis(101));
  }

  private static final class Quick implements DeliveryListener {}

  private final class SlowStarts implements DeliveryListener {
    @Override
    public void onConversation(ConversationBuilder conversation) {
      takeLong();
    }
  }

  private final class SlowFrames implements DeliveryListener {
    @Override
    public void onFrame() {
      takeLong();
    }
  }

  private final class SlowMerges implements DeliveryListener {
    @Override
    public void onMerge(int tokens) {
      takeLong();
    }
  }

  private final class SlowResyncs implements DeliveryListener {
    @Override
    public void onResync() {
      takeLong();
    }
  }

  private final class SlowRefusals implements DeliveryListener {
    @Override
    public void onRefused(ErrorCode code) {
      takeLong();
    }
  }

  private final class SlowEncoder implements ViewerEncoder {
    @Override
    public void control(
        ControlFrame frame, long millis, @Nullable String requestId, Consumer<String> frames) {
      takeLong();
    }

    @Override
    public ConversationEncoder conversation(String conversationId) {
      return new SlowEvents();
    }
  }

  private final class SlowEvents implements ConversationEncoder {
    @Override
    public void entry(JournalEntry entry, Consumer<String> frames) {
      takeLong();
    }

    @Override
    public void tokens(
        JournalEntry first, JournalEntry last, String text, Consumer<String> frames) {
      takeLong();
    }

    @Override
    public void snapshot(Snapshot snapshot, long millis, Consumer<String> frames) {
      takeLong();
    }
  }
}
