package io.agentstream.test;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static io.agentstream.test.OpenAiAnswer.connectionReset;
import static io.agentstream.test.OpenAiAnswer.emptyResponse;
import static io.agentstream.test.OpenAiAnswer.garbage;
import static io.agentstream.test.OpenAiAnswer.rateLimited;
import static io.agentstream.test.OpenAiAnswer.status;
import static io.agentstream.test.OpenAiAnswer.stream;
import static io.agentstream.test.OpenAiAnswer.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.MessageReset;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.event.Usage;
import io.agentstream.upstream.EventDrivenHttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each answer, and what a chat makes of it. */
@Timeout(300)
class OpenAiStubsTest {

  @RegisterExtension static final OpenAiStubs openAi = OpenAiStubs.start();

  private RecordedEvents events = new RecordedEvents();

  @Test
  void tokens_stream_with_usage() {
    run(openAi.answers("Yes", ", it", " will."));

    assertThat(events).said("user: Why?", "Ann: Yes, it will.");
    assertThat(events.of(StreamingToken.class)).hasSize(3);
    assertThat(complete().finishReason()).isEqualTo(TurnFinishReason.STOP);
    assertThat(complete().usage()).isEqualTo(Usage.counted(10, 3));
  }

  @Test
  void finish_reasons_and_usage_are_what_they_are_told_to_be() {
    run(openAi.next(stream().tokens("Yes").finish("length").usage(7, 5)));
    assertThat(complete().finishReason()).isEqualTo(TurnFinishReason.LENGTH);
    assertThat(complete().usage()).isEqualTo(Usage.counted(7, 5));

    run(openAi.next(stream().tokens("Yes").finish("content_filter").withoutUsage()));
    assertThat(complete().finishReason()).isEqualTo(TurnFinishReason.CONTENT_FILTER);
    assertThat(complete().usage()).extracting(Usage::estimated).isEqualTo(true);
  }

  @Test
  void an_answer_can_be_empty() {
    run(openAi.next(stream()));
    assertThat(events).said("user: Why?");
    assertThat(complete().finishReason()).isEqualTo(TurnFinishReason.STOP);
  }

  @Test
  void reasoning_is_thinking() {
    run(openAi.next(stream().reasoning("Let me ", "see.").tokens("Yes.")));
    assertThat(events.of(StreamingThinking.class)).hasSize(2);
    assertThat(events).said("user: Why?", "Ann: Yes.");
  }

  @Test
  void tools_are_called_and_the_next_answer_follows() {
    run(openAi.next(stream().toolCall("look", "{\"a\":", "1}")).answers("Seen."));
    assertThat(events.only(ToolCall.class).arguments()).isEqualTo("{\"a\":1}");
    assertThat(events).said("user: Why?", "Ann: Seen.");
    assertThat(openAi.requests()).hasSize(2);
    assertThat(openAi.requests().get(1)).contains("\"tool_call_id\"");
  }

  @Test
  void a_stream_that_ends_early_is_truncated() {
    run(openAi.next(stream().tokens("Yes").truncated()));
    assertThat(complete().finishReason()).isEqualTo(TurnFinishReason.TRUNCATED);
  }

  @Test
  void failures_are_failures() {
    assertThat(failure(status(500))).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(failure(status(503))).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(failure(unauthorized())).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(failure(rateLimited(Duration.ofSeconds(7))))
        .isEqualTo(ErrorCode.UPSTREAM_RATE_LIMITED);
    assertThat(failure(connectionReset())).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(failure(emptyResponse())).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(failure(garbage())).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(failure(stream().tokens("Yes").errorInside("overloaded")))
        .isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(failure(stream().tokens("Yes").errorEvent("overloaded")))
        .isEqualTo(ErrorCode.UPSTREAM_ERROR);
    assertThat(failure(stream().tokens("Yes").malformedEvent().tokens("!")))
        .isEqualTo(ErrorCode.UPSTREAM_ERROR);
  }

  private ErrorCode failure(OpenAiAnswer answer) {
    run(openAi.next(answer));
    assertThat(complete().finishReason()).isEqualTo(TurnFinishReason.ERROR);
    return events.only(ChatError.class).code();
  }

  @Test
  void without_an_answer_a_call_fails_at_once() {
    run(openAi);
    assertThat(events.only(ChatError.class).retryable()).isFalse();
  }

  @Test
  void always_answers_what_nothing_else_does() {
    openAi.answers("First.").always(stream().tokens("Later."));
    run(openAi);
    assertThat(events).said("user: Why?", "Ann: First.");
    run(openAi);
    assertThat(events).said("user: Why?", "Ann: Later.");
    run(openAi);
    assertThat(events).said("user: Why?", "Ann: Later.");
  }

  @Test
  void models_have_answers_of_their_own() {
    openAi.answers("Anybody.").next("one", stream().tokens("One."));
    run(agent("one", RetryPolicy.none()));
    assertThat(events).said("user: Why?", "Ann: One.");
    run(agent("one", RetryPolicy.none()));
    assertThat(events).said("user: Why?", "Ann: Anybody.");
  }

  @Test
  void a_retry_meets_the_next_answer() {
    openAi.next(stream().tokens("Ye").errorInside("overloaded")).answers("Yes.");
    run(agent("any", new RetryPolicy(1, Duration.ZERO, Duration.ZERO, 0)));
    assertThat(events).isWellFormed().said("user: Why?", "Ann: Yes.");
    assertThat(events.of(MessageReset.class)).hasSize(1);
  }

  @Test
  void a_stream_can_take_its_time() {
    run(
        openAi.next(
            stream().tokens("a", "b").after(Duration.ofMillis(1)).over(Duration.ofMillis(2))));
    assertThat(events).said("user: Why?", "Ann: ab");
  }

  private void run(OpenAiStubs stubbed) {
    assertThat(stubbed).isSameAs(openAi);
    run(agent("any", RetryPolicy.none()));
  }

  private void run(Agent ann) {
    events = new RecordedEvents();
    GroupChat chat = GroupChat.builder().participants(ann).maxRounds(1).build();
    chat.newConversation("Why?").inlineListener(events).start().result().join();
    assertThat(events).isWellFormed();
  }

  private static Agent agent(String modelName, RetryPolicy retries) {
    return Agent.builder("Ann")
        .model(
            OpenAiStreamingChatModel.builder()
                .baseUrl(openAi.baseUrl())
                .apiKey("any")
                .modelName(modelName)
                .returnThinking(true)
                .httpClientBuilder(EventDrivenHttpClient.builder())
                .build())
        .retryPolicy(retries)
        .tool(ToolSpecification.builder().name("look").build(), (request, memory) -> "seen")
        .build();
  }

  private StreamingComplete complete() {
    return events.only(StreamingComplete.class);
  }
}
