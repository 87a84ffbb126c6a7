package io.agentstream.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.ErrorCause;
import io.agentstream.test.StubAnswer;
import io.agentstream.upstream.Diagnosis;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A 2xx that is no answer is one error that says what came, and nothing of what the server wrote.
 */
class NoAnswerTest extends ModelServerFixture {

  static Stream<Arguments> answers() {
    String secret = "canary of the server";
    return Stream.of(
        of(
            "a web page",
            page("text/html", "<!doctype html><p>" + secret),
            ErrorCause.NOT_A_MODEL_SERVER),
        of(
            "a page in a stream",
            stream("\n <html>\n<body>x</body>"),
            ErrorCause.NOT_A_MODEL_SERVER),
        of(
            "a text",
            page("text/plain", "upstream connect error " + secret),
            ErrorCause.NOT_A_MODEL_SERVER),
        of(
            "LM Studio's wrong path",
            page(
                "application/json",
                "{\"error\":\"Unexpected endpoint or method. (POST /chat/completions). Returning 200 anyway\"}"),
            ErrorCause.UNKNOWN_MODEL),
        of(
            "llama.cpp's bare JSON",
            stream(
                "{\"error\":{\"code\":400,\"message\":\"request exceeds the available context size\"}}"),
            ErrorCause.CONTEXT_TOO_LONG),
        of(
            "bare JSON over lines",
            stream(
                "{\n  \"error\": {\n\n    \"code\": 400,\n    \"message\": \"context size\"\n  }\n}\n"),
            ErrorCause.CONTEXT_TOO_LONG),
        of(
            "bare JSON in mid-answer",
            stream(text("Hel") + "{\"error\":{\"code\":500}}\n\n"),
            ErrorCause.SERVER_ERROR),
        of(
            "llama.cpp's error field",
            stream("error: {\"code\":400,\"message\":\"bad\"}\n\n"),
            ErrorCause.BAD_REQUEST),
        of(
            "the error field in mid-answer",
            stream(text("Hel") + "error: {\"code\":503,\"message\":\"x\"}\n\n"),
            ErrorCause.OVERLOADED),
        of(
            "Venice's error_type",
            stream(
                event(
                    "{\"error_type\":\"context_length_exceeded\",\"error_message\":\""
                        + secret
                        + "\"}")),
            ErrorCause.CONTEXT_TOO_LONG),
        of("an empty body", stream(""), ErrorCause.EMPTY_ANSWER),
        of("[DONE] alone", stream(event("[DONE]")), ErrorCause.EMPTY_ANSWER),
        of("comments alone", stream(": hello\n\n: hello\n\n"), ErrorCause.EMPTY_ANSWER),
        of("an empty JSON object", page("application/json", "{}"), ErrorCause.EMPTY_ANSWER),
        of(
            "LM Studio's error event",
            stream("event: error\ndata: {\"error\":{\"message\":\"" + secret + "\"}}\n\n"),
            ErrorCause.SERVER_ERROR),
        of(
            "an error event in mid-answer",
            stream(text("Hel") + "event: error\ndata: overloaded\n\n"),
            ErrorCause.OVERLOADED),
        of(
            "OpenRouter's finish reason",
            stream(text("Hel") + finish("error") + event("[DONE]")),
            ErrorCause.SERVER_ERROR),
        of(
            "OpenRouter's error in the choice",
            stream(
                event(
                    "{\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\",\"error\":{\"code\":429,\"message\":\""
                        + secret
                        + "\"}}]}")),
            ErrorCause.RATE_LIMIT),
        of(
            "an error beside choices",
            stream(
                event(
                    "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"error\":{\"code\":502,\"message\":\"x\"}}")),
            ErrorCause.SERVER_ERROR),
        of(
            "FastAPI's detail",
            stream(event("{\"detail\":\"Model is overloaded\"}")),
            ErrorCause.OVERLOADED),
        of(
            "FastAPI's detail list",
            stream(
                event(
                    "{\"detail\":[{\"loc\":[\"body\",\"top_p\"],\"msg\":\"Extra inputs are not permitted\",\"type\":\"extra_forbidden\"}]}")),
            ErrorCause.UNSUPPORTED_PARAMETER),
        of(
            "vLLM's error object",
            stream(
                event(
                    "{\"object\":\"error\",\"message\":\""
                        + secret
                        + "\",\"type\":\"BadRequestError\",\"code\":400}")),
            ErrorCause.BAD_REQUEST),
        of(
            "a code and a message",
            stream(event("{\"code\":\"invalid_api_key\",\"message\":\"" + secret + "\"}")),
            ErrorCause.KEY_REFUSED),
        of(
            "an error in an error",
            stream(
                event(
                    "{\"error\":{\"error\":{\"message\":\""
                        + secret
                        + "\",\"code\":\"insufficient_quota\"}}}")),
            ErrorCause.QUOTA),
        of(
            "an error in a string",
            stream(event("{\"error\":\"{\\\"code\\\":\\\"model_not_found\\\"}\"}")),
            ErrorCause.UNKNOWN_MODEL),
        of(
            "an error in a list",
            page("application/json", "[{\"error\":{\"code\":429}}]"),
            ErrorCause.RATE_LIMIT),
        of(
            "a compressed body",
            StubAnswer.stream().header("Content-Encoding", "gzip").bytes("\u001f\u008b").end(),
            ErrorCause.NOT_A_MODEL_SERVER),
        of(
            "JSON that breaks off",
            stream(text("Hel") + "data: {\"choices\":[{\"delta\":"),
            ErrorCause.BROKEN_STREAM),
        of(
            "DeepSeek out of resources",
            stream(text("Hel") + finish("insufficient_system_resource")),
            ErrorCause.OVERLOADED),
        of(
            "MiniMax's base_resp",
            page(
                "application/json",
                "{\"choices\":null,\"base_resp\":{\"status_code\":1008,\"status_msg\":\"insufficient balance\"}}"),
            ErrorCause.QUOTA),
        of(
            "Gemini's malformed call",
            stream(text("Hel") + finish("function_call_filter: MALFORMED_FUNCTION_CALL")),
            ErrorCause.TOOL_USE_FAILED),
        of(
            "an error type without an error",
            stream(event("{\"type\":\"rate_limit_error\",\"message\":\"" + secret + "\"}")),
            ErrorCause.RATE_LIMIT),
        of(
            "AWS's exception",
            stream(text("Hel") + event("{\"type\":\"ThrottlingException\",\"Message\":\"x\"}")),
            ErrorCause.RATE_LIMIT),
        of(
            "a byte order mark before the error",
            page("application/json", "\uFEFF{\"error\":{\"code\":429}}"),
            ErrorCause.RATE_LIMIT),
        of(
            "calls that are announced and do not come",
            stream(finish("tool_calls") + event("[DONE]")),
            ErrorCause.TOOL_USE_FAILED),
        of(
            "thinking, then calls that do not come",
            stream(delta("\"reasoning_content\":\"Hm.\"") + finish("tool_calls")),
            ErrorCause.TOOL_USE_FAILED),
        of(
            "an empty call",
            stream(
                delta(
                        "\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"\",\"arguments\":\"\"}}]")
                    + finish("tool_calls")),
            ErrorCause.TOOL_USE_FAILED),
        of(
            "another protocol",
            StubAnswer.silent().wire("SSH-2.0-OpenSSH_9\r\n".getBytes(UTF_8)).cut(),
            ErrorCause.NOT_A_MODEL_SERVER),
        of(
            "an endless head",
            StubAnswer.stream().header("X", "x".repeat(500_000)).head().cut(),
            ErrorCause.NOT_A_MODEL_SERVER),
        of("no content", StubAnswer.status(204).body(""), ErrorCause.EMPTY_ANSWER),
        of("a timeout for a finish reason", stream(finish("timeout")), ErrorCause.SERVER_ERROR),
        of(
            "Anthropic's error event",
            stream(
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}\n\n"),
            ErrorCause.OVERLOADED),
        of("a message alone", stream(event("{\"message\":\"hello\"}")), ErrorCause.SERVER_ERROR),
        of(
            "a message alone, and [DONE]",
            stream("{\"message\":\"hello\"}\n" + event("[DONE]")),
            ErrorCause.SERVER_ERROR),
        of(
            "a message that ends half an answer",
            stream(text("Hel") + event("{\"message\":\"we close now\"}")),
            ErrorCause.SERVER_ERROR),
        of(
            "a message about a failure",
            stream(text("Hel") + event("{\"message\":\"Internal server error\"}") + stop()),
            ErrorCause.SERVER_ERROR),
        of(
            "a message about the load",
            stream(text("Hel") + event("{\"message\":\"model overloaded\"}") + stop()),
            ErrorCause.OVERLOADED),
        of(
            "a status that is a failure",
            stream(event("{\"status\":\"failed\",\"message\":\"" + secret + "\"}") + stop()),
            ErrorCause.SERVER_ERROR),
        of(
            "an error as a text",
            stream(text("Hel") + event("[ERROR] upstream overloaded") + event("[DONE]")),
            ErrorCause.OVERLOADED),
        of(
            "an error as a text alone",
            stream(event("Error: rate limit reached " + secret)),
            ErrorCause.RATE_LIMIT),
        of(
            "an error event without data",
            stream(text("Hel") + "event: error\n\n" + stop()),
            ErrorCause.SERVER_ERROR),
        of(
            "a list of errors",
            stream(event("{\"errors\":[{\"message\":\"invalid api key\"}]}")),
            ErrorCause.KEY_REFUSED),
        of(
            "a text in a list for the error",
            page("application/json", "{\"error\":[\"model overloaded\"]}"),
            ErrorCause.OVERLOADED),
        of(
            "an error that is true",
            stream(event("{\"error\":true,\"message\":\"" + secret + "\"}") + stop()),
            ErrorCause.SERVER_ERROR),
        of(
            "an error in an event with a chunk",
            stream(event("{\"choices\":[]}{\"error\":{\"code\":429}}")),
            ErrorCause.RATE_LIMIT),
        of(
            "another protocol after the head",
            StubAnswer.silent()
                .wire("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n".getBytes(UTF_8))
                .cut(),
            ErrorCause.NOT_A_MODEL_SERVER),
        of(
            "a text in JSON",
            page("application/json", "\"" + secret + "\""),
            ErrorCause.NOT_A_MODEL_SERVER),
        of(
            "an error of an empty choice list",
            stream(event("{\"choices\":[],\"error\":{\"type\":\"server_error\"}}")),
            ErrorCause.SERVER_ERROR));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"answers", "io.agentstream.upstream.openai.OtherFailures#answers"})
  void is_one_error_with_its_cause(String what, StubAnswer answer, ErrorCause cause)
      throws Exception {
    Diagnosis failure = ask(answer).failure();
    assertThat(failure.cause()).as(what).isEqualTo(cause);
    assertThat(failure.advice()).isNotBlank().doesNotContain("canary");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"answers", "io.agentstream.upstream.openai.OtherFailures#answers"})
  void the_next_answer_comes_whole(String what, StubAnswer answer, ErrorCause cause)
      throws Exception {
    ask(answer);
    assertThat(ask(stream(text("Tea.") + stop())).message().text()).as(what).isEqualTo("Tea.");
  }

  @Test
  void a_web_page_says_what_to_check() throws Exception {
    assertThat(ask(page("text/html", "<!doctype html>")).failure().advice())
        .isEqualTo("the server answered with a web page: is /v1 missing in the base URL?");
  }

  private static Arguments of(String what, StubAnswer answer, ErrorCause cause) {
    return Arguments.of(what, answer, cause);
  }

  static StubAnswer page(String type, String body) {
    return StubAnswer.status(200).header("Content-Type", type).body(body);
  }
}
