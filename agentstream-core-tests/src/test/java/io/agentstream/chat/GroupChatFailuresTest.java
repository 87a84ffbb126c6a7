package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.output.FinishReason;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import java.net.ConnectException;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A model fails, or ends its answer without a reason. */
class GroupChatFailuresTest extends ScriptedChat {

  @Test
  void a_failure_is_told_once_and_ends_the_conversation() {
    start(chat(2, "Ann", "Ben"));
    ScriptedCall call = model.next().tokens("so far");

    call.fail(new RuntimeException("secret text of the provider"));
    call.fail(new RuntimeException("again"));
    call.complete();

    assertThat(events.types())
        .endsWith(
            "streaming_token", "error", "streaming_complete", "new_message", "conversation_ended");
    assertThat(events.only(ChatError.class))
        .isEqualTo(
            new ChatError(
                ErrorCode.UPSTREAM_ERROR,
                "The model server failed to answer.",
                "Ann",
                "m2",
                true,
                true,
                ErrorCause.SERVER_ERROR));
    assertThat(events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.FAILED);
  }

  @Test
  void what_viewers_are_told_of_a_failure_depends_on_its_kind() {
    assertThat(failure(new AuthenticationException("key sk-123 is wrong")))
        .isEqualTo("upstream_error: The model server refused the request.");
    assertThat(failure(new RateLimitException("quota of org-1")))
        .isEqualTo("upstream_rate_limited: The model server takes no more requests for now.");
    assertThat(failure(new RuntimeException(new ConnectException("10.0.0.1"))))
        .isEqualTo("upstream_error: The model server cannot be reached.");
    assertThat(failure(new RuntimeException(new HttpException(500, "stack trace"))))
        .isEqualTo("upstream_error: The model server failed to answer.");
    assertThat(failure(new RuntimeException(new HttpException(503, "stack trace"))))
        .isEqualTo("upstream_error: The model server is overloaded for now.");
  }

  private static String failure(Throwable error) {
    ModelFailure failure = ModelFailure.of(error);
    return failure.code().name().toLowerCase(Locale.ROOT) + ": " + failure.message();
  }

  @Test
  void a_model_that_throws_fails_the_turn_like_one_that_reports() {
    model.then(
        call -> {
          throw new IllegalStateException("no");
        });

    start(chat(1, "Ann"));

    assertThat(events.only(ConversationEnded.class).reason()).isEqualTo(EndReason.FAILED);
  }

  @Test
  void a_clean_end_without_a_finish_reason_is_truncated() {
    start(chat(1, "Ann"));
    model.next().tokens("half").complete(null);

    assertThat(events.only(StreamingComplete.class).finishReason())
        .isEqualTo(TurnFinishReason.TRUNCATED);
  }

  @Test
  void the_models_finish_reasons_reach_the_viewer() {
    assertThat(finish(FinishReason.LENGTH)).isEqualTo(TurnFinishReason.LENGTH);
    assertThat(finish(FinishReason.CONTENT_FILTER)).isEqualTo(TurnFinishReason.CONTENT_FILTER);
    assertThat(finish(FinishReason.STOP)).isEqualTo(TurnFinishReason.STOP);
  }

  private TurnFinishReason finish(FinishReason reason) {
    RecordedEvents own = new RecordedEvents();
    chat(1, "Ann").newConversation("Will it?").inlineListener(own).start();
    model.next().tokens("x").complete(reason);
    return own.only(StreamingComplete.class).finishReason();
  }
}
