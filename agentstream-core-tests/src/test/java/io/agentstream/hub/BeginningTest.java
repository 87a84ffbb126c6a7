package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage.Role;
import io.agentstream.event.PastMessage;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.Beginning;
import io.agentstream.wire.ConversationCommand.SendMessage;
import io.agentstream.wire.Request;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Conversations that an adapter starts for a viewer. */
class BeginningTest {

  private static final String KEY = "5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035";

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final List<String> frames = new ArrayList<>();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model).build())
          .defaultMaxRounds(1)
          .limits(Limits.builder().maxTopicChars(10).maxConversationChars(100).build())
          .clock(clock)
          .executor(Runnable::run)
          .build();
  private final ViewerConnection viewer = hub.connect(transport(), false, Handshake.none());

  private Transport transport() {
    return new Transport() {
      @Override
      public void send(String message, Consumer<@Nullable Throwable> onSent) {
        frames.add(message);
        onSent.accept(null);
      }

      @Override
      public void ping() {}

      @Override
      public void close(int code, String reason) {}
    };
  }

  private Conversation start(Beginning beginning) {
    viewer.receive(Request.start("s", start("Tea?", KEY), beginning));
    return hub.conversations().iterator().next();
  }

  private static StartConversation start(String topic, @Nullable String requestId) {
    return new StartConversation(topic, null, null, null, requestId);
  }

  private static Beginning after(String content) {
    return Beginning.after(List.of(new PastMessage(Role.ASSISTANT, "Ann", content)));
  }

  @Test
  void a_run_that_ends_with_its_viewer_ends_seconds_after_the_viewer_has_gone() {
    Conversation conversation = start(new Beginning(List.of(), null, true));
    ScriptedCall call = model.next().tokens("Ye");
    clock.advance(Duration.ofSeconds(20));
    assertThat(conversation.result()).isNotDone();

    viewer.closed();
    clock.advance(Duration.ofSeconds(5));

    assertThat(conversation.result().join().reason()).isEqualTo(EndReason.ABANDONED);
    assertThat(call.isHungUp()).isTrue();
  }

  @Test
  void a_message_with_the_topics_id_adds_nothing() {
    Conversation conversation = start(new Beginning(List.of(), "t1", false));

    viewer.receive(new Request("m", new SendMessage(conversation.id(), "Tea?", false, "t1")));
    model.next().tokens("Yes.").complete();

    assertThat(conversation.result().join().messages()).hasSize(2);
  }

  @Test
  void a_command_keeps_the_bounds_of_the_wire_and_a_history_those_of_a_conversation() {
    viewer.receive(Request.start("1", start("longer than ten", null), Beginning.USUAL));
    viewer.receive(Request.start("2", start("", null), Beginning.USUAL));
    viewer.receive(Request.start("3", start("Tea?", null), after("x".repeat(101))));
    viewer.receive(new Request("4", new SendMessage("x", "longer than ten", false, null)));

    assertThat(hub.conversations()).isEmpty();
    assertThat(frames.subList(1, frames.size()))
        .satisfiesExactly(
            topic -> assertThat(topic).contains("limit_exceeded", "'topic'"),
            blank -> assertThat(blank).contains("invalid_field", "'topic'"),
            past -> assertThat(past).contains("limit_exceeded", "messages so far"),
            content -> assertThat(content).contains("limit_exceeded", "'content'"));
  }

  @Test
  void a_start_that_is_repeated_finds_its_conversation_and_starts_none() {
    viewer.receive(Request.repeat("1", start("-", KEY)));
    assertThat(frames.get(frames.size() - 1)).contains("not_found");
    Conversation conversation = start(Beginning.USUAL);
    frames.clear();

    viewer.receive(Request.repeat("2", start("-", KEY)));

    assertThat(frames.get(0)).contains("accepted", conversation.id());
    assertThat(hub.conversations()).hasSize(1);
  }
}
