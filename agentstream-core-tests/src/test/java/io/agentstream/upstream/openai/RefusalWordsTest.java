package io.agentstream.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentstream.event.ErrorCause;
import io.agentstream.test.StubAnswer;
import io.agentstream.upstream.Diagnosis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal in a server's own words is understood; the request goes in another way if possible. */
class RefusalWordsTest extends ModelServerFixture {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // vLLM without a parser for tool calls
        "400|UNSUPPORTED_PARAMETER|the parameter tools|{\"object\":\"error\",\"message\":\"\\\"auto\\\" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set\",\"code\":400}",
        // Ollama
        "400|UNSUPPORTED_PARAMETER|the parameter tools|{\"error\":{\"message\":\"registry.ollama.ai/library/gemma:2b does not support tools\"}}",
        // OpenRouter
        "404|UNSUPPORTED_PARAMETER|the parameter tools|{\"error\":{\"message\":\"No endpoints found that support tool use.\",\"code\":404}}",
        // DeepSeek
        "400|BAD_REQUEST|names the parameter max_tokens|{\"error\":{\"message\":\"Invalid max_tokens value, the valid range of max_tokens is [1, 8192]\"}}",
        // Bedrock
        "429|RATE_LIMIT|rate limit|{\"message\":\"Throttling: too much\"}",
        // nginx, and Go's servers
        "400|NOT_A_MODEL_SERVER|write https://|<html><center>The plain HTTP request was sent to HTTPS port</center></html>",
        "400|NOT_A_MODEL_SERVER|write https://|Client sent an HTTP request to an HTTPS server.",
        // vLLM
        "400|CONTEXT_TOO_LONG|context|{\"message\":\"The decoder prompt (length 9000) is longer than the maximum model length of 8192.\"}",
        // a base URL of something else
        "405|NOT_A_MODEL_SERVER|base URL|{\"detail\":\"Method Not Allowed\"}",
        "451|CONTENT_POLICY|content policy|{\"error\":\"x\"}",
        // a proxy's pages
        "502|SERVER_ERROR|log|<html><h1>502 Bad Gateway</h1> rate limit temperature</html>",
        "503|OVERLOADED|overloaded|<!doctype html><title>Service Unavailable</title>",
        "500|SERVER_ERROR|log|{\"error\":\"while sampling at temperature 0.5\"}",
      })
  void a_refusal_has_its_cause_and_is_sent_once(
      int status, ErrorCause cause, String advice, String body) throws Exception {
    ChatRequest request =
        ChatRequest.builder()
            .messages(UserMessage.from("Hi"))
            .temperature(0.5)
            .maxOutputTokens(9_000)
            .build();
    Diagnosis failure = ask(request, StubAnswer.status(status).body(body)).failure();
    assertThat(failure.cause()).isEqualTo(cause);
    assertThat(failure.advice()).contains(advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Gemini's limit for a minute, which it calls a quota
        "32500|{\"error\":{\"code\":429,\"message\":\"You exceeded your current quota.\",\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"32.5s\"}]}}",
        // OpenAI and Groq
        "7660|{\"error\":{\"message\":\"Rate limit reached. Please try again in 7.66s. Visit x\"}}",
        "612|{\"error\":{\"message\":\"Rate limit reached. Please try again in 612ms.\"}}",
        "72000|{\"error\":{\"message\":\"Rate limit reached. Please try again in 1m12s.\"}}",
        // Azure
        "6000|{\"error\":{\"message\":\"Please retry after 6 seconds.\"}}",
      })
  void the_body_may_say_when_to_come_back(long millis, String body) throws Exception {
    Diagnosis failure = ask(StubAnswer.status(429).body(body)).failure();
    assertThat(failure.retryable()).isTrue();
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void a_body_without_a_time_says_nothing_and_the_header_counts_first() throws Exception {
    String hours = "{\"error\":{\"message\":\"Please try again in 8h10m.\"}}";
    assertThat(ask(StubAnswer.status(429).body(hours)).failure().retryAfter()).isNull();
    String seconds = "{\"error\":{\"message\":\"Please try again in 9s.\"}}";
    StubAnswer both = StubAnswer.status(429).header("Retry-After", "2").body(seconds);
    assertThat(ask(both).failure().retryAfter()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // vLLM with Gemma's template, llama.cpp with the same one
        "400|{\"object\":\"error\",\"message\":\"System role not supported\",\"code\":400}",
        "500|{\"error\":{\"code\":500,\"message\":\"Jinja Exception: System role not supported\",\"type\":\"server_error\"}}",
        // Mistral's first templates
        "400|{\"message\":\"Conversation roles must alternate user/assistant/user/assistant/...\"}",
        "500|{\"error\":{\"message\":\"Conversation roles must alternate user/assistant/user/assistant/...\"}}",
        // Gemini with Gemma
        "400|[{\"error\":{\"code\":400,\"message\":\"Developer instruction is not enabled for models/gemma-3-27b-it\",\"status\":\"INVALID_ARGUMENT\"}}]",
        // OpenAI's first reasoning models
        "400|{\"error\":{\"message\":\"Unsupported value: 'messages[0].role' does not support 'system' with this model.\",\"param\":\"messages[0].role\",\"code\":\"unsupported_value\"}}",
      })
  void instructions_begin_the_users_words_where_no_system_role_is_known(int status, String body)
      throws Exception {
    ChatRequest request =
        ChatRequest.builder()
            .messages(SystemMessage.from("Be brief."), UserMessage.from("Hi"))
            .build();
    ask(request, StubAnswer.status(status).body(body), stream(text("Tea.") + stop())).message();
    assertThat(nextRequest().at("/messages/0/role").asText()).isEqualTo("system");
    assertThat(nextRequest().path("messages").toString())
        .isEqualTo("[{\"role\":\"user\",\"content\":\"Be brief.\\n\\nHi\"}]");

    ask(request, stream(text("Tea.") + stop()));
    assertThat(nextRequest().path("messages").size()).isEqualTo(1);
  }

  @Test
  void roles_alternate_without_the_system_role_too() throws Exception {
    List<ChatMessage> messages =
        List.of(
            SystemMessage.from("Be brief."),
            AiMessage.from("Hello."),
            UserMessage.from("Hi"),
            SystemMessage.from("Be kind."));
    StubAnswer refusal = StubAnswer.status(400).body("system role not supported");
    ask(ChatRequest.builder().messages(messages).build(), refusal, stream(text("Tea.") + stop()))
        .message();
    nextRequest();
    List<String> sent = new ArrayList<>();
    for (JsonNode message : nextRequest().path("messages")) {
      sent.add(message.path("role").asText() + ": " + message.path("content").asText());
    }
    assertThat(sent)
        .containsExactly("user: Be brief.", "assistant: Hello.", "user: Hi\n\nBe kind.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // DeepSeek and other servers in Rust
        "422|Failed to deserialize the JSON body into the target type: messages[1]: missing field `content`",
        // Groq
        "400|{\"error\":{\"message\":\"'messages.1' : for 'role:assistant' the property 'content' is missing\"}}",
        // FastAPI
        "422|{\"detail\":[{\"loc\":[\"body\",\"messages\",1,\"content\"],\"msg\":\"none is not an allowed value\",\"type\":\"type_error.none.not_allowed\"}]}",
        "422|{\"detail\":[{\"loc\":[\"body\",\"messages\",1,\"content\"],\"msg\":\"Field required\",\"type\":\"missing\"}]}",
      })
  void a_content_is_sent_beside_tool_calls_where_one_is_wanted(int status, String body)
      throws Exception {
    ToolExecutionRequest call =
        ToolExecutionRequest.builder().id("a").name("now").arguments("{}").build();
    ChatRequest request =
        ChatRequest.builder()
            .messages(
                UserMessage.from("Hi"),
                AiMessage.from(call),
                ToolExecutionResultMessage.from(call, "noon"))
            .build();
    ask(request, StubAnswer.status(status).body(body), stream(text("Tea.") + stop())).message();
    assertThat(nextRequest().at("/messages/1").has("content")).isFalse();
    assertThat(nextRequest().at("/messages/1/content").textValue()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Mistral
        "400|call_abc|{\"object\":\"error\",\"message\":\"Tool call id was call_abc but must be a-z, A-Z, 0-9, with a length of 9.\",\"type\":\"invalid_function_call\",\"code\":\"3280\"}",
        // its templates in llama.cpp and vLLM
        "500|call_abc|{\"error\":{\"code\":500,\"message\":\"Jinja Exception: Tool call IDs should be alphanumeric strings with length 9!\"}}",
        // Anthropic behind proxies
        "400|functions.now:0|{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'\"}}",
        // OpenAI
        "400|call_0123456789012345678901234567890123456789|{\"error\":{\"message\":\"Invalid 'messages[1].tool_calls[0].id': string too long. Expected a string with maximum length 40.\",\"code\":\"string_above_max_length\"}}",
      })
  void ids_of_tool_calls_are_plain_where_no_others_are_taken(int status, String id, String body)
      throws Exception {
    ToolExecutionRequest other =
        ToolExecutionRequest.builder().id(id).name("now").arguments("{}").build();
    ToolExecutionRequest own =
        ToolExecutionRequest.builder().id("aB3dE6gH9").name("now").arguments("{}").build();
    ChatRequest request =
        ChatRequest.builder()
            .messages(
                UserMessage.from("Hi"),
                AiMessage.from(other, own),
                ToolExecutionResultMessage.from(other, "noon"),
                ToolExecutionResultMessage.from(own, "noon"))
            .build();
    ask(request, StubAnswer.status(status).body(body), stream(text("Tea.") + stop())).message();
    assertThat(nextRequest().at("/messages/1/tool_calls/0/id").asText()).isEqualTo(id);
    JsonNode again = nextRequest();
    String sent = again.at("/messages/1/tool_calls/0/id").asText();
    assertThat(sent).matches("[A-Za-z0-9]{9}");
    assertThat(again.at("/messages/2/tool_call_id").asText()).isEqualTo(sent);
    assertThat(again.at("/messages/1/tool_calls/1/id").asText()).isEqualTo("aB3dE6gH9");
    assertThat(again.at("/messages/3/tool_call_id").asText()).isEqualTo("aB3dE6gH9");

    ask(request, stream(text("Tea.") + stop()));
    assertThat(nextRequest().at("/messages/1/tool_calls/0/id").asText()).isEqualTo(sent);
  }

  @Test
  void a_parameter_is_left_out_though_the_server_calls_its_refusal_an_error_of_its_own()
      throws Exception {
    String body = "{\"detail\":\"generate() got an unexpected keyword argument 'stream_options'\"}";
    ask(StubAnswer.status(500).body(body), stream(text("Tea.") + stop())).message();
    nextRequest();
    assertThat(nextRequest().has("stream_options")).isFalse();
  }
}
