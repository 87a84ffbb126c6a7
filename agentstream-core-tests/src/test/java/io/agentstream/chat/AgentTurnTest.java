package io.agentstream.chat;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.MessageReset;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.upstream.UpstreamHttpException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentTurnTest extends ChatFixture {

  static final RetryPolicy TWICE =
      new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(30), 0);

  @Test
  void a_failure_before_the_first_token_is_retried_in_silence() {
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).build())));
    model.next().fail(new IllegalStateException());
    clock.advance(Duration.ofSeconds(1));
    model.next().fail(new IllegalStateException());
    clock.advance(Duration.ofMillis(1_999));
    assertThat(model.isIdle()).isTrue();
    clock.advance(Duration.ofMillis(1));
    model.next().tokens("Yes.").complete();

    assertThat(events.types())
        .doesNotContain("error", "message_reset")
        .endsWith(
            "speaker_change",
            "streaming_token",
            "streaming_complete",
            "new_message",
            "conversation_ended");
  }

  @Test
  void a_failure_after_a_token_voids_the_text_and_starts_over() {
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).build())));
    ScriptedCall broken = model.next().thinking("hm").tokens("Ye");
    broken.fail(new IllegalStateException());
    clock.advance(Duration.ofSeconds(1));
    broken.tokens("late");
    model.next().thinking("ah").tokens("No.").complete();

    assertThat(events.only(MessageReset.class).offset()).isZero();
    assertThat(events.of(StreamingThinking.class))
        .extracting(StreamingThinking::offset)
        .containsExactly(0, 0);
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("No.");
  }

  @Test
  void the_model_server_says_when_to_come_back() {
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).build())));
    model.next().fail(new UpstreamHttpException(429, "", Duration.ofSeconds(7)));
    clock.advance(Duration.ofMillis(6_999));
    assertThat(model.isIdle()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(model.isIdle()).isFalse();
  }

  @Test
  void the_longest_delay_of_the_policy_is_waited() {
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).build())));
    model.next().fail(new UpstreamHttpException(429, "", TWICE.longest()));
    clock.advance(TWICE.longest());
    model.next().tokens("Yes.").complete();
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("Yes.");
  }

  @Test
  void a_server_that_asks_for_a_longer_delay_is_not_asked_again_too_early() {
    Duration tooLong = TWICE.longest().plusMillis(1);
    try (Logged log = new Logged(AgentTurn.class)) {
      start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).build())));
      model.next().fail(new UpstreamHttpException(429, "", tooLong));
      assertThat(log.with("asks for a longer delay")).hasSize(1);
    }
    assertThat(events.only(ChatError.class).cause()).isEqualTo(ErrorCause.RATE_LIMIT);
    assertThat(events.only(ChatError.class).retryable()).isTrue();
    clock.advance(tooLong);
    assertThat(model.isIdle()).isTrue();
  }

  @Test
  void the_fallback_takes_over_from_a_server_that_asks_for_a_longer_delay() {
    ScriptedModel second = new ScriptedModel();
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).fallbackModel(second).build())));
    model.next().fail(new UpstreamHttpException(429, "", Duration.ofHours(1)));
    clock.advance(Duration.ZERO);
    second.next().tokens("Yes.").complete();
    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("Yes.");
  }

  @Test
  void a_refused_key_is_not_retried_and_the_fallback_takes_over() {
    ScriptedModel second = new ScriptedModel();
    start(chat(1, List.of(agent("Ann").retryPolicy(TWICE).fallbackModel(second).build())));
    model.next().fail(new UpstreamHttpException(401, "", null));
    clock.advance(Duration.ZERO);
    second.next().tokens("Yes.").complete();

    assertThat(events.only(StreamingComplete.class).fullContent()).isEqualTo("Yes.");
    assertThat(model.isIdle()).isTrue();
  }

  @Test
  void failed_turns_are_skipped_and_the_third_in_a_row_ends_the_run() {
    start(chat(9, "Ann", "Ben"));
    model.next().fail(new IllegalStateException());
    model.next().tokens("fine").complete();
    model.next().fail(new IllegalStateException());
    model.next().fail(new IllegalStateException());
    model.next().fail(new IllegalStateException());

    assertThat(events.of(ChatError.class))
        .extracting(ChatError::fatal)
        .containsExactly(false, false, false, true);
    assertThat(events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.FAILED);
  }

  @Test
  void a_model_that_never_begins_and_one_that_falls_silent_are_hung_up_on() {
    Timeouts times =
        Timeouts.builder()
            .firstToken(Duration.ofSeconds(30))
            .tokenIdle(Duration.ofSeconds(10))
            .build();
    start(chat(2, List.of(agent("Ann").timeouts(times).build())));
    clock.advance(Duration.ofSeconds(30));
    ScriptedCall second = callAfter(1);
    for (int i = 0; i < 5; i++) {
      second.tokens("x");
      clock.advance(Duration.ofSeconds(9));
    }
    assertThat(events.of(StreamingComplete.class)).hasSize(1);
    clock.advance(Duration.ofSeconds(1));

    assertThat(events.of(ChatError.class))
        .extracting(ChatError::code)
        .containsExactly(ErrorCode.UPSTREAM_TIMEOUT, ErrorCode.UPSTREAM_TIMEOUT);
    assertThat(complete("m3").fullContent()).isEqualTo("xxxxx");
  }

  private ScriptedCall callAfter(int calls) {
    for (int i = 0; i < calls; i++) {
      model.next();
    }
    return model.next();
  }

  @Test
  void thinking_streams_apart_and_never_enters_the_history() {
    start(chat(1, "Ann", "Ben"));
    model.next().thinking("Let me ", "see.").tokens("Yes.").complete();

    assertThat(events.of(StreamingThinking.class))
        .containsExactly(
            new StreamingThinking("m2", 0, "Let me "), new StreamingThinking("m2", 7, "see."));
    assertThat(model.next().messages().toString()).doesNotContain("Let me");
  }

  @ParameterizedTest
  @CsvSource({"true, Tea it is., Hm.", "false, <think>Hm.</think>Tea it is., ''"})
  void thoughts_in_the_text_are_told_apart_if_the_agent_wants_that(
      boolean apart, String text, String thinking) {
    start(chat(1, agent("Ann").thoughtsInText(apart).build(), agent("Ben").build()));
    model.next().tokens("<thi", "nk>Hm.</th", "ink>Tea it is.").complete();

    assertThat(complete("m2").fullContent()).isEqualTo(text).isEqualTo(events.textOf("m2"));
    assertThat(
            events.of(StreamingThinking.class).stream()
                .map(StreamingThinking::token)
                .collect(joining()))
        .isEqualTo(thinking);
    assertThat(model.next().messages().toString()).contains("Ann: " + text);
  }

  @Test
  void a_nested_team_speaks_for_itself_with_the_path_of_names() {
    GroupChat inner = chat(1, "Ivy", "Joe").build();
    start(chat(1, List.of(agent("Ann").build(), inner.asAgent("Team", "Two heads."))));
    model.next().tokens("a").complete();
    model.next().tokens("i").complete();
    ScriptedCall joe = model.next();
    assertThat(joe.messages().toString()).contains("Ann: a").contains("Ivy: i");
    joe.tokens("j").complete();

    assertThat(events.of(SpeakerChange.class))
        .extracting(change -> change.agentPath())
        .containsExactly(null, List.of("Team", "Ivy"), List.of("Team", "Joe"));
    assertThat(events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.MAX_ROUNDS);
  }

  @Test
  void a_stop_reaches_a_nested_team() {
    GroupChat inner = chat(1, "Ivy", "Joe").build();
    Conversation conversation = start(chat(1, List.of(inner.asAgent("Team", "Two heads."))));
    model.next().tokens("half");
    conversation.stop();

    assertThat(complete("m2").finishReason()).isEqualTo(TurnFinishReason.STOPPED);
    assertThat(speakers()).containsExactly("Ivy");
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void usage_is_estimated_where_the_model_server_tells_nothing() {
    Conversation conversation = start(chat(1, "Ann"));
    model.next().tokens("12345678");
    conversation.stop();

    Usage usage = complete("m2").usage();
    assertThat(usage.estimated()).isTrue();
    assertThat(usage.outputTokens()).isEqualTo(2);
    assertThat(usage.inputTokens()).isPositive();
  }
}
