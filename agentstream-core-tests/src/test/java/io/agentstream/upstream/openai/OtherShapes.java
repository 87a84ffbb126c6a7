package io.agentstream.upstream.openai;

import static io.agentstream.upstream.openai.ModelServerFixture.delta;
import static io.agentstream.upstream.openai.ModelServerFixture.event;
import static io.agentstream.upstream.openai.ModelServerFixture.finish;
import static io.agentstream.upstream.openai.ModelServerFixture.stop;
import static io.agentstream.upstream.openai.ModelServerFixture.text;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Answers whose parts proxies have moved, wrapped or named in their own way. */
final class OtherShapes {

  private OtherShapes() {}

  static Stream<Arguments> streams() {
    return Stream.of(
        of("the content in the choice", event("{\"choices\":[{\"content\":\"Tea.\"}]}") + stop()),
        of(
            "several contents in the choice",
            event("{\"choices\":[{\"index\":0,\"content\":\"Tea\"}]}")
                + event("{\"choices\":[{\"index\":0,\"content\":\".\"}]}")
                + stop()),
        of(
            "deltas without choices",
            event("{\"delta\":{\"content\":\"Tea\"}}")
                + event("{\"delta\":{\"content\":\".\"}}")
                + stop()),
        of(
            "messages without choices",
            event("{\"message\":{\"role\":\"assistant\",\"content\":\"Tea\"},\"done\":false}")
                + event("{\"message\":{\"role\":\"assistant\",\"content\":\".\"},\"done\":false}")
                + event("{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}")),
        of(
            "chunks in an envelope",
            event("{\"code\":0,\"data\":{\"choices\":[{\"delta\":{\"content\":\"Tea\"}}]}}")
                + event(
                    "{\"output\":{\"choices\":[{\"delta\":{\"content\":\".\"}}]},\"request_id\":\"x\"}")
                + stop()),
        of(
            "words of success beside the envelope",
            event(
                    "{\"errcode\":0,\"errmsg\":\"ok\",\"data\":{\"choices\":[{\"delta\":{\"content\":\"Tea\"}}]}}")
                + event(
                    "{\"code\":0,\"message\":\"success\",\"data\":{\"choices\":[{\"delta\":{\"content\":\".\"}}]}}")
                + stop()),
        of(
            "a whole answer in an envelope",
            "{\"result\":{\"choices\":[{\"message\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]}}"),
        of(
            "a chunk in a string",
            event("\"{\\\"choices\\\":[{\\\"delta\\\":{\\\"content\\\":\\\"Tea.\\\"}}]}\"")
                + stop()),
        of(
            "the finish reason beside the choices",
            event("{\"choices\":[{\"delta\":{\"content\":\"Tea.\"}}],\"finish_reason\":\"stop\"}")),
        of("the end as a field", text("Tea.") + event("{\"done\":true}")),
        of("the end in small letters", text("Tea.") + event("[done]")),
        of("the end in quotes", text("Tea.") + event("\"[DONE]\"")),
        of("the end as a word", text("Tea.") + event("DONE")),
        of(
            "OpenAI's other name of a text",
            delta("\"content\":[{\"type\":\"output_text\",\"output_text\":\"Tea.\"}]") + stop()),
        of(
            "zero bytes between events",
            "\0\0" + text("Tea") + "\0\n" + text(".") + "\0" + finish("stop")),
        of(
            "an error that is a text for none",
            event("{\"error\":\"none\"}")
                + event("{\"error\":\"false\",\"choices\":[{\"delta\":{\"content\":\"Tea.\"}}]}")
                + stop()),
        of(
            "the field's name in capitals",
            (text("Tea") + text(".") + stop()).replace("data:", "DATA:")),
        of(
            "JSON on the line after an empty field",
            (text("Tea") + text(".") + stop()).replace("data: ", "data:\n")),
        of(
            "a list for the delta",
            event("{\"choices\":[{\"delta\":[{\"content\":\"Tea\"},{\"content\":\".\"}]}]}")
                + stop()),
        of("a text in the delta", delta("\"text\":\"Tea.\"") + stop()),
        of(
            "a chunk in a string in an envelope",
            event(
                    "{\"event\":\"message\",\"data\":\"{\\\"choices\\\":[{\\\"delta\\\":{\\\"content\\\":\\\"Tea.\\\"}}]}\"}")
                + stop()),
        of(
            "messages with more fields",
            event("{\"object\":\"keepalive\",\"message\":\"processing\"}")
                + event("{\"detail\":\"queued\"}")
                + event(
                    "{\"id\":\"x\",\"created\":1,\"model\":\"m\",\"choices\":null,\"message\":\"starting\"}")
                + text("Tea.")
                + stop()));
  }

  private static Arguments of(String what, String bytes) {
    return Arguments.of(what, bytes);
  }
}
