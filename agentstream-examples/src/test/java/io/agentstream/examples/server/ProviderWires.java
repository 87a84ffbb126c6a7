package io.agentstream.examples.server;

import io.agentstream.examples.config.Provider;
import io.agentstream.test.StubAnswer;

/** Answers as the providers send them: thinking "Hm", the text "Tea or coffee", or a tool call. */
final class ProviderWires {

  private ProviderWires() {}

  static StubAnswer answer(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> StubAnswer.stream().bytes(ANTHROPIC_START + ANTHROPIC_TEXT).end();
      case GEMINI -> StubAnswer.stream().bytes(GEMINI_TEXT).end();
      case OLLAMA -> ollama(OLLAMA_TEXT);
      case OPENAI -> throw new IllegalArgumentException("tested elsewhere");
    };
  }

  static StubAnswer toolCall(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> StubAnswer.stream().bytes(ANTHROPIC_START + ANTHROPIC_TOOL).end();
      case GEMINI -> StubAnswer.stream().bytes(GEMINI_TOOL).end();
      case OLLAMA -> ollama(OLLAMA_TOOL);
      case OPENAI -> throw new IllegalArgumentException("tested elsewhere");
    };
  }

  /** The beginning of an answer, up to "Tea or". */
  static StubAnswer begins(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> StubAnswer.stream().bytes(ANTHROPIC_START + ANTHROPIC_BEGINNING);
      case GEMINI -> StubAnswer.stream().bytes(gemini("{\"text\":\"Tea or\"}", ""));
      case OLLAMA -> ollamaOpen(line("\"content\":\"Tea or\"", "\"done\":false"));
      case OPENAI -> throw new IllegalArgumentException("tested elsewhere");
    };
  }

  /** The data of an event that says that the server has too much to do. */
  static String overloaded(Provider provider) {
    return provider == Provider.GEMINI
        ? "{\"error\":{\"code\":503,\"message\":\"x\",\"status\":\"UNAVAILABLE\"}}"
        : "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"x\"}}";
  }

  static StubAnswer ollama(String lines) {
    return ollamaOpen(lines).end();
  }

  private static StubAnswer ollamaOpen(String lines) {
    return StubAnswer.status(200)
        .header("Content-Type", "application/x-ndjson")
        .header("Transfer-Encoding", "chunked")
        .inChunksOf(7)
        .bytes(lines);
  }

  private static String anthropic(String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, fields);
  }

  private static String block(int index, String block) {
    return anthropic(
        "content_block_start", ",\"index\":" + index + ",\"content_block\":{" + block + "}");
  }

  private static String delta(int index, String delta) {
    return anthropic("content_block_delta", ",\"index\":" + index + ",\"delta\":{" + delta + "}");
  }

  private static String stop(int index) {
    return anthropic("content_block_stop", ",\"index\":" + index);
  }

  private static String end(String reason) {
    return anthropic(
            "message_delta",
            ",\"delta\":{\"stop_reason\":\""
                + reason
                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":15}")
        + anthropic("message_stop", "");
  }

  private static final String ANTHROPIC_START =
      anthropic(
              "message_start",
              ",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
                  + "\"content\":[],\"model\":\"claude\",\"stop_reason\":null,"
                  + "\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}")
          + anthropic("ping", "");

  private static final String ANTHROPIC_BEGINNING =
      block(0, "\"type\":\"text\",\"text\":\"\"")
          + delta(0, "\"type\":\"text_delta\",\"text\":\"Tea or\"");

  private static final String ANTHROPIC_TEXT =
      block(0, "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"")
          + delta(0, "\"type\":\"thinking_delta\",\"thinking\":\"Hm\"")
          + delta(0, "\"type\":\"signature_delta\",\"signature\":\"c2ln\"")
          + stop(0)
          + block(1, "\"type\":\"text\",\"text\":\"\"")
          + delta(1, "\"type\":\"text_delta\",\"text\":\"Tea or\"")
          + anthropic("ping", "")
          + delta(1, "\"type\":\"text_delta\",\"text\":\" coffee\"")
          + stop(1)
          + end("end_turn");

  private static final String ANTHROPIC_TOOL =
      block(0, "\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"brew\",\"input\":{}")
          + delta(0, "\"type\":\"input_json_delta\",\"partial_json\":\"\"")
          + delta(0, "\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"cups\\\":\"")
          + delta(0, "\"type\":\"input_json_delta\",\"partial_json\":\"2}\"")
          + stop(0)
          + end("tool_use");

  private static String gemini(String parts, String more) {
    return "data: {\"candidates\":[{\"content\":{\"parts\":["
        + parts
        + "],\"role\":\"model\"}"
        + more
        + ",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":4,\"candidatesTokenCount\":3,"
        + "\"totalTokenCount\":7},\"modelVersion\":\"gemini\",\"responseId\":\"r1\"}\r\n\r\n";
  }

  private static final String GEMINI_TEXT =
      gemini("{\"text\":\"Hm\",\"thought\":true}", "")
          + gemini("{\"text\":\"Tea or\"}", "")
          + gemini("{\"text\":\" coffee\"}", ",\"finishReason\":\"STOP\"");

  private static final String GEMINI_TOOL =
      gemini(
          "{\"functionCall\":{\"name\":\"brew\",\"args\":{\"cups\":2}}}",
          ",\"finishReason\":\"STOP\"");

  private static String line(String message, String more) {
    return "{\"model\":\"qwen3\",\"created_at\":\"2025-01-22T11:22:42.180546Z\",\"message\":"
        + "{\"role\":\"assistant\","
        + message
        + "},"
        + more
        + "}\n";
  }

  private static final String OLLAMA_END =
      line(
          "\"content\":\"\"",
          "\"done_reason\":\"stop\",\"done\":true,\"total_duration\":1,"
              + "\"prompt_eval_count\":4,\"eval_count\":3");

  private static final String OLLAMA_TEXT =
      line("\"content\":\"\",\"thinking\":\"Hm\"", "\"done\":false")
          + line("\"content\":\"Tea or\"", "\"done\":false")
          + line("\"content\":\" coffee\"", "\"done\":false")
          + OLLAMA_END;

  private static final String OLLAMA_TOOL =
      line(
              "\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"brew\","
                  + "\"arguments\":{\"cups\":2}}}]",
              "\"done\":false")
          + OLLAMA_END;
}
