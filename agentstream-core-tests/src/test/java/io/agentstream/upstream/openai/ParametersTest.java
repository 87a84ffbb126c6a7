package io.agentstream.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentstream.chat.Logged;
import io.agentstream.event.ErrorCause;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import io.agentstream.upstream.EventDrivenHttpClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.helpers.NOPLogger;

/** The parameters of a request, and those that are left out once the server has refused them. */
class ParametersTest extends ModelServerFixture {

  private static final ChatRequest REQUEST =
      ChatRequest.builder()
          .messages(UserMessage.from("Hi"))
          .temperature(0.5)
          .maxOutputTokens(99)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|max_tokens|max_completion_tokens|{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.\",\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}",
        "422|max_tokens|max_completion_tokens|{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"max_tokens\"],\"msg\":\"Extra inputs are not permitted\"}]}",
        "422|stream_options||{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs are not permitted\"}]}",
        "400|stream_options||Unrecognized request argument supplied: stream_options",
        "400|temperature||{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.5 with this model.\",\"param\":\"temperature\",\"code\":\"unsupported_value\"}}"
      })
  void what_a_server_refuses_is_left_out_at_once_and_from_then_on(
      int status, String refused, String instead, String body) throws Exception {
    Asked asked = ask(REQUEST, StubAnswer.status(status).body(body), stream(text("Tea.") + stop()));
    assertThat(asked.message().text()).isEqualTo("Tea.");
    assertThat(nextRequest().has(refused)).isTrue();
    assertWithout(nextRequest(), refused, instead);

    ask(REQUEST, stream(text("Tea.") + stop()));
    assertWithout(nextRequest(), refused, instead);
  }

  private static void assertWithout(JsonNode request, String refused, String instead) {
    assertThat(request.has(refused)).isFalse();
    if (instead != null) {
      assertThat(request.path(instead).asInt()).isEqualTo(99);
    }
  }

  @Test
  void what_one_model_has_learnt_the_others_of_its_server_know() throws Exception {
    String refusal = "{\"error\":{\"param\":\"temperature\",\"code\":\"unsupported_value\"}}";
    ask(REQUEST, StubAnswer.status(400).body(refusal), stream(text("Tea.") + stop()));
    nextRequest();
    nextRequest();

    model = model().build();
    ask(REQUEST, stream(text("Tea.") + stop()));
    assertThat(nextRequest().has("temperature")).isFalse();
    assertThat(model.refused()).singleElement().asString().startsWith("temperature");

    model = model().modelName(modelName + "-other").build();
    ask(REQUEST, stream(text("Tea.") + stop()));
    assertThat(nextRequest().has("temperature")).isTrue();
    assertThat(model.refused()).isEmpty();
  }

  @Test
  void a_learnt_name_of_the_token_limit_holds_for_models_with_another_setting() throws Exception {
    String refusal = "{\"error\":{\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}";
    ask(REQUEST, StubAnswer.status(400).body(refusal), stream(text("Tea.") + stop()));
    nextRequest();
    nextRequest();

    model = model().maxTokensField("max_completion_tokens").build();
    ask(REQUEST, stream(text("Tea.") + stop()));
    assertThat(nextRequest().path("max_completion_tokens").asInt()).isEqualTo(99);
  }

  @Test
  void a_server_that_refuses_both_names_of_the_token_limit_gets_none() throws Exception {
    Asked asked =
        ask(
            REQUEST,
            StubAnswer.status(400).body("unknown field max_tokens"),
            StubAnswer.status(400).body("unknown field max_completion_tokens"),
            stream(text("Tea.") + stop()));
    assertThat(asked.message().text()).isEqualTo("Tea.");
    nextRequest();
    nextRequest();
    JsonNode last = nextRequest();
    assertThat(last.has("max_tokens") || last.has("max_completion_tokens")).isFalse();
  }

  @Test
  void what_was_learnt_is_bounded() {
    LearntQuirks learnt = new LearntQuirks();
    Endpoint endpoint = Endpoint.of(server.baseUrl());
    learnt.of(endpoint, "first").learn(List.of(Quirk.NO_TEMPERATURE), NOPLogger.NOP_LOGGER);
    for (int i = 0; i < LearntQuirks.MOST - 1; i++) {
      learnt.of(endpoint, "m" + i);
    }
    assertThat(learnt.of(endpoint, "first").told()).hasSize(1);
    for (int i = 0; i < LearntQuirks.MOST; i++) {
      learnt.of(endpoint, "n" + i);
    }
    assertThat(learnt.of(endpoint, "first").told()).isEmpty();
  }

  @Test
  void what_is_learnt_is_logged_once_with_the_setting() throws Exception {
    String refusal = "{\"error\":{\"param\":\"temperature\",\"code\":\"unsupported_value\"}}";
    try (Logged log = new Logged(OpenAiCompatibleModel.class)) {
      ask(REQUEST, StubAnswer.status(400).body(refusal), stream(text("Tea.") + stop()));
      model = model().build();
      ask(REQUEST, stream(text("Tea.") + stop()));
      assertThat(log.with("refuses"))
          .singleElement()
          .extracting(ILoggingEvent::getFormattedMessage)
          .asString()
          .contains(modelName + " at 127.0.0.1:")
          .contains("temperature; none is sent. To say so from the start: leave temperature out");
    }
  }

  @Test
  void several_refusals_are_learnt_one_after_the_other() throws Exception {
    Asked asked =
        ask(
            REQUEST,
            StubAnswer.status(400)
                .body("{\"error\":{\"param\":\"stream_options\",\"message\":\"unknown\"}}"),
            StubAnswer.status(400)
                .body("{\"error\":{\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}"),
            StubAnswer.status(400)
                .body("{\"error\":{\"param\":\"temperature\",\"code\":\"unsupported_value\"}}"),
            stream(text("Tea.") + stop()));
    assertThat(asked.message().text()).isEqualTo("Tea.");
  }

  @Test
  void what_is_refused_without_it_too_is_not_learnt() throws Exception {
    String refusal = "{\"error\":{\"param\":\"temperature\",\"code\":\"unsupported_value\"}}";
    Asked asked =
        ask(REQUEST, StubAnswer.status(400).body(refusal), StubAnswer.status(400).body(refusal));
    assertThat(asked.failure().cause()).isEqualTo(ErrorCause.UNSUPPORTED_PARAMETER);
    assertThat(asked.failure().advice()).contains("temperature");
    nextRequest();
    nextRequest();
    ask(REQUEST, stream(text("Tea.") + stop()));
    assertThat(nextRequest().has("temperature")).isTrue();
  }

  @Test
  void a_context_that_is_too_long_is_asked_once_though_its_text_names_max_tokens()
      throws Exception {
    String body =
        "{\"error\":{\"message\":\"'max_tokens' is too large: this model's maximum context length is 8\"}}";
    assertThat(ask(REQUEST, StubAnswer.status(400).body(body)).failure().cause())
        .isEqualTo(ErrorCause.CONTEXT_TOO_LONG);
  }

  @Test
  void parameters_are_merged_and_a_null_takes_a_field_out() throws Exception {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("reasoning_effort", "low");
    parameters.put("chat_template_kwargs", Map.of("enable_thinking", false));
    parameters.put("stop", List.of("a"));
    parameters.put("stream_options", null);
    model = model().parameters(parameters).maxTokensField("max_completion_tokens").build();
    ask(REQUEST, stream(text("Tea.") + stop()));
    JsonNode request = nextRequest();
    assertThat(request.path("reasoning_effort").asText()).isEqualTo("low");
    assertThat(request.at("/chat_template_kwargs/enable_thinking").isBoolean()).isTrue();
    assertThat(request.at("/stop/0").asText()).isEqualTo("a");
    assertThat(request.has("stream_options")).isFalse();
    assertThat(request.path("max_completion_tokens").asInt()).isEqualTo(99);
    assertThat(request.path("temperature").asDouble()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com/v1, true",
    "https://api.openai.com:443/v1, true",
    "https://API.OpenAI.com/v1/, true",
    "https://eu.api.openai.com/v1, true",
    "https://name.openai.azure.com/openai/deployments/d?api-version=2024-10-21, false",
    "https://name.openai.azure.com/openai/v1, false",
    "https://openai.com/v1, false",
    "https://api.openai.com.proxy.example/v1, false",
    "https://my-api.openai.com/v1, false",
    "https://notapi.openai.com.example/v1, false",
    "https://proxy.example/api.openai.com/v1, false",
    "https://proxy.example/v1?host=api.openai.com, false",
    "https://openrouter.ai/api/v1, false",
    "http://localhost:11434/v1, false"
  })
  void openais_own_address_is_known_by_its_host(String baseUrl, boolean openAi) {
    assertThat(Endpoint.of(baseUrl).isOpenAi()).isEqualTo(openAi);
  }

  @ParameterizedTest
  @CsvSource({
    "http://api.openai.com/v1, max_completion_tokens, max_tokens",
    "http://api.openai.com.proxy.example/v1, max_tokens, max_completion_tokens"
  })
  void openais_own_server_gets_the_new_name_of_the_token_limit_at_once(
      String baseUrl, String sent, String other) throws Exception {
    int port = URI.create(server.baseUrl()).getPort();
    InetSocketAddress stub = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    model =
        model()
            .baseUrl(baseUrl)
            .httpClientBuilder(EventDrivenHttpClient.builder().proxy(ProxySelector.of(stub)))
            .build();
    ask(REQUEST, stream(text("Tea.") + stop()));
    JsonNode request = nextRequest();
    assertThat(request.path(sent).asInt()).isEqualTo(99);
    assertThat(request.has(other)).isFalse();
  }

  @Test
  void azures_query_and_header_are_kept() throws Exception {
    model =
        OpenAiCompatibleModel.builder()
            .baseUrl(server.baseUrl() + "/openai/deployments/d/?api-version=2024-10-21")
            .header("api-key", "secret")
            .modelName("d")
            .build();
    ask(stream(text("Tea.") + stop()));
    StubRequest request = server.awaitRequest();
    assertThat(request.requestLine())
        .isEqualTo(
            "POST /v1/openai/deployments/d/chat/completions?api-version=2024-10-21 HTTP/1.1");
    assertThat(request.header("api-key")).isEqualTo("secret");
    assertThat(request.header("Authorization")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"307", "308"})
  void a_redirect_within_the_server_is_followed(int status) throws Exception {
    Asked asked =
        ask(
            StubAnswer.status(status).header("Location", "/v2/chat/completions").body("moved"),
            stream(text("Tea.") + stop()));
    assertThat(asked.message().text()).isEqualTo("Tea.");
    server.awaitRequest();
    StubRequest second = server.awaitRequest();
    assertThat(second.requestLine()).isEqualTo("POST /v2/chat/completions HTTP/1.1");
    assertThat(second.body()).contains("\"Hi\"");
    assertThat(second.header("Authorization")).isEqualTo("Bearer sk-canary");
  }

  @Test
  void a_redirect_to_another_server_is_refused_and_the_key_stays_here() throws Exception {
    try (StubModelServer other = StubModelServer.start()) {
      Asked asked =
          ask(
              StubAnswer.status(307)
                  .header("Location", other.baseUrl() + "/chat/completions")
                  .body(""));
      assertThat(asked.failure().cause()).isEqualTo(ErrorCause.NOT_A_MODEL_SERVER);
      assertThat(asked.failure().advice()).contains("redirects", "base URL");
      assertThat(other.openConnections()).isZero();
    }
  }

  @Test
  void redirects_in_a_circle_end() throws Exception {
    server.otherwise(StubAnswer.status(307).header("Location", "/v1/chat/completions").body(""));
    assertThat(ask().failure().cause()).isEqualTo(ErrorCause.NOT_A_MODEL_SERVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h/v1/chat/completions | write http://h/v1",
        "http://h/v1/chat/completions/ | write http://h/v1",
        "https://h/v1/models?x=1 | write https://h/v1?x=1",
        "localhost:11434/v1 | write http://localhost:11434/v1",
        "h.example | write http://h.example",
        "ftp://h/v1 | such as http://localhost:11434/v1",
        "https://user:canary@h/v1 | must not hold a user or a password",
        "user:canary@h/v1 | begins with http:// or https://",
        "https://h/v1#x | write https://h/v1",
        "not a url | begins with http:// or https://",
        "https:///v1 | begins with http:// or https://",
        "http://my_ollama:11434/v1 | host name without _",
        "http://h:99999/v1 | a port from 1 to 65535",
        "http://h:0/v1 | a port from 1 to 65535",
        "http://a%20b/v1 | begins with http:// or https://",
        "[::1]:11434/v1 | such as http://localhost:11434/v1"
      })
  void a_base_url_that_is_none_says_what_to_write(String url, String instead) {
    assertThatThrownBy(() -> OpenAiCompatibleModel.builder().baseUrl(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(instead)
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @CsvSource({
    "http://[::1]:11434/v1, [::1]:11434",
    "http://MÜLLER.example:8080/v1, xn--mller-kva.example:8080",
    "https://例え.jp/v1?a=b, xn--r8jz45g.jp",
    "' HTTP://h/v1/ ', h"
  })
  void a_base_url_may_have_an_address_or_letters_of_any_language(String url, String server) {
    model = OpenAiCompatibleModel.builder().baseUrl(url).modelName("m").build();
    assertThat(model.toString()).isEqualToIgnoringCase("OpenAiCompatibleModel[" + server + ", m]");
  }

  @Test
  void neither_a_models_text_nor_a_bad_header_shows_the_key() {
    assertThat(model.toString()).doesNotContain("canary");
    assertThatThrownBy(() -> model().header("X", "canary\r\nY: z"))
        .hasMessage("The header 'X' cannot be sent");
  }
}
