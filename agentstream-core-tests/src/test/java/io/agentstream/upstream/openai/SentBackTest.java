package io.agentstream.upstream.openai;

import static io.agentstream.upstream.openai.ToolCallPiecesTest.loop;
import static io.agentstream.upstream.openai.ToolCallPiecesTest.piece;
import static io.agentstream.upstream.openai.ToolCallPiecesTest.whole;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentstream.test.StubAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of an answer with tool calls that go back to the server with their results. */
class SentBackTest extends ModelServerFixture {

  @Test
  void thinking_goes_back_while_the_tool_loop_lasts_and_no_longer() throws Exception {
    AiMessage answer =
        ask(stream(
                delta("\"reasoning_content\":\"Hm.\"")
                    + whole("\"index\":0,\"id\":\"a\"", "{}")
                    + finish("tool_calls")))
            .message();
    List<ChatMessage> messages = loop(answer);
    nextRequest();

    ask(ChatRequest.builder().messages(messages).build(), stream(text("Tea.") + stop()));
    JsonNode again = nextRequest().at("/messages/1");
    assertThat(again.path("reasoning_content").asText()).isEqualTo("Hm.");

    messages.add(AiMessage.from("Tea."));
    messages.add(UserMessage.from("And?"));
    ask(ChatRequest.builder().messages(messages).build(), stream(text("No.") + stop()));
    assertThat(nextRequest().at("/messages/1").has("reasoning_content")).isFalse();

    model = model().sendReasoning(false).build();
    ask(
        ChatRequest.builder().messages(messages.subList(0, 3)).build(),
        stream(text("No.") + stop()));
    assertThat(nextRequest().at("/messages/1").has("reasoning_content")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"extra_content", "provider_specific_fields"})
  void a_thought_signature_goes_back_as_it_came(String field) throws Exception {
    String extra = "{\"google\":{\"thought_signature\":\"c2ln\"}}";
    AiMessage answer =
        ask(stream(
                whole("\"index\":0,\"id\":\"a\",\"%s\":%s".formatted(field, extra), "{}")
                    + finish("tool_calls")))
            .message();
    nextRequest();
    ask(ChatRequest.builder().messages(loop(answer)).build(), stream(text("Tea.") + stop()));
    assertThat(nextRequest().at("/messages/1/tool_calls/0").path(field).toString())
        .isEqualTo(extra);
  }

  @ParameterizedTest
  @ValueSource(strings = {"extra_content", "provider_specific_fields"})
  void a_field_that_another_server_refuses_is_left_out(String field) throws Exception {
    AiMessage answer =
        ask(stream(
                whole("\"index\":0,\"id\":\"a\",\"%s\":{\"x\":1}".formatted(field), "{}")
                    + finish("tool_calls")))
            .message();
    nextRequest();
    StubAnswer refusal =
        StubAnswer.status(422)
            .body(
                "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"messages\",1,\"tool_calls\",0,\""
                    + field
                    + "\"],\"msg\":\"Extra inputs are not permitted\"}]}");
    ChatRequest request = ChatRequest.builder().messages(loop(answer)).build();
    ask(request, refusal, stream(text("Tea.") + stop())).message();
    assertThat(nextRequest().at("/messages/1/tool_calls/0").has(field)).isTrue();
    assertThat(nextRequest().at("/messages/1/tool_calls/0").has(field)).isFalse();
  }

  @Test
  void signed_blocks_of_thinking_go_back_whole() throws Exception {
    AiMessage answer =
        ask(stream(
                block("\"thinking\":\"Hm\",\"signature\":null")
                    + block("\"thinking\":\".\"")
                    + block("\"thinking\":\"\",\"signature\":\"c2ln\"")
                    + block("\"thinking\":\"So.\",\"signature\":\"\"")
                    + block("\"thinking\":\"\",\"signature\":\"bW9y\"")
                    + delta(
                        "\"thinking_blocks\":[{\"type\":\"redacted_thinking\",\"data\":\"eA\"}]")
                    + whole("\"index\":0,\"id\":\"a\"", "{}")
                    + finish("tool_calls")))
            .message();
    assertThat(answer.thinking()).isEqualTo("Hm.So.");
    nextRequest();
    ask(ChatRequest.builder().messages(loop(answer)).build(), stream(text("Tea.") + stop()));
    assertThat(nextRequest().at("/messages/1/thinking_blocks").toString())
        .isEqualTo(
            "[{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"c2ln\"},"
                + "{\"type\":\"thinking\",\"thinking\":\"So.\",\"signature\":\"bW9y\"},"
                + "{\"type\":\"redacted_thinking\",\"data\":\"eA\"}]");
  }

  private static String block(String fields) {
    return delta("\"thinking_blocks\":[{\"type\":\"thinking\"," + fields + "}]");
  }

  @Test
  void arguments_that_were_cut_do_not_go_back() throws Exception {
    AiMessage answer =
        ask(stream(piece(0, "a", "weather", "{\\\"city\\\":\\\"Par") + finish("length"))).message();
    nextRequest();
    ask(ChatRequest.builder().messages(loop(answer)).build(), stream(text("Tea.") + stop()));
    assertThat(nextRequest().at("/messages/1/tool_calls/0/function/arguments").asText())
        .isEqualTo("{}");
  }

  @Test
  void half_a_character_keeps_no_request_from_being_sent() throws Exception {
    AiMessage answer =
        ask(stream(
                piece(0, "a", "weather", "{\\\"city\\\":\\\"\\ud83d\\\"}") + finish("tool_calls")))
            .message();
    nextRequest();
    ask(ChatRequest.builder().messages(loop(answer)).build(), stream(text("Tea.") + stop()))
        .message();
    assertThat(nextRequest().at("/messages/1/tool_calls/0/function/arguments").asText())
        .isEqualTo("{\"city\":\"?\"}");
  }
}
