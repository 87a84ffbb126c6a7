package io.agentstream.teams;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates models for OpenAI-compatible servers. */
final class OpenAiModels implements ModelFactory {

  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String DEFAULT_MODEL = "gpt-4o-mini";

  @Override
  public StreamingChatModel create(ModelSpec spec, Map<String, String> environment) {
    if (spec.provider() != null && spec.provider() != ModelSpec.Provider.OPENAI) {
      throw new IllegalArgumentException(
          "provider: only openai is built in; give this model to the builder of TeamSetup, or a"
              + " ModelFactory that knows the provider");
    }
    String model = variable("OPENAI_MODEL", environment);
    String url = spec.baseUrl() == null ? variable("OPENAI_BASE_URL", environment) : spec.baseUrl();
    OpenAiCompatibleModel.Builder builder =
        OpenAiCompatibleModel.builder()
            .baseUrl(url == null ? OPENAI : url)
            .modelName(or(spec.model(), or(model, DEFAULT_MODEL)))
            .parameters(spec.parameters())
            .sendReasoning(!Boolean.FALSE.equals(spec.sendReasoning()));
    String key = key(spec, environment);
    if (key != null) {
      builder.apiKey(key);
    }
    if (spec.maxTokensField() != null) {
      builder.maxTokensField(spec.maxTokensField());
    }
    Environment.resolve("headers", spec.headers(), environment).forEach(builder::header);
    return builder.build();
  }

  private static @Nullable String key(ModelSpec spec, Map<String, String> environment) {
    if (spec.apiKeyEnv() != null) {
      return Environment.required(spec.apiKeyEnv(), "api_key_env", environment);
    }
    return spec.baseUrl() == null ? variable("OPENAI_API_KEY", environment) : null;
  }

  private static @Nullable String variable(String name, Map<String, String> environment) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
