package io.agentstream.examples.it;

import static io.agentstream.examples.it.ModelServerCase.fails;
import static io.agentstream.examples.it.ModelServerCase.says;

import io.agentstream.event.ErrorCause;
import io.agentstream.test.StubAnswer;
import java.util.List;
import java.util.stream.Stream;

/** The bytes of model servers as people run them; nothing marked as canary may be seen. */
final class ModelServerCases {

  private static final String STOP = finish("stop") + event("[DONE]");

  private ModelServerCases() {}

  static List<ModelServerCase> all() {
    return Stream.of(noAnswers(), refusals(), parameters(), unusual(), tools(), thoughts())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ModelServerCase> noAnswers() {
    return List.of(
        fails(
            "a web page",
            ErrorCause.NOT_A_MODEL_SERVER,
            whole("text/html", "<!doctype html>canary")),
        fails(
            "LM Studio's wrong path",
            ErrorCause.UNKNOWN_MODEL,
            json("{\"error\":\"Unexpected endpoint or method. (canary). Returning 200 anyway\"}")),
        fails(
            "llama.cpp's bare JSON",
            ErrorCause.CONTEXT_TOO_LONG,
            stream(
                "{\"error\":{\"code\":400,\"message\":\"canary exceeds the available context size\"}}")),
        fails(
            "llama.cpp's error field",
            ErrorCause.BAD_REQUEST,
            stream("error: {\"code\":400,\"message\":\"canary\"}\n\n")),
        fails(
            "llama.cpp's error field in mid-answer",
            ErrorCause.BAD_REQUEST,
            stream(text("Hel") + "error: {\"code\":400,\"message\":\"canary\"}\n\n")),
        fails(
            "Venice's error",
            ErrorCause.CONTEXT_TOO_LONG,
            stream(
                event(
                    "{\"error_type\":\"context_length_exceeded\",\"error_message\":\"canary\"}"))),
        fails("an empty body", ErrorCause.EMPTY_ANSWER, stream("")).askedAgain(),
        fails("[DONE] alone", ErrorCause.EMPTY_ANSWER, stream(event("[DONE]"))).askedAgain(),
        fails(
                "LM Studio's error event",
                ErrorCause.SERVER_ERROR,
                stream("event: error\ndata: {\"error\":{\"message\":\"canary\"}}\n\n"))
            .askedAgain(),
        fails(
                "OpenRouter's finish reason",
                ErrorCause.SERVER_ERROR,
                stream(text("Hel") + finish("error") + event("[DONE]")))
            .askedAgain(),
        fails(
                "OpenRouter's error in the choice",
                ErrorCause.OVERLOADED,
                stream(
                    event(
                        "{\"choices\":[{\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\",\"error\":{\"code\":503,\"message\":\"canary\"}}]}")))
            .askedAgain(),
        says(
            "a whole answer",
            "Tea.",
            json(
                "{\"choices\":[{\"message\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]}")));
  }

  private static List<ModelServerCase> refusals() {
    return List.of(
        refused(
            "a context that is too long",
            ErrorCause.CONTEXT_TOO_LONG,
            400,
            "context_length_exceeded"),
        refused("an unknown model", ErrorCause.UNKNOWN_MODEL, 404, "model_not_found"),
        refused(
            "an unsupported parameter",
            ErrorCause.UNSUPPORTED_PARAMETER,
            422,
            "unsupported_parameter"),
        refused("a quota", ErrorCause.QUOTA, 429, "insufficient_quota"),
        refused("a content policy", ErrorCause.CONTENT_POLICY, 400, "content_policy_violation"),
        refused("a failed tool call", ErrorCause.TOOL_USE_FAILED, 400, "tool_use_failed"),
        refused("a refused key", ErrorCause.KEY_REFUSED, 401, "invalid_api_key"),
        says(
            "a rate limit that ends soon",
            "Tea.",
            StubAnswer.status(429).header("Retry-After", "0.2").body("canary"),
            StubAnswer.status(429).header("retry-after-ms", "150").body("canary"),
            stream(text("Tea.") + STOP)),
        fails(
            "a redirect to another host",
            ErrorCause.NOT_A_MODEL_SERVER,
            StubAnswer.status(307).header("Location", "http://localhost:9/v1").body("")));
  }

  private static List<ModelServerCase> parameters() {
    return List.of(
        says(
            "a refused max_tokens",
            "Tea.",
            StubAnswer.status(400)
                .body("{\"error\":{\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}"),
            stream(text("Tea.") + STOP)),
        says(
            "refused stream_options",
            "Tea.",
            StubAnswer.status(422)
                .body(
                    "{\"detail\":[{\"loc\":[\"body\",\"stream_options\"],\"type\":\"extra_forbidden\"}]}"),
            stream(text("Tea.") + STOP)),
        says(
            "a refused temperature",
            "Tea.",
            StubAnswer.status(400)
                .body("{\"error\":{\"param\":\"temperature\",\"code\":\"unsupported_value\"}}"),
            stream(text("Tea.") + STOP)),
        says(
            "a redirect within the server",
            "Tea.",
            StubAnswer.status(308).header("Location", "/v2/chat/completions").body(""),
            stream(text("Tea.") + STOP)));
  }

  private static List<ModelServerCase> unusual() {
    return List.of(
        says(
            "Mistral's parts",
            "Tea.",
            stream(
                delta("\"content\":[{\"type\":\"text\",\"text\":\"Te\"}]")
                    + delta("\"content\":[{\"type\":\"text\",\"text\":\"a.\"}]")
                    + STOP)),
        says(
                "Mistral's thinking in parts",
                "Tea.",
                stream(
                    delta(
                            "\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Hm.\"}]}]")
                        + text("Tea.")
                        + STOP))
            .thinking("Hm."),
        says(
            "text that is no JSON between chunks",
            "Tea.",
            stream(text("Te") + event("ping") + text("a.") + STOP)),
        says(
            "no empty lines",
            "Tea.",
            stream((text("Te") + text("a.") + STOP).replace("\n\n", "\n"))),
        says("no finish reason", "Tea.", stream(text("Tea.") + event("[DONE]"))),
        says(
            "Azure's filter before the answer",
            "Tea.",
            stream(
                event(
                        "{\"choices\":[],\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}]}")
                    + text("Tea.")
                    + STOP)),
        says(
            "carriage returns and a byte order mark",
            "Tea.",
            stream("\uFEFF" + (text("Tea.") + STOP).replace("\n", "\r\n"))));
  }

  private static List<ModelServerCase> tools() {
    StubAnswer end = stream(text("Tea.") + STOP);
    return List.of(
        says(
            "arguments as an object",
            "Tea.",
            stream(call(0, "a", "{\"city\":\"Paris\"}") + finish("tool_calls")),
            end),
        says(
            "arguments that are cut",
            "Tea.",
            stream(call(0, "a", "\"{\\\"city\\\":\\\"Par\"") + finish("length")),
            end),
        says(
            "two calls of one index",
            "Tea.",
            stream(call(0, "a", "\"{}\"") + call(0, "b", "\"{}\"") + finish("tool_calls")),
            end),
        says(
            "a text before a call",
            "Let me see.Tea.",
            stream(text("Let me see.") + call(0, "a", "\"{}\"") + finish("tool_calls")),
            end));
  }

  private static List<ModelServerCase> thoughts() {
    return List.of(
        says("tags", "Tea it is.", tokens("<think>Hm.</think>Tea it is.")).thinking("Hm."),
        says("no opening tag", "Tea it is.", tokens("Hm.</think>Tea it is.")).thinking("Hm."),
        says(
                "gpt-oss's channels",
                "Tea it is.",
                tokens(
                    "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Tea it is."))
            .thinking("Hm."),
        says("gpt-oss's bare channels", "Tea it is.", tokens("analysisHm.assistantfinalTea it is."))
            .thinking("Hm."),
        says("a text about tags", "Write `<think>` first.", tokens("Write `<think>` first.")));
  }

  private static ModelServerCase refused(String what, ErrorCause cause, int status, String code) {
    String body = "{\"error\":{\"message\":\"canary\",\"code\":\"" + code + "\"}}";
    return fails(what, cause, StubAnswer.status(status).body(body));
  }

  /** Cut everywhere. */
  private static StubAnswer tokens(String text) {
    StubAnswer answer = StubAnswer.stream();
    text.codePoints().forEach(c -> answer.tokens(Character.toString(c)));
    return answer.finish("stop").done();
  }

  private static StubAnswer stream(String bytes) {
    return StubAnswer.stream().bytes(bytes).end();
  }

  private static StubAnswer json(String body) {
    return whole("application/json", body);
  }

  private static StubAnswer whole(String type, String body) {
    return StubAnswer.status(200).header("Content-Type", type).body(body);
  }

  private static String call(int index, String id, String arguments) {
    return delta(
        "\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"function\":{\"name\":\"weather\",\"arguments\":%s}}]"
            .formatted(index, id, arguments));
  }

  private static String text(String text) {
    return delta("\"content\":\"" + text + "\"");
  }

  private static String delta(String fields) {
    return event("{\"choices\":[{\"index\":0,\"delta\":{" + fields + "}}]}");
  }

  private static String finish(String reason) {
    return event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}");
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }
}
