package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.StreamListener;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.HubLoad;
import io.agentstream.viewer.ViewerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryListenerTest {

  private final ScriptedModel model = new ScriptedModel();
  private final Told told = new Told();
  private final Told toldToo = new Told();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model).build())
          .executor(Runnable::run)
          .limits(Limits.builder().journalEvents(20).build())
          .clock(new ManualClock())
          .listener(told)
          .listener(toldToo)
          .build();
  private final FakeTransport socket = new FakeTransport();
  private final ViewerConnection viewer = hub.connect(socket, false);

  @Test
  void every_frame_is_told_before_it_is_sent() {
    start();
    model.next().tokens("a", "b");
    assertThat(told.frames).isEqualTo(socket.frames.size());
  }

  @Test
  void tokens_that_leave_together_are_told_with_their_number() {
    start();
    ScriptedCall call = model.next();
    socket.stick();
    call.tokens("a", "b", "c", "d", "e");
    assertThat(told.merges).isEmpty();
    socket.unstick();
    assertThat(told.merges).containsExactly(4);
  }

  @Test
  void
      a_viewer_that_falls_behind_the_journal_is_a_resync_and_one_that_asks_for_a_snapshot_is_not() {
    start();
    ScriptedCall call = model.next();
    call.tokens("a");
    FakeTransport second = new FakeTransport();
    join(second, "");
    assertThat(second.of("snapshot")).hasSize(1);
    assertThat(told.resyncs).isZero();

    socket.stick();
    call.tokens("b".repeat(30).split(""));
    socket.unstick();
    assertThat(socket.of("snapshot")).hasSize(1);
    assertThat(told.resyncs).isEqualTo(1);
  }

  @Test
  void a_viewer_that_comes_back_too_late_for_its_position_is_a_resync() {
    start();
    model.next().tokens("b".repeat(30).split(""));
    join(new FakeTransport(), ",\"epoch\":1,\"after_seq\":3");
    assertThat(told.resyncs).isEqualTo(1);
  }

  @Test
  void what_is_added_to_a_conversation_hears_of_an_event_before_the_viewers() {
    start();
    assertThat(told.framesAtEvents.get(0)).isEqualTo(1);
    assertThat(told.conversations).containsExactly(id());
  }

  @Test
  void the_load_is_what_waits_for_the_viewers() {
    start();
    ScriptedCall call = model.next();
    assertLoad(1, 1, 1, 0, 0, 0);
    socket.stick();
    call.tokens("a", "b", "c");
    viewer.receive("{\"type\":\"list_agents\",\"data\":{}}", true);
    assertLoad(1, 1, 1, 1, 1, 2);
    socket.unstick();
    call.complete();
    model.next().complete();
    model.next().complete();
    assertLoad(1, 0, 1, 0, 0, 0);
    viewer.closed();
    assertLoad(0, 0, 0, 0, 0, 0);
  }

  private void start() {
    viewer.receive("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}", true);
  }

  private void join(FakeTransport transport, String position) {
    hub.connect(transport, false)
        .receive(
            "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\""
                + id()
                + "\""
                + position
                + "}}",
            true);
  }

  private String id() {
    return hub.conversations().iterator().next().id();
  }

  @Test
  void refusals_are_told_by_their_code() {
    viewer.receive("{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"x\"}}", true);
    assertThat(told.refusals).containsExactly(ErrorCode.NOT_FOUND);
  }

  @Test
  void the_load_can_be_polled_before_the_first_conversation() {
    assertThat(told.polled().connections()).isEqualTo(1);
    assertThat(told.polled().draining()).isFalse();
    hub.close();
    assertThat(told.polled().draining()).isTrue();
  }

  @Test
  void every_listener_is_told_the_same() {
    start();
    ScriptedCall call = model.next();
    socket.stick();
    call.tokens("x", "y", "z");
    socket.unstick();
    assertThat(toldToo.frames).isEqualTo(told.frames).isPositive();
    assertThat(toldToo.merges).isEqualTo(told.merges).isNotEmpty();
    assertThat(toldToo.conversations).isEqualTo(told.conversations).isNotEmpty();
    assertThat(toldToo.polled()).isEqualTo(told.polled());
  }

  private static final class Told implements DeliveryListener {
    private @Nullable Supplier<HubLoad> load;
    int frames;
    int resyncs;
    final List<ErrorCode> refusals = new ArrayList<>();
    final List<Integer> merges = new ArrayList<>();
    final List<String> conversations = new ArrayList<>();
    final List<Integer> framesAtEvents = new ArrayList<>();

    HubLoad polled() {
      return Objects.requireNonNull(load).get();
    }

    @Override
    public void onHub(Supplier<HubLoad> load) {
      assertThat(this.load).isNull();
      this.load = load;
    }

    @Override
    public void onRefused(ErrorCode code) {
      refusals.add(code);
    }

    @Override
    public void onConversation(ConversationBuilder conversation) {
      conversations.add(conversation.id());
      conversation.inlineListener(StreamListener.of(event -> framesAtEvents.add(frames)));
    }

    @Override
    public void onFrame() {
      frames++;
    }

    @Override
    public void onMerge(int tokens) {
      merges.add(tokens);
    }

    @Override
    public void onResync() {
      resyncs++;
    }
  }

  private void assertLoad(
      int connections, int conversations, int views, int waiting, int behind, long events) {
    HubLoad load = hub.load();
    assertThat(load)
        .isEqualTo(
            new HubLoad(
                connections,
                conversations,
                views,
                waiting,
                behind,
                events,
                0,
                load.keptConversations(),
                load.keptBytes(),
                false));
  }
}
