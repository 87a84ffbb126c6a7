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

/**
 * Streams that a strict parser refuses are answers nevertheless, regardless of where their bytes
 * are cut.
 */
class UnusualStreamTest extends ModelServerFixture {

  static Stream<Arguments> streams() {
    return Stream.of(
        of(
            "content in parts",
            delta(
                    "\"content\":[{\"type\":\"text\",\"text\":\"Tea\"},{\"type\":\"text\",\"text\":\".\"}]")
                + stop()),
        of("a part alone", delta("\"content\":{\"type\":\"text\",\"text\":\"Tea.\"}") + stop()),
        of(
            "a text that is no JSON between chunks",
            text("Tea") + event("ping") + text(".") + event("keep-alive") + stop()),
        of("a number between chunks", text("Tea") + event("42") + text(".") + stop()),
        of("no empty lines", (text("Tea") + text(".") + stop()).replace("\n\n", "\n")),
        of(
            "no empty lines, ping",
            "data: ping\n" + (text("Tea") + text(".") + stop()).replace("\n\n", "\n")),
        of("no data field", (text("Tea") + text(".")).replace("data: ", "") + stop()),
        of(
            "no space after the colon",
            (text("Tea") + text(".") + stop()).replace("data: ", "data:")),
        of("carriage returns", (text("Tea") + text(".") + stop()).replace("\n", "\r")),
        of("both line ends", (text("Tea") + text(".") + stop()).replace("\n", "\r\n")),
        of("a byte order mark", "\uFEFF" + text("Tea") + text(".") + stop()),
        of(
            "ids, types, retries and comments",
            ": hi\n\nretry: 3\nid: 1\nevent: message\n"
                + text("Tea")
                + "id: 2\n"
                + text(".")
                + stop()),
        of(
            "JSON over several data lines",
            event("{\"choices\":[{\"delta\":\ndata: {\"content\":\"Tea.\"}}]}") + stop()),
        of(
            "pretty-printed JSON",
            event(
                    "{ \"choices\" : [ { \"index\" : 0 , \"delta\" : { \"content\" : \"Tea.\" } } ] }")
                + stop()),
        of("no finish reason", text("Tea.") + event("[DONE]")),
        of("no empty line after the last event", text("Tea.") + "data: [DONE]"),
        of("neither [DONE] nor an end of line", text("Tea.") + finish("stop").strip()),
        of(
            "choices that are null",
            event("{\"choices\":null,\"usage\":null}") + text("Tea.") + stop()),
        of("no choices", event("{\"id\":\"x\"}") + text("Tea.") + stop()),
        of(
            "a delta that is null",
            event("{\"choices\":[{\"delta\":null}]}") + text("Tea.") + stop()),
        of(
            "a message in place of a delta",
            event("{\"choices\":[{\"message\":{\"content\":\"Tea.\"}}]}") + stop()),
        of(
            "messages in place of deltas",
            event("{\"choices\":[{\"message\":{\"content\":\"Tea\"}}]}")
                + event("{\"choices\":[{\"message\":{\"content\":\".\"}}]}")
                + stop()),
        of(
            "texts in place of deltas",
            event("{\"choices\":[{\"text\":\"Tea\"}]}")
                + event("{\"choices\":[{\"text\":\".\"}]}")
                + stop()),
        of("a text in place of a delta", event("{\"choices\":[{\"text\":\"Tea.\"}]}") + stop()),
        of(
            "an empty delta beside a text",
            event("{\"choices\":[{\"delta\":{},\"text\":\"Tea.\"}]}") + stop()),
        of("role alone", delta("\"role\":\"assistant\"") + text("Tea.") + stop()),
        of("a role that is null", delta("\"role\":null,\"content\":\"Tea.\"") + stop()),
        of("content that is null", delta("\"content\":null") + text("Tea.") + stop()),
        of(
            "nulls beside the content",
            delta(
                    "\"content\":\"Tea.\",\"refusal\":null,\"function_call\":null,\"tool_calls\":null,\"audio\":null")
                + stop()),
        of("no tool calls", delta("\"content\":\"Tea.\",\"tool_calls\":[]") + stop()),
        of("a refusal", delta("\"refusal\":\"Tea.\"") + stop()),
        of(
            "an index in a string",
            event("{\"choices\":[{\"index\":\"0\",\"delta\":{\"content\":\"Tea.\"}}]}") + stop()),
        of(
            "several choices",
            event(
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Tea.\"}},{\"index\":1,\"delta\":{\"content\":\"Coffee.\"}}]}")
                + event("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"!\"}}]}")
                + stop()),
        of("no index", event("{\"choices\":[{\"delta\":{\"content\":\"Tea.\"}}]}") + stop()),
        of(
            "NaN",
            event(
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Tea.\"},\"logprobs\":{\"x\":NaN}}],\"t\":NaN}")
                + stop()),
        of(
            "more in the chunk",
            event(
                    "{\"id\":\"1\",\"obfuscation\":\"a\\\"b{\",\"p\":[[{}]],\"choices\":[{\"index\":0,\"logprobs\":{\"content\":[{\"token\":\"}\"}]},\"delta\":{\"role\":\"assistant\",\"content\":\"Tea.\"},\"finish_reason\":null}],\"n\":-1.5e3}")
                + stop()),
        of("escapes", text("\\u0054ea\\u002e") + stop()),
        of(
            "usage beside the text",
            event(
                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Tea.\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}")
                + stop()),
        of(
            "a chunk in a list",
            event("[{\"choices\":[{\"delta\":{\"content\":\"Tea.\"}}]}]") + stop()),
        of(
            "an error that is null",
            event("{\"error\":null,\"choices\":[{\"delta\":{\"content\":\"Tea.\"}}]}") + stop()),
        of(
            "an error that is empty",
            event("{\"error\":\"\",\"choices\":[{\"delta\":{\"content\":\"Tea.\"}}]}") + stop()),
        of(
            "an empty finish reason",
            event("{\"choices\":[{\"delta\":{\"content\":\"Tea.\"},\"finish_reason\":\"\"}]}")
                + stop()),
        of(
            "an object for the choices",
            event("{\"choices\":{\"index\":0,\"delta\":{\"content\":\"Tea.\"}}}") + stop()),
        of("a text for the delta", event("{\"choices\":[{\"delta\":\"Tea.\"}]}") + stop()),
        of(
            "the whole message after its pieces",
            text("Tea.")
                + event(
                    "{\"choices\":[{\"delta\":{},\"message\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]}")
                + event("[DONE]")),
        of("data twice", (text("Tea") + text(".") + stop()).replace("data: ", "data: data: ")),
        of(
            "white space before data",
            (text("Tea") + text(".") + stop()).replace("data:", " data:")),
        of(
            "a value in a text",
            delta("\"content\":[{\"type\":\"text\",\"text\":{\"value\":\"Tea.\"}}]") + stop()),
        of("parts in the content", delta("\"content\":{\"parts\":[\"Tea\",\".\"]}") + stop()),
        of(
            "parts that are no text",
            delta(
                    "\"content\":[{\"type\":\"reference\",\"reference_ids\":[1]},{\"type\":\"text\",\"text\":\"Tea.\"},null]")
                + stop()),
        of(
            "an error with nothing in it",
            event(
                    "{\"error\":{\"code\":0,\"message\":\"\"},\"choices\":[{\"delta\":{\"content\":\"Tea.\"}}]}")
                + stop()),
        of(
            "MiniMax's base_resp",
            event(
                    "{\"choices\":[{\"delta\":{\"content\":\"Tea.\"}}],\"base_resp\":{\"status_code\":0,\"status_msg\":\"\"}}")
                + stop()),
        of(
            "a message beside empty choices",
            event("{\"code\":200,\"message\":\"success\",\"choices\":[]}") + text("Tea.") + stop()),
        of(
            "Azure's filter results",
            event(
                    "{\"choices\":[],\"prompt_filter_results\":[{\"content_filter_results\":{\"hate\":{\"filtered\":false}}}]}")
                + event(
                    "{\"choices\":[{\"content_filter_offsets\":{\"check_offset\":1},\"content_filter_results\":{},\"delta\":{\"content\":\"Tea.\"},\"finish_reason\":null,\"index\":0}]}")
                + stop()),
        of(
            "a key twice",
            event("{\"choices\":[{\"delta\":{\"content\":\"Coffee.\",\"content\":\"Tea.\"}}]}")
                + stop()),
        of(
            "a deep field and a huge number beside the text",
            event(
                    "{\"x\":"
                        + "[".repeat(500)
                        + "]".repeat(500)
                        + ",\"created\":"
                        + "9".repeat(2_000)
                        + ",\"choices\":[{\"delta\":{\"content\":\"Tea.\"}}]}")
                + stop()),
        of("more after [DONE]", text("Tea.") + stop() + text("Coffee.") + "garbage\n\n"),
        of("white space after [DONE]", text("Tea.") + finish("stop") + event("[DONE]  ")),
        of(
            "usage in each chunk",
            event(
                    "{\"choices\":[{\"delta\":{\"content\":\"Tea\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}")
                + event(
                    "{\"choices\":[{\"delta\":{\"content\":\".\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}")
                + stop()),
        of(
            "control characters",
            event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Tea.\"}}],\"x\":\"\u0001\"}")
                + stop()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void is_an_answer(String what, String bytes) throws Exception {
    Asked asked = ask(stream(bytes));
    assertThat(asked.message().text()).as(what).isEqualTo("Tea.");
    assertThat(String.join("", asked.tokens())).isEqualTo("Tea.");
    assertThat(asked.response().finishReason()).isEqualTo(FinishReason.STOP);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
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
        "\"content\":[{\"type\":\"reasoning\",\"text\":\"Hm.\"}]"
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
        "{\"prompt_tokens\":3.0,\"completion_tokens\":2.0,\"total_tokens\":-1}"
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

  private static Arguments of(String what, String bytes) {
    return Arguments.of(what, bytes);
  }
}
