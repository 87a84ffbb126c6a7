package io.agentstream.upstream.openai;

import static io.agentstream.upstream.openai.ModelServerFixture.delta;
import static io.agentstream.upstream.openai.ModelServerFixture.event;
import static io.agentstream.upstream.openai.ModelServerFixture.finish;
import static io.agentstream.upstream.openai.ModelServerFixture.stop;
import static io.agentstream.upstream.openai.ModelServerFixture.text;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Answers of servers that deviate from the protocol and can be read all the same. */
final class UnusualStreams {

  private UnusualStreams() {}

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
        of(
            "white space before JSON and [DONE]",
            (text("Tea") + text(".") + event("[DONE]"))
                .replace("data: {", "data:\t  {")
                .replace("data: [", "data:   [")),
        of(
            "white space before JSON, no empty lines",
            (text("Tea") + text(".") + stop()).replace("data: ", "data:  ").replace("\n\n", "\n")),
        of(
            "a byte order mark before the whole answer",
            "\uFEFF{\"choices\":[{\"message\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]}"),
        of(
            "alternatives in chunks of their own",
            text("Tea")
                + event("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Coffee\"}}]}")
                + text(".")
                + event("{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}]}")
                + stop()),
        of(
            "an alternative that comes first alone",
            event("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Tea\"}}]}")
                + text("Coffee")
                + event("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\".\"}}]}")
                + finish("length")
                + event("{\"choices\":[{\"index\":1,\"finish_reason\":\"stop\"}]}")
                + event("[DONE]")),
        of(
            "a reason in each chunk before there is one",
            event(
                    "{\"choices\":[{\"delta\":{\"content\":\"Tea\"},\"finish_reason\":\"FINISH_REASON_UNSPECIFIED\"}]}")
                + event(
                    "{\"choices\":[{\"delta\":{\"content\":\".\"},\"finish_reason\":\"None\"}]}")
                + event("[DONE]")),
        of(
            "the finish reason in each chunk",
            event("{\"choices\":[{\"delta\":{\"content\":\"Tea\"},\"finish_reason\":\"stop\"}]}")
                + event(
                    "{\"choices\":[{\"delta\":{\"content\":\".\"},\"finish_reason\":\"stop\"}]}")
                + event("[DONE]")),
        of("white space after [DONE]", text("Tea.") + finish("stop") + event("[DONE]  ")),
        of(
            "usage in each chunk",
            event(
                    "{\"choices\":[{\"delta\":{\"content\":\"Tea\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}")
                + event(
                    "{\"choices\":[{\"delta\":{\"content\":\".\"}}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}")
                + stop()),
        of(
            "several chunks in one event",
            event(json(text("Tea")) + json(text(".")) + " " + json(finish("stop")))),
        of(
            "several chunks in one event, with commas",
            event(json(text("Tea")) + "," + json(text(".")) + ", " + json(finish("stop")))),
        of("no line ends", (text("Tea") + text(".") + stop()).replace("\n\n", "")),
        of("[DONE] behind the last chunk", text("Tea.").strip() + event("[DONE]")),
        of("garbage behind a chunk", event(json(text("Tea.")) + " x {") + stop()),
        of(
            "a message between chunks",
            text("Tea")
                + "{\"message\":\"keep-alive\"}\n\n"
                + event("{\"message\":\"pong\",\"code\":200}")
                + text(".")
                + stop()),
        of(
            "a message before the answer",
            "{\"message\": \"in the queue\"}\n"
                + event("{\"msg\":\"loading\",\"status\":\"running\"}")
                + text("Tea.")
                + stop()),
        of(
            "a message before [DONE]",
            text("Tea.") + event("{\"message\":\"bye\"}") + event("[DONE]")),
        of(
            "a line end within the JSON",
            "data: {\"choices\":[{\"delta\":\n{\"content\":\"Tea.\"}}]}\n\n" + stop()),
        of(
            "a comment within the JSON",
            "data: {\"choices\":[{\"delta\":\n: hi\ndata: {\"content\":\"Tea.\"}}]}\n\n" + stop()),
        of(
            "white space before the colon",
            (text("Tea") + text(".") + stop()).replace("data:", "data :")),
        of(
            "a byte order mark before each event",
            (text("Tea") + text(".") + stop()).replace("data:", "\uFEFFdata:")),
        of(
            "events without data",
            text("Tea") + "data:\n\ndata: \n\nevent: ping\n\n" + text(".") + stop()),
        of(
            "values between chunks",
            text("Tea") + event("null") + event("true") + event("\"\"") + text(".") + stop()),
        of(
            "a list of chunks over lines",
            "["
                + json(text("Tea"))
                + "\n,\n"
                + json(text("."))
                + ",\n"
                + json(finish("stop"))
                + "]"),
        of("texts in a list", delta("\"content\":[\"Tea\",\".\"]") + stop()),
        of(
            "the text beside the delta too",
            event("{\"choices\":[{\"delta\":{\"content\":\"Tea.\"},\"text\":\"Tea.\"}]}") + stop()),
        of("a refusal that is false", delta("\"content\":\"Tea.\",\"refusal\":false") + stop()),
        of(
            "the finish reason in the delta",
            text("Tea.") + delta("\"content\":null,\"finish_reason\":\"stop\"")),
        of(
            "another name for the finish reason",
            event("{\"choices\":[{\"delta\":{\"content\":\"Tea.\"},\"finishReason\":\"STOP\"}]}")),
        of(
            "Anthropic's name for the finish reason",
            event(
                "{\"choices\":[{\"delta\":{\"content\":\"Tea.\"},\"finish_reason\":null,\"stop_reason\":\"end_turn\"}]}")),
        of(
            "an object for the finish reason",
            event(
                "{\"choices\":[{\"delta\":{\"content\":\"Tea.\"},\"finish_reason\":{\"type\":\"stop\"}}]}")),
        of(
            "control characters",
            event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Tea.\"}}],\"x\":\"\u0001\"}")
                + stop()));
  }

  /** Returns the data of one event. */
  private static String json(String event) {
    return event.substring("data: ".length()).strip();
  }

  private static Arguments of(String what, String bytes) {
    return Arguments.of(what, bytes);
  }
}
