package io.agentstream.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ErrorCause;
import io.agentstream.upstream.Diagnosis;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An answer in fields that nobody reads is no empty message but a failure, which names the fields
 * and nothing of what is in them.
 */
class UnreadAnswersTest extends ModelServerFixture {

  private static final String TEXT = "\"canary of the server\"";

  private static final String PROGRESS =
      "{\"status\":\"queued\",\"stage\":\"waiting\",\"timestamp\":\"2026-11-29T01:00:00Z\",\"session_id\":\"s1\",\"createdAt\":\"01:00\"}";

  static Stream<Arguments> unread() {
    return Stream.of(
        of(
            "capitals",
            event("{\"CHOICES\":[{\"DELTA\":{\"CONTENT\":" + TEXT + "}}]}") + stop(),
            "CHOICES.DELTA.CONTENT"),
        of(
            "a delta in capitals, with its finish reason",
            event(
                    "{\"choices\":[{\"Delta\":{\"Content\":"
                        + TEXT
                        + "},\"finish_reason\":\"stop\"}]}")
                + event("[DONE]"),
            "choices.Delta.Content"),
        of(
            "the content in capitals",
            delta("\"Content\":" + TEXT) + stop(),
            "choices.delta.Content"),
        of(
            "choices as a map",
            event("{\"choices\":{\"0\":{\"delta\":{\"content\":" + TEXT + "}}}}") + stop(),
            "choices.0.delta.content"),
        of("choices in a string", event("{\"choices\":" + TEXT + "}") + stop(), "choices"),
        of(
            "a value in place of content",
            delta("\"value\":" + TEXT) + stop(),
            "choices.delta.value"),
        of(
            "a value beside thinking",
            delta("\"reasoning_content\":\"Hm\"") + delta("\"value\":" + TEXT) + stop(),
            "choices.delta.value"),
        of(
            "a value in the choice",
            event("{\"choices\":[{\"index\":0,\"delta\":{},\"value\":" + TEXT + "}]}") + stop(),
            "choices.value"),
        of(
            "a token as an object",
            delta("\"token\":{\"id\":1,\"text\":" + TEXT + "}") + stop(),
            "choices.delta.token.text"),
        of(
            "content of another kind",
            delta("\"content\":[{\"type\":\"md\",\"md\":" + TEXT + "}]") + stop(),
            "choices.delta.content.md"),
        of(
            "a call of another protocol",
            delta("\"functionCall\":{\"name\":" + TEXT + ",\"args\":{}}") + stop(),
            "choices.delta.functionCall.name"),
        of(
            "an unknown envelope",
            event("{\"payload\":{\"choices\":[{\"delta\":{\"content\":" + TEXT + "}}]}}") + stop(),
            "payload.choices.delta.content"),
        of(
            "two envelopes",
            event("{\"data\":{\"data\":{\"choices\":[{\"delta\":{\"content\":" + TEXT + "}}]}}}")
                + stop(),
            "data.data.choices.delta.content"),
        of("a list of texts", event("[" + TEXT + "]") + stop(), "[]"),
        of(
            "llama.cpp's own protocol",
            event("{\"content\":" + TEXT + ",\"stop\":true}"),
            "content"),
        of(
            "Gemini's own protocol",
            event("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":" + TEXT + "}]}}]}"),
            "candidates.content.parts.text"),
        of(
            "Anthropic's own protocol",
            event(
                "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":"
                    + TEXT
                    + "}}"),
            "delta.text"),
        of(
            "OpenAI's Responses API",
            event("{\"type\":\"response.output_text.delta\",\"delta\":" + TEXT + "}"),
            "delta"),
        of("bare text", event("canary of the server") + event("[DONE]"), "text that is no JSON"),
        of("a name that is a text", delta("\"canary of <b>\":" + TEXT) + stop(), "choices.delta.?"),
        of(
            "an endless name",
            event("{\"" + "canary".repeat(50) + "\":" + TEXT + "}") + event("[DONE]"),
            "?"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unread")
  void is_a_failure_that_names_what_came(String name, String bytes, String fields)
      throws InterruptedException {
    Diagnosis failure = ask(stream(bytes)).failure();

    assertThat(failure.cause()).isEqualTo(ErrorCause.EMPTY_ANSWER);
    assertThat(failure.advice()).contains("It sent " + fields + ":").doesNotContain("canary");
    assertThat(failure.retryable()).isEqualTo(fields.startsWith("text"));
  }

  static Stream<Arguments> silent() {
    String start = delta("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null");
    return Stream.of(
        Arguments.of("a role and an end", start + stop()),
        Arguments.of(
            "OpenAI's padding",
            start
                + event(
                    "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"obfuscation\":\"x\"}")),
        Arguments.of(
            "Gemini's signature of a thought",
            delta("\"extra_content\":{\"google\":{\"thought_signature\":\"x\"}}") + stop()),
        Arguments.of(
            "Azure's filter results",
            event(
                    "{\"choices\":[],\"prompt_filter_results\":[{\"content_filter_results\":{\"hate\":{\"severity\":\"safe\"}}}]}")
                + start
                + stop()),
        Arguments.of(
            "a message about the progress", event("{\"status\":\"queued\"}") + start + stop()),
        Arguments.of(
            "a message about the progress with times and ids", event(PROGRESS) + start + stop()),
        Arguments.of(
            "why Gemini ended",
            start
                + event(
                    "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"finish_message\":\"Ended.\"}]}")),
        Arguments.of("a heartbeat that is no JSON", event("ping") + start + stop()),
        Arguments.of(
            "another alternative alone",
            start
                + event("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Tea.\"}}]}")
                + stop()),
        Arguments.of("an end by the limit", delta("\"value\":\"Tea.\"") + finish("length")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("silent")
  void an_answer_of_a_model_that_says_nothing_is_an_empty_message(String name, String bytes)
      throws InterruptedException {
    assertThat(ask(stream(bytes)).message().text()).isEmpty();
  }

  @Test
  void a_server_that_dies_after_messages_about_the_progress_is_asked_again()
      throws InterruptedException {
    Diagnosis failure = ask(stream(event(PROGRESS))).failure();
    assertThat(failure.cause()).isEqualTo(ErrorCause.EMPTY_ANSWER);
    assertThat(failure.retryable()).isTrue();
  }

  private static Arguments of(String name, String bytes, String fields) {
    return Arguments.of(name, bytes, fields);
  }
}
