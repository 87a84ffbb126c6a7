package io.agentstream.test;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The JSON of OpenAI's {@code chat.completion.chunk}s. */
final class StubChunks {

  private StubChunks() {}

  static String content(String text) {
    return delta("\"content\":" + quoted(text));
  }

  static String reasoning(String text) {
    return delta("\"reasoning_content\":" + quoted(text));
  }

  static String toolCall(int index, String id, String name) {
    return delta(
        "\"tool_calls\":[{\"index\":%d,\"id\":%s,\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]"
            .formatted(index, quoted(id), quoted(name)));
  }

  static String toolArguments(int index, String piece) {
    return delta(
        "\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":%s}}]"
            .formatted(index, quoted(piece)));
  }

  static String finish(String reason) {
    return chunk("{\"index\":0,\"delta\":{},\"finish_reason\":" + quoted(reason) + "}", "");
  }

  static String usage(int prompt, int completion) {
    String usage =
        ",\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
            .formatted(prompt, completion, prompt + completion);
    return chunk("", usage);
  }

  static String error(String message) {
    return "{\"error\":{\"message\":" + quoted(message) + ",\"type\":\"server_error\"}}";
  }

  private static String delta(String fields) {
    return chunk("{\"index\":0,\"delta\":{" + fields + "},\"finish_reason\":null}", "");
  }

  private static String chunk(String choices, String more) {
    return "{\"id\":\"stub\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"stub\","
        + "\"choices\":["
        + choices
        + "]"
        + more
        + "}";
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
