package io.agentstream.tests.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Handshake;
import io.agentstream.test.EncoderContract;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.ConversationEncoder;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.viewer.ViewerEncoder;
import io.agentstream.wire.ControlFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A format of somebody's own, alone and behind a hub. */
class EventLinesTest extends EncoderContract {

  private static final String START =
      "{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}";

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model).build())
          .clock(clock)
          .executor(Runnable::run)
          .build();
  private final Lines socket = new Lines();

  @Override
  protected ViewerEncoder encoder() {
    return new EventLines();
  }

  @Override
  protected String text(List<String> frames) {
    StringBuilder text = new StringBuilder();
    for (String frame : frames) {
      if (frame.equals("again:")) {
        text.setLength(0);
      } else {
        text.append(frame.substring("say: ".length()));
      }
    }
    return text.toString();
  }

  @Test
  void a_viewer_of_a_hub_is_sent_what_its_encoder_writes_and_nothing_else() {
    ViewerConnection viewer = hub.connect(socket, new EventLines(), Handshake.none());
    viewer.receive(START, true);
    ScriptedCall call = model.next();
    call.tokens("Tea", " of course");
    assertThat(socket.frames).containsExactly("say: Tea", "say:  of course");
  }

  @Test
  void a_snapshot_of_several_frames_leaves_in_order_and_what_is_new_follows() {
    FakeTransport other = new FakeTransport();
    hub.connect(other, false).receive(START, true);
    ScriptedCall call = model.next();
    call.tokens("Tea");
    String id = other.of("accepted").get(0).at("/data/conversation_id").asText();
    hub.connect(socket, new EventLines(), Handshake.none())
        .receive(
            "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}", true);
    call.tokens(" of course");
    assertThat(socket.frames).containsExactly("again:", "say: Tea", "say:  of course");
    assertThat(other.of("streaming_token")).hasSize(2);
  }

  @Test
  void a_ping_without_a_frame_is_the_socket_s() {
    hub.connect(socket, new EventLines(), Handshake.none());
    clock.advance(hub.timeouts().heartbeat());
    assertThat(socket.pings).isPositive();
  }

  @Test
  void an_encoder_that_throws_closes_its_own_connection_alone() {
    FakeTransport other = new FakeTransport();
    hub.connect(other, false).receive(START, true);
    String id = other.of("accepted").get(0).at("/data/conversation_id").asText();
    ViewerEncoder broken =
        new ViewerEncoder() {
          @Override
          public void control(
              ControlFrame frame,
              long millis,
              @Nullable String requestId,
              Consumer<String> frames) {
            if (frame instanceof ControlFrame.Pong) {
              throw new IllegalStateException("broken");
            }
          }

          @Override
          public ConversationEncoder conversation(String conversationId) {
            throw new AssertionError("broken");
          }
        };
    ViewerConnection viewer = hub.connect(socket, broken, Handshake.none());
    viewer.receive(
        "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}", true);
    assertThat(socket.closeCode).isZero();
    viewer.receive("{\"type\":\"ping\"}", true);
    assertThat(socket.closeCode).isEqualTo(1011);
    model.next().tokens("Tea");
    assertThat(other.last().at("/data/token").asText()).isEqualTo("Tea");
    assertThat(hub.load().connections()).isEqualTo(1);
  }

  private static final class Lines implements Transport {
    private final List<String> frames = new ArrayList<>();
    private int pings;
    private int closeCode;

    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      frames.add(message);
      onSent.accept(null);
    }

    @Override
    public void ping() {
      pings++;
    }

    @Override
    public void close(int code, String reason) {
      closeCode = code;
    }
  }
}
