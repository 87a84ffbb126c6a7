package io.agentstream.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.settings.Limits;
import io.agentstream.test.ScriptedModel;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that no team can answer: each is refused in OpenAI's form, and names what is wrong. */
class OpenAiBadInputTest {

  private static final String USER = "{\"role\":\"user\",\"content\":\"Tea?\"}";
  private static final String UNSUPPORTED = "unsupported_parameter";
  private static final String INVALID = "invalid_value";

  private static ScriptedModel model;
  private static ServedDoors served;

  @BeforeAll
  static void serve() throws Exception {
    model = new ScriptedModel().always(call -> call.tokens("Yes.").complete());
    served =
        ServedDoors.start(
            new JettyServer(),
            TeaTeam.hub(model)
                .limits(Limits.builder().startsPerMinute(0).messagesPerMinute(0).build()),
            Map.of(
                "/v1/*",
                front -> new OpenAiDoor(front, OpenAiSettings.defaults().withLimits(20_000, 5))));
  }

  @AfterAll
  static void stop() throws Exception {
    served.stop();
  }

  private static Arguments body(String body, String code, String param) {
    return Arguments.of(body, code, param);
  }

  /** A request that is right but for one field. */
  private static Arguments field(String field, String code, String param) {
    return body("{\"model\":\"tea\",\"messages\":[" + USER + "]," + field + "}", code, param);
  }

  private static Arguments messages(String messages, String code, String param) {
    return body("{\"model\":\"tea\",\"messages\":" + messages + "}", code, param);
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
            Stream.of("", "{", "[]", "null", "7", "\"x\"", "{} {}", "{\"model\":\"tea\",}")
                .map(text -> body(text, "invalid_json", null)),
            Stream.of(body("[".repeat(200) + "]".repeat(200), "invalid_json", null)),
            Stream.of(
                body("{}", INVALID, "model"),
                body("{\"model\":7}", INVALID, "model"),
                body("{\"model\":\"\"}", INVALID, "model"),
                body("{\"model\":null}", INVALID, "model"),
                body("{\"model\":\"" + "x".repeat(200) + "\"}", INVALID, "model"),
                body("{\"model\":\"tea\"}", INVALID, "messages")),
            Stream.of("null", "{}", "7", "\"x\"", "[]")
                .map(list -> messages(list, INVALID, "messages")),
            Stream.of(
                messages("[" + USER.concat(",").repeat(6) + USER + "]", INVALID, "messages"),
                messages("[7]", INVALID, "messages[0]"),
                messages("[null]", INVALID, "messages[0]"),
                messages("[[]]", INVALID, "messages[0]"),
                messages("[{}]", INVALID, "messages[0].role"),
                messages("[{\"role\":7}]", INVALID, "messages[0].role"),
                messages("[{\"role\":\"owner\"}]", INVALID, "messages[0].role"),
                messages("[{\"role\":\"USER\",\"content\":\"x\"}]", INVALID, "messages[0].role"),
                messages("[{\"role\":\"user\"}]", INVALID, "messages"),
                messages("[{\"role\":\"user\",\"content\":\"  \"}]", INVALID, "messages"),
                messages("[{\"role\":\"system\",\"content\":\"x\"}]", INVALID, "messages"),
                messages("[{\"role\":\"tool\",\"content\":\"x\"}]", INVALID, "messages"),
                messages(
                    "[" + USER + ",{\"role\":\"assistant\",\"content\":\"x\"}]",
                    INVALID,
                    "messages"),
                messages("[{\"role\":\"user\",\"content\":7}]", INVALID, "messages[0].content"),
                messages("[{\"role\":\"user\",\"content\":{}}]", INVALID, "messages[0].content"),
                messages(
                    "[{\"role\":\"user\",\"content\":\"x\",\"name\":7}]",
                    INVALID,
                    "messages[0].name"),
                messages(
                    "[{\"role\":\"user\",\"content\":\"x\",\"name\":\"a\\nb\"}]",
                    INVALID,
                    "messages[0].name")),
            Stream.of("image_url", "input_audio", "file", "text\\n", "")
                .map(
                    type ->
                        messages(
                            "[{\"role\":\"user\",\"content\":[{\"type\":\"" + type + "\"}]}]",
                            "unsupported_content",
                            "messages[0].content[0]")),
            Stream.of(
                messages(
                    "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":7}]}]",
                    INVALID,
                    "messages[0].content[0].text"),
                messages(
                    "[{\"role\":\"user\",\"content\":[7]}]",
                    "unsupported_content",
                    "messages[0].content[0]")),
            Stream.of("0", "2", "-1", "\"1\"", "1.5", "[]")
                .map(count -> field("\"n\":" + count, UNSUPPORTED, "n")),
            Stream.of("\"required\"", "{\"type\":\"function\"}")
                .map(choice -> field("\"tool_choice\":" + choice, UNSUPPORTED, "tool_choice")),
            Stream.of("json_object", "json_schema")
                .map(
                    type ->
                        field(
                            "\"response_format\":{\"type\":\"" + type + "\"}",
                            UNSUPPORTED,
                            "response_format")),
            Stream.of(
                field("\"response_format\":7", INVALID, "response_format"),
                field("\"modalities\":[\"audio\"]", UNSUPPORTED, "modalities"),
                field("\"logprobs\":true", UNSUPPORTED, "logprobs"),
                field("\"logprobs\":7", INVALID, "logprobs"),
                field("\"stream\":\"yes\"", INVALID, "stream"),
                field("\"stream\":1", INVALID, "stream"),
                field("\"stream_options\":true", INVALID, "stream_options"),
                field(
                    "\"stream_options\":{\"include_usage\":1}",
                    INVALID,
                    "stream_options.include_usage"),
                field("\"speaker_names\":\"off\"", INVALID, "speaker_names"),
                field("\"store\":0", INVALID, "store"),
                field("\"conversation_id\":7", INVALID, "conversation_id"),
                field("\"conversation_id\":\"\"", INVALID, "conversation_id")))
        .flatMap(rows -> rows);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void a_body_that_is_no_request_is_refused_and_names_the_field(
      String body, String code, String param) {
    Answer answer = served.http().post(TeaTeam.PATH, body);

    assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
    JsonNode error = answer.json().path("error");
    assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("param").asText(null)).isEqualTo(param);
    assertThat(error.path("message").asText()).isNotBlank().doesNotContain("Exception", "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/chat/completions, 405, method_not_allowed",
    "DELETE, /v1/chat/completions, 405, method_not_allowed",
    "POST, /v1/models, 405, method_not_allowed",
    "DELETE, /v1/models/tea, 405, method_not_allowed",
    "GET, /v1/models/nobody, 404, model_not_found",
    "GET, /v1/models/tea/x, 404, model_not_found",
    "POST, /v1/completions, 404, unknown_url",
    "POST, /v1/embeddings, 404, unknown_url",
    "POST, /v1/responses, 404, unknown_url",
    "GET, /v1, 404, unknown_url",
    "GET, /v1/, 404, unknown_url",
    "POST, /v1/chat/completions/, 404, unknown_url",
  })
  void a_path_or_method_that_does_not_exist_is_refused(
      String method, String path, int status, String code) {
    Answer answer = served.http().send(method, path, method.equals("GET") ? null : "{}");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().at("/error/code").asText()).isEqualTo(code);
  }

  @Test
  void a_body_that_is_too_long_or_no_json_is_refused_in_the_same_form() {
    Answer tooLong =
        served
            .http()
            .post(TeaTeam.PATH, TeaTeam.ask("tea", "\"x\":\"" + "x".repeat(20_000) + "\""));
    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.header("Connection")).isNull();
    assertThat(tooLong.json().at("/error/code").asText()).isEqualTo("limit_exceeded");

    Answer form =
        served.http().post(TeaTeam.PATH, TeaTeam.ask("tea", ""), "Content-Type", "text/plain");
    assertThat(form.status()).isEqualTo(415);
    assertThat(form.json().at("/error/type").asText()).isEqualTo("invalid_request_error");

    Answer foreign =
        served.http().post(TeaTeam.PATH, TeaTeam.ask("tea", ""), "Origin", "https://evil.example");
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(foreign.json().at("/error/code").asText()).isEqualTo("origin_not_allowed");
  }

  @ParameterizedTest
  @MethodSource("lenient")
  void what_only_tunes_a_model_is_ignored(String field) {
    Answer answer = served.http().post(TeaTeam.PATH, TeaTeam.ask("Ann", field));

    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    assertThat(answer.json().at("/choices/0/message/content").asText()).isEqualTo("Yes.");
  }

  static Stream<String> lenient() {
    return Stream.of(
        "\"temperature\":0.2",
        "\"max_tokens\":5",
        "\"n\":1",
        "\"n\":null",
        "\"stop\":[\"x\"]",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]",
        "\"tool_choice\":\"auto\"",
        "\"response_format\":{\"type\":\"text\"}",
        "\"logit_bias\":{}",
        "\"user\":\"eve\"",
        "\"metadata\":{\"x\":\"y\"}",
        "\"some_new_field\":{\"a\":[1,2,{}]}");
  }
}
