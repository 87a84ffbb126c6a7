package io.agentstream.examples.server;

import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import io.agentstream.examples.config.ModelAccess;
import io.agentstream.examples.config.ModelSpec;
import io.agentstream.upstream.EventDrivenHttpClientBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Creates models that speak a provider's own protocol, with langchain4j's modules. */
final class ProviderModels {

  /** Anthropic requires a limit, and langchain4j's default of 1024 would cut answers short. */
  private static final int ANTHROPIC_MAX_TOKENS = 4096;

  /** Two of the modules require a key, even for a server that needs none. */
  private static final String NO_KEY = "none";

  private ProviderModels() {}

  static StreamingChatModel build(
      ModelAccess access, ModelSpec model, EventDrivenHttpClientBuilder http) {
    return switch (model.provider()) {
      case OPENAI -> throw new IllegalArgumentException("OpenAI's protocol has a model of our own");
      case ANTHROPIC -> anthropic(access, model, http);
      case GEMINI -> gemini(access, model, http);
      case OLLAMA -> ollama(access, model, http);
    };
  }

  private static StreamingChatModel anthropic(
      ModelAccess access, ModelSpec model, EventDrivenHttpClientBuilder http) {
    return AnthropicStreamingChatModel.builder()
        .httpClientBuilder(http)
        .baseUrl(access.baseUrl())
        .apiKey(Objects.requireNonNullElse(access.apiKey(), NO_KEY))
        .modelName(model.name())
        .maxTokens(ANTHROPIC_MAX_TOKENS)
        .customHeaders(access.headers())
        .customParameters(model.parameters())
        .returnThinking(true)
        .sendThinking(model.sendReasoning())
        .build();
  }

  private static StreamingChatModel gemini(
      ModelAccess access, ModelSpec model, EventDrivenHttpClientBuilder http) {
    GoogleAiGeminiStreamingChatModel.GoogleAiGeminiStreamingChatModelBuilder gemini =
        GoogleAiGeminiStreamingChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(access.baseUrl())
            .apiKey(Objects.requireNonNullElse(access.apiKey(), NO_KEY))
            .modelName(model.name())
            .customHeaders(access.headers())
            .returnThinking(true)
            .sendThinking(model.sendReasoning());
    if (thinking(model) instanceof Boolean thoughts) {
      gemini.thinkingConfig(GeminiThinkingConfig.builder().includeThoughts(thoughts).build());
    }
    return gemini.build();
  }

  private static StreamingChatModel ollama(
      ModelAccess access, ModelSpec model, EventDrivenHttpClientBuilder http) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (access.apiKey() != null) {
      headers.put("Authorization", "Bearer " + access.apiKey());
    }
    headers.putAll(access.headers());
    OllamaStreamingChatModel.OllamaStreamingChatModelBuilder ollama =
        OllamaStreamingChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(access.baseUrl())
            .modelName(model.name())
            .customHeaders(headers)
            .returnThinking(true);
    if (thinking(model) instanceof Boolean think) {
      ollama.think(think);
    }
    return ollama.build();
  }

  private static @Nullable Object thinking(ModelSpec model) {
    return model.parameters().get(model.provider().thinkingSwitch());
  }
}
