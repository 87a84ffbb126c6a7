package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.output.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the token counts of servers, and ignores impossible ones. */
final class Usages {

  private static final List<String> INPUT =
      List.of(
          "prompt_tokens",
          "input_tokens",
          "promptTokens",
          "inputTokens",
          "promptTokenCount",
          "prompt_n");
  private static final List<String> OUTPUT =
      List.of(
          "completion_tokens",
          "output_tokens",
          "completionTokens",
          "outputTokens",
          "candidatesTokenCount",
          "predicted_n");

  /** The fields of OpenAI, Gemini and llama.cpp. */
  private static final List<String> FIELDS = List.of("usage", "usageMetadata", "timings");

  private Usages() {}

  /** Returns the count that stands in a chunk or a part of one; possibly missing. */
  static JsonNode in(JsonNode part) {
    for (String field : FIELDS) {
      JsonNode usage = part.path(field);
      if (usage.isArray() && !usage.isEmpty()) {
        return usage.path(usage.size() - 1);
      }
      if (usage.isObject()) {
        return usage;
      }
    }
    return part.path("x_groq").path("usage");
  }

  /**
   * Returns the count; null if there is none to believe. Some servers count the prompt in one event
   * and the answer in another, so {@code before} stands in for a number that is missing or zero.
   */
  static @Nullable TokenUsage read(JsonNode usage, @Nullable TokenUsage before) {
    int input = count(usage, INPUT);
    int output = count(usage, OUTPUT);
    if (before != null) {
      input = input > 0 ? input : before.inputTokenCount();
      output = output > 0 ? output : before.outputTokenCount();
    }
    return input < 0 || output < 0 || (input == 0 && output == 0)
        ? null
        : new TokenUsage(input, output);
  }

  private static int count(JsonNode usage, List<String> names) {
    for (String name : names) {
      JsonNode value = usage.path(name);
      if (value.isNumber() || value.isTextual()) {
        double count = value.asDouble(-1);
        return count >= 0 && count <= Integer.MAX_VALUE ? (int) count : -1;
      }
    }
    return -1;
  }
}
