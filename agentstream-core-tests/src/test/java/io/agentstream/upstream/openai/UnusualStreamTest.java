package io.agentstream.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.output.FinishReason;
import io.agentstream.test.StubAnswer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams that a strict parser refuses are answers nevertheless, regardless of where their bytes
 * are cut.
 */
class UnusualStreamTest extends ModelServerFixture {

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "io.agentstream.upstream.openai.UnusualStreams#streams",
    "io.agentstream.upstream.openai.OtherShapes#streams"
  })
  void is_an_answer(String what, String bytes) throws Exception {
    Asked asked = ask(stream(bytes));
    assertThat(asked.message().text()).as(what).isEqualTo("Tea.");
    assertThat(String.join("", asked.tokens())).isEqualTo("Tea.");
    assertThat(asked.response().finishReason()).isEqualTo(FinishReason.STOP);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "io.agentstream.upstream.openai.UnusualStreams#streams",
    "io.agentstream.upstream.openai.OtherShapes#streams"
  })
  void is_the_same_answer_byte_by_byte(String what, String bytes) throws Exception {
    StubAnswer slow = StubAnswer.stream().inChunksOf(1).bytes(bytes).end();
    assertThat(ask(slow).message().text()).as(what).isEqualTo("Tea.");
  }

  @Test
  void mistrals_thinking_is_apart_from_its_text() throws Exception {
    Asked asked =
        ask(
            stream(
                delta(
                        "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm.\"}]}]")
                    + text("Tea.")
                    + stop()));
    assertThat(asked.message().text()).isEqualTo("Tea.");
    assertThat(asked.thinking()).isEqualTo("Hm.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"reasoning_content\":\"Hm.\"",
        "\"reasoning\":\"Hm.\"",
        "\"content\":\"\",\"reasoning_content\":\"Hm.\"",
        "\"content\":null,\"reasoning\":\"Hm.\"",
        "\"thinking\":\"Hm.\"",
        "\"reasoning\":{\"content\":\"Hm.\"}",
        "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm.\"}]",
        "\"reasoning\":\"Hm.\",\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Hm.\"}]",
        "\"reasoning\":\"Hm.\",\"reasoning_content\":\"Hm.\"",
        "\"content\":[{\"type\":\"reasoning\",\"text\":\"Hm.\"}]",
        "\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":null}]",
        "\"reasoning_content\":\"Hm.\",\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"Hm.\"}]",
        "\"reasoning_text\":\"Hm.\""
      })
  void thinking_has_many_names(String fields) throws Exception {
    Asked asked = ask(stream(delta(fields) + text("Tea.") + stop()));
    assertThat(asked.thinking()).isEqualTo("Hm.");
    assertThat(asked.message().text()).isEqualTo("Tea.");
    assertThat(asked.message().thinking()).isEqualTo("Hm.");
  }

  @ParameterizedTest
  @CsvSource({
    "stop, STOP",
    "STOP, STOP",
    "eos, STOP",
    "end_turn, STOP",
    "length, LENGTH",
    "MAX_TOKENS, LENGTH",
    "max_tokens, LENGTH",
    "tool_calls, TOOL_EXECUTION",
    "content_filter, CONTENT_FILTER",
    "SAFETY, CONTENT_FILTER",
    "content_filter: RECITATION, CONTENT_FILTER",
    "model_context_window_exceeded, LENGTH",
    "ERROR_LIMIT, LENGTH",
    "ERROR_TOXIC, CONTENT_FILTER",
    "FINISH_REASON_MAX_TOKENS, LENGTH",
    "whatever, OTHER"
  })
  void finish_reasons_have_many_names(String reason, FinishReason known) throws Exception {
    assertThat(ask(stream(text("Tea.") + finish(reason))).response().finishReason())
        .isEqualTo(known);
  }

  @Test
  void an_end_without_a_reason_and_without_done_has_no_reason() throws Exception {
    assertThat(ask(stream(text("Tea."))).response().finishReason()).isNull();
  }

  @Test
  void a_cut_after_the_finish_reason_loses_nothing() throws Exception {
    Asked asked = ask(StubAnswer.stream().bytes(text("Tea.") + finish("stop")).cut());
    assertThat(asked.message().text()).isEqualTo("Tea.");
  }

  static Stream<Arguments> responses() {
    String body = text("Tea.") + stop();
    String chunk = Integer.toHexString(body.length()) + "%s\r\n" + body + "\r\n0\r\n";
    String type = "Content-Type: text/event-stream\r\n";
    String chunked = type + "Transfer-Encoding: chunked\r\n\r\n";
    String usual = "HTTP/1.1 200 OK\r\n" + chunked;
    return Stream.of(
        Arguments.of("100", "HTTP/1.1 100 Continue\r\n\r\n" + usual + chunk.formatted("") + "\r\n"),
        Arguments.of(
            "102, 103",
            "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                + usual
                + chunk.formatted("")
                + "\r\n"),
        Arguments.of("trailers", usual + chunk.formatted("") + "X-Trailer: y\r\n\r\n"),
        Arguments.of("chunk extensions", usual + chunk.formatted(";a=b") + "\r\n"),
        Arguments.of("no reason", "HTTP/1.1 200\r\n" + chunked + chunk.formatted("") + "\r\n"),
        Arguments.of("HTTP/1.0", "HTTP/1.0 200 OK\r\n" + type + "\r\n" + body),
        Arguments.of("no length", "HTTP/1.1 200 OK\r\n" + type + "\r\n" + body),
        Arguments.of(
            "a length that is too great",
            "HTTP/1.1 200 OK\r\n" + type + "Content-Length: 9999\r\n\r\n" + body),
        Arguments.of(
            "line feeds alone", ("HTTP/1.1 200 OK\r\n" + type + "\r\n").replace("\r", "") + body));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("responses")
  void is_an_answer_however_it_is_framed(String what, String bytes) throws Exception {
    StubAnswer answer = StubAnswer.silent().wire(bytes.getBytes(UTF_8)).cut();
    Asked asked = ask(answer);
    assertThat(asked.message().text()).as(what).isEqualTo("Tea.");
    assertThat(asked.response().finishReason()).isEqualTo(FinishReason.STOP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "identity", "utf-8", ""})
  void an_encoding_that_is_none_changes_nothing(String encoding) throws Exception {
    StubAnswer answer =
        StubAnswer.stream().header("Content-Encoding", encoding).bytes(text("Tea.") + stop()).end();
    assertThat(ask(answer).message().text()).isEqualTo("Tea.");
  }

  @Test
  void characters_of_several_bytes_are_whole_however_they_are_cut() throws Exception {
    String said = "Чай, 茶 و 👩‍🍳.";
    for (int size = 1; size <= 5; size++) {
      StubAnswer cut = StubAnswer.stream().inChunksOf(size).bytes(text(said) + stop()).end();
      assertThat(ask(cut).message().text()).as("pieces of %d bytes", size).isEqualTo(said);
    }
  }

  @Test
  void half_a_character_in_each_of_two_chunks_is_a_character() throws Exception {
    Asked asked = ask(stream(text("\\ud83d") + text("\\udc4b") + stop()));
    assertThat(asked.message().text()).isEqualTo("👋");
  }

  @Test
  void a_whole_answer_is_the_answer_in_one_token() throws Exception {
    String body =
        """
        {"id": "x", "object": "chat.completion", "model": "m", "choices": [{"index": 0,
          "message": {"role": "assistant", "content": "Tea.",
            "tool_calls": [{"id": "a", "type": "function",
              "function": {"name": "pour", "arguments": "{}"}}]},
          "finish_reason": "tool_calls"}],
          "usage": {"prompt_tokens": 3, "completion_tokens": 2}}
        """;
    for (String type : new String[] {"application/json", "text/event-stream", "text/plain"}) {
      Asked asked = ask(StubAnswer.status(200).header("Content-Type", type).body(body));
      assertThat(asked.tokens()).containsExactly("Tea.");
      assertThat(asked.message().toolExecutionRequests()).hasSize(1);
      assertThat(asked.response().tokenUsage().totalTokenCount()).isEqualTo(5);
      assertThat(asked.response().finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"prompt_tokens\":3,\"completion_tokens\":2}",
        "{\"prompt_tokens\":\"3\",\"completion_tokens\":\"2\"}",
        "{\"input_tokens\":3,\"output_tokens\":2}",
        "{\"prompt_tokens\":3.0,\"completion_tokens\":2.0,\"total_tokens\":-1}",
        "[{\"prompt_tokens\":3,\"completion_tokens\":2}]"
      })
  void usage_is_read(String usage) throws Exception {
    Asked asked =
        ask(
            stream(
                text("Tea.") + finish("stop") + event("{\"choices\":[],\"usage\":" + usage + "}")));
    assertThat(asked.response().tokenUsage().totalTokenCount()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":2}",
        "\"timings\":{\"prompt_n\":3,\"predicted_n\":2,\"predicted_ms\":7.5}",
        "\"x_groq\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}",
        "\"choices\":[{\"delta\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}}]"
      })
  void usage_is_read_in_other_places(String field) throws Exception {
    Asked asked = ask(stream(text("Tea.") + finish("stop") + event("{" + field + "}")));
    assertThat(asked.response().tokenUsage().totalTokenCount()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"completion_tokens\":2}",
        "{\"prompt_tokens\":0,\"completion_tokens\":2}",
        "{\"prompt_tokens\":null,\"completion_tokens\":2}"
      })
  void usage_may_come_in_two_events(String second) throws Exception {
    String first =
        event("{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}");
    String last = event("{\"choices\":[],\"usage\":" + second + "}");
    Asked asked = ask(stream(first + text("Tea.") + last + stop()));
    assertThat(asked.response().tokenUsage().inputTokenCount()).isEqualTo(3);
    assertThat(asked.response().tokenUsage().outputTokenCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"prompt_tokens\":-3,\"completion_tokens\":2}",
        "{\"prompt_tokens\":3}",
        "{\"prompt_tokens\":0,\"completion_tokens\":0}",
        "{\"prompt_tokens\":NaN,\"completion_tokens\":1}",
        "{\"prompt_tokens\":99999999999,\"completion_tokens\":1}",
        "\"many\""
      })
  void usage_that_cannot_be_is_not_believed(String usage) throws Exception {
    Asked asked = ask(stream(text("Tea.") + finish("stop") + event("{\"usage\":" + usage + "}")));
    assertThat(asked.response().tokenUsage()).isNull();
  }

  @Test
  void bytes_that_are_no_utf8_are_replaced() throws Exception {
    byte[] bytes = (text("Tea?") + stop()).getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '?' ? (byte) 0xC3 : bytes[i];
    }
    assertThat(ask(StubAnswer.stream().bytes(bytes).end()).message().text()).isEqualTo("Tea\uFFFD");
  }
}
