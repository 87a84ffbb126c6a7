package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentstream.event.ErrorCode;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ModelCallListenerTest {

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final List<String> told = new ArrayList<>();

  @Test
  void a_call_is_told_with_its_message_and_its_one_end() {
    model.answers("Hello");
    start(RetryPolicy.none()).start();
    assertThat(told).containsExactly("m2 called", "m2 answered");
  }

  @Test
  void a_call_that_is_made_again_is_told_as_two() {
    model.fails(new ConnectException("canary")).answers("Hello");
    start(RetryPolicy.defaults()).start();
    clock.advance(Duration.ofMinutes(1));
    assertThat(told)
        .containsExactly("m2 called", "m2 UPSTREAM_ERROR again", "m2 called", "m2 answered");
  }

  @Test
  void a_call_that_fails_for_good_is_told_as_failed() {
    model.fails(new ConnectException("canary"));
    start(RetryPolicy.none()).start();
    assertThat(told).containsExactly("m2 called", "m2 UPSTREAM_ERROR");
  }

  @Test
  void a_call_that_is_cut_off_by_a_timeout_is_told_as_failed() {
    start(RetryPolicy.none()).start();
    model.next().tokens("He");
    clock.advance(Duration.ofHours(2));
    assertThat(told).containsExactly("m2 called", "m2 UPSTREAM_TIMEOUT");
  }

  @Test
  void a_stopped_speaker_leaves_a_cancelled_call() {
    Conversation conversation = start(RetryPolicy.none()).start();
    model.next().tokens("He");
    conversation.stop();
    assertThat(told).containsExactly("m2 called", "m2 cancelled");
  }

  @Test
  void a_listener_that_throws_harms_nothing() {
    model.answers("Hello");
    Conversation conversation =
        start(RetryPolicy.none())
            .modelCallListener(
                (messageId, called, request) -> {
                  throw new IllegalStateException("canary");
                })
            .start();
    assertThat(conversation.result().join().messages()).hasSize(2);
    assertThat(told).containsExactly("m2 called", "m2 answered");
  }

  @Test
  void a_listener_that_does_not_observe_the_call_harms_nothing() {
    model.answers("Hello");
    Conversation conversation =
        start(RetryPolicy.none()).modelCallListener((messageId, called, request) -> null).start();
    assertThat(conversation.result().join().messages()).hasSize(2);
    assertThat(told).containsExactly("m2 called", "m2 answered");
  }

  private ConversationBuilder start(RetryPolicy policy) {
    return GroupChat.builder()
        .participants(Agent.builder("Ann").model(model).retryPolicy(policy).build())
        .maxRounds(1)
        .clock(clock)
        .executor(Runnable::run)
        .build()
        .newConversation("Tea?")
        .modelCallListener(this::observe);
  }

  private ModelCallObservation observe(
      @Nullable String messageId, StreamingChatModel called, ChatRequest request) {
    assertThat(called).isSameAs(model);
    told.add(messageId + " called");
    return new ModelCallObservation() {
      @Override
      public void answered(ChatResponse response) {
        told.add(messageId + " answered");
      }

      @Override
      public void failed(ErrorCode code, boolean callsAgain) {
        told.add(messageId + " " + code + (callsAgain ? " again" : ""));
      }

      @Override
      public void cancelled() {
        told.add(messageId + " cancelled");
      }
    };
  }
}
