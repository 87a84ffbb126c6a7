package io.agentstream.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentstream.upstream.ToolArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tool calls in the pieces that servers give them. */
class ToolCallPiecesTest extends ModelServerFixture {

  private static final String PARIS = "weather{\"city\":\"Paris\"}";
  private static final String ROME = "weather{\"city\":\"Rome\"}";

  static Stream<Arguments> pieces() {
    return Stream.of(
        of(
            "usual pieces",
            call(
                    "\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}")
                + call("\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\":\"}")
                + call("\"index\":0,\"function\":{\"arguments\":\"\\\"Paris\\\"}\"}"),
            PARIS),
        of(
            "an object for arguments",
            whole("\"index\":0,\"id\":\"a\"", "{\"city\":\"Paris\"}"),
            PARIS),
        of(
            "no arguments",
            call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"now\"}"),
            "now{}"),
        of(
            "arguments that are null",
            call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"now\",\"arguments\":null}"),
            "now{}"),
        of(
            "empty arguments",
            call("\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}"),
            "now{}"),
        of(
            "arguments in parts",
            call(
                "\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":[{\"type\":\"text\",\"text\":\"{\\\"city\\\":\"},{\"type\":\"text\",\"text\":\"\\\"Paris\\\"}\"}]}"),
            PARIS),
        of(
            "interleaved by index",
            piece(0, "a", "weather", "{\\\"city\\\":")
                + piece(1, "b", "weather", "{\\\"city\\\":")
                + piece(0, "", "", "\\\"Paris\\\"}")
                + piece(1, "", "", "\\\"Rome\\\"}"),
            PARIS,
            ROME),
        of(
            "one index, two ids",
            piece(0, "a", "weather", "{\\\"city\\\":\\\"Paris\\\"}")
                + piece(0, "b", "weather", "{\\\"city\\\":\\\"Rome\\\"}"),
            PARIS,
            ROME),
        of(
            "one index, no ids",
            piece(0, "", "weather", "{\\\"city\\\":\\\"Paris\\\"}")
                + piece(0, "", "weather", "{\\\"city\\\":\\\"Rome\\\"}"),
            PARIS,
            ROME),
        of(
            "the name in each piece",
            piece(0, "a", "weather", "{\\\"city\\\":") + piece(0, "a", "weather", "\\\"Paris\\\"}"),
            PARIS),
        of(
            "the name in each piece, without ids",
            piece(0, "", "weather", "{\\\"city\\\":") + piece(0, "", "weather", "\\\"Paris\\\"}"),
            PARIS),
        of(
            "another id in each piece",
            piece(0, "a", "weather", "{\\\"city\\\":") + piece(0, "b", "", "\\\"Paris\\\"}"),
            PARIS),
        of(
            "no index",
            whole("\"id\":\"a\"", "{\"city\":\"Paris\"}")
                + whole("\"id\":\"b\"", "{\"city\":\"Rome\"}"),
            PARIS,
            ROME),
        of(
            "no index, in pieces",
            call(
                    "\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\"}")
                + call("\"function\":{\"arguments\":\"\\\"Paris\\\"}\"}"),
            PARIS),
        of(
            "neither index nor id, in one chunk",
            delta(
                "\"tool_calls\":[{\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}},{\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Rome\"}}}]"),
            PARIS,
            ROME),
        of(
            "an index that is null",
            call(
                    "\"index\":null,\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\"}")
                + call("\"index\":null,\"function\":{\"arguments\":\"\\\"Paris\\\"}\"}"),
            PARIS),
        of(
            "nulls in the pieces that follow",
            piece(0, "a", "weather", "{\\\"city\\\":")
                + call(
                    "\"index\":0,\"id\":null,\"type\":null,\"function\":{\"name\":null,\"arguments\":\"\\\"Paris\\\"}\"}"),
            PARIS),
        of(
            "a piece without a function",
            piece(0, "a", "weather", "{\\\"city\\\":\\\"Paris\\\"}")
                + call("\"index\":0,\"function\":null"),
            PARIS),
        of(
            "indexes from 1",
            piece(1, "a", "weather", "{\\\"city\\\":\\\"Paris\\\"}")
                + piece(2, "b", "weather", "{\\\"city\\\":\\\"Rome\\\"}"),
            PARIS,
            ROME),
        of(
            "one id for two calls",
            piece(0, "a", "weather", "{\\\"city\\\":\\\"Paris\\\"}")
                + piece(1, "a", "weather", "{\\\"city\\\":\\\"Rome\\\"}"),
            PARIS,
            ROME),
        of(
            "an index in a string",
            whole("\"index\":\"0\",\"id\":\"a\"", "{\"city\":\"Paris\"}"),
            PARIS),
        of(
            "an object for the list",
            delta(
                "\"tool_calls\":{\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}}"),
            PARIS),
        of(
            "the whole arguments again",
            piece(0, "a", "weather", "{\\\"city\\\":\\\"Paris\\\"}")
                + piece(0, "a", "weather", "{\\\"city\\\":\\\"Paris\\\"}"),
            PARIS),
        of(
            "the old function_call",
            delta("\"function_call\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\"}")
                + delta("\"function_call\":{\"arguments\":\"\\\"Paris\\\"}\"}"),
            PARIS),
        of(
            "an empty object before the arguments",
            piece(0, "a", "weather", "{}")
                + piece(0, "", "", "{\\\"city\\\":")
                + piece(0, "", "", "\\\"Paris\\\"}"),
            PARIS),
        of(
            "the call in the old form too",
            delta(
                    "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\"}}],\"function_call\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\"}")
                + delta(
                    "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"\\\"Paris\\\"}\"}}],\"function_call\":{\"arguments\":\"\\\"Paris\\\"}\"}"),
            PARIS),
        of(
            "the call in the closing message alone",
            text("Let me look.")
                + event(
                    "{\"choices\":[{\"delta\":{},\"message\":{\"content\":\"Let me look.\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}}]},\"finish_reason\":\"tool_calls\"}]}"),
            PARIS),
        of(
            "the call in the closing message too",
            piece(0, "a", "weather", "{\\\"city\\\":\\\"Paris\\\"}")
                + event(
                    "{\"choices\":[{\"delta\":{},\"message\":{\"tool_calls\":[{\"id\":\"b\",\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}}]},\"finish_reason\":\"tool_calls\"}]}"),
            PARIS),
        of(
            "the template's marks in the name",
            piece(0, "a", "functions.weather<|channel|>commentary", "{\\\"city\\\":\\\"Paris\\\"}")
                + piece(1, "b", "functions.weather:1", "{\\\"city\\\":\\\"Rome\\\"}"),
            PARIS,
            ROME),
        of(
            "indexes out of order",
            piece(1, "b", "weather", "{\\\"city\\\":")
                + piece(0, "a", "weather", "{\\\"city\\\":")
                + piece(1, "", "", "\\\"Paris\\\"}")
                + piece(0, "", "", "\\\"Rome\\\"}"),
            PARIS,
            ROME),
        of(
            "an id that is a number",
            call(
                    "\"index\":0,\"id\":7,\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\"}")
                + call("\"index\":0,\"id\":7,\"function\":{\"arguments\":\"\\\"Paris\\\"}\"}"),
            PARIS),
        of(
            "the arguments so far in each piece",
            piece(0, "a", "weather", "{\\\"ci")
                + piece(0, "a", "", "{\\\"city\\\":\\\"Par")
                + piece(0, "a", "", "{\\\"city\\\":\\\"Paris\\\"}"),
            PARIS),
        of(
            "the name beside the function",
            call(
                "\"index\":0,\"id\":\"a\",\"name\":\"weather\",\"function\":{\"arguments\":{\"city\":\"Paris\"}}"),
            PARIS),
        of(
            "the name in place of the function",
            call("\"id\":\"a\",\"function\":\"weather\",\"arguments\":{\"city\":\"Paris\"}"),
            PARIS),
        of(
            "the calls in the choice",
            event(
                "{\"choices\":[{\"index\":0,\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}}]}]}"),
            PARIS),
        of(
            "another name of the list",
            delta(
                "\"toolCalls\":[{\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}}}]"),
            PARIS),
        of(
            "the list in a string",
            delta(
                "\"tool_calls\":\"[{\\\"name\\\":\\\"weather\\\",\\\"arguments\\\":{\\\"city\\\":\\\"Paris\\\"}}]\""),
            PARIS),
        of(
            "a call in a string",
            delta(
                "\"tool_calls\":[\"{\\\"name\\\":\\\"weather\\\",\\\"arguments\\\":{\\\"city\\\":\\\"Paris\\\"}}\"]"),
            PARIS),
        of(
            "OpenAI's custom tool",
            call(
                "\"index\":0,\"id\":\"a\",\"type\":\"custom\",\"custom\":{\"name\":\"weather\",\"input\":\"{\\\"city\\\":\\\"Paris\\\"}\"}"),
            PARIS),
        of(
            "Anthropic's part",
            delta(
                "\"content\":[{\"type\":\"tool_use\",\"id\":\"a\",\"name\":\"weather\",\"input\":{\"city\":\"Paris\"}}]"),
            PARIS),
        of(
            "an object that begins like the one around it",
            piece(0, "a", "weather", "{\\\"a\\\":") + piece(0, "", "", "{\\\"a\\\":1}}"),
            "weather{\"a\":{\"a\":1}}"),
        of(
            "no function around it",
            call(
                "\"index\":0,\"id\":\"a\",\"name\":\"weather\",\"arguments\":{\"city\":\"Paris\"}"),
            PARIS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pieces")
  void are_put_together(String what, String bytes, List<String> calls) throws Exception {
    Asked asked = ask(stream(bytes + event("[DONE]")));
    List<ToolExecutionRequest> requests = asked.message().toolExecutionRequests();
    assertThat(requests)
        .as(what)
        .extracting(call -> call.name() + call.arguments())
        .isEqualTo(calls);
    assertThat(requests)
        .extracting(ToolExecutionRequest::id)
        .doesNotHaveDuplicates()
        .allMatch(id -> !id.isBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "null", "\\\"\\\"", " ", "\\\"{}\\\"", "{}{}", "```json\\n{}\\n```"})
  void arguments_that_mean_none_are_read_and_go_back_as_an_empty_object(String arguments)
      throws Exception {
    AiMessage answer =
        ask(stream(piece(0, "a", "now", arguments) + finish("tool_calls"))).message();
    String given = answer.toolExecutionRequests().get(0).arguments();
    assertThat(ToolArguments.read(given)).isEqualTo("{}");
    nextRequest();
    ask(ChatRequest.builder().messages(loop(answer)).build(), stream(text("Tea.") + stop()));
    String sent = nextRequest().at("/messages/1/tool_calls/0/function/arguments").asText();
    assertThat(sent).isEqualTo("{}");
  }

  @Test
  void any_number_of_objects_in_a_row_are_read_without_harm() {
    assertThat(ToolArguments.read("{}".repeat(99_999))).isNull();
    assertThat(ToolArguments.read("{}".repeat(99_999) + "{\"city\":\"Paris\"}")).isNull();
  }

  static List<ChatMessage> loop(AiMessage answer) {
    List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("Hi"), answer));
    messages.add(ToolExecutionResultMessage.from(answer.toolExecutionRequests().get(0), "sun"));
    return messages;
  }

  static String call(String fields) {
    return delta("\"tool_calls\":[{" + fields + "}]");
  }

  static String whole(String fields, String arguments) {
    return call(fields + ",\"function\":{\"name\":\"weather\",\"arguments\":" + arguments + "}");
  }

  static String piece(int index, String id, String name, String arguments) {
    return call(
        "\"index\":%d,\"id\":\"%s\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}"
            .formatted(index, id, name, arguments));
  }

  private static Arguments of(String what, String bytes, String... calls) {
    return Arguments.of(what, bytes, List.of(calls));
  }
}
