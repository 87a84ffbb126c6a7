package io.agentstream.teams;

import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Texts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model and its server.
 *
 * @param provider whose protocol the server speaks; null for {@link Provider#OPENAI}
 * @param model the model's name; null for the default
 * @param baseUrl the server; null for the default
 * @param apiKeyEnv the environment variable that holds the key; null for the default
 * @param headers headers for each request
 * @param parameters added to each request unchanged
 * @param maxTokensField the name of the token limit in requests; null for the usual one
 * @param sendReasoning true if thinking is sent back during a tool loop; null for true
 * @param description one sentence for users who make agents; null for none
 * @param isDefault true for the model of agents that name none; at most one has it
 */
public record ModelSpec(
    @Field("Whose protocol the server speaks; default openai, which most servers do.")
        @Nullable Provider provider,
    @Field("The model's name at the server; default gpt-4o-mini or OPENAI_MODEL.")
        @Nullable String model,
    @Field(
            value = "The server's base URL; default OPENAI_BASE_URL or the provider's own.",
            text = Texts.URL)
        @Nullable String baseUrl,
    @Field(
            value = "The environment variable that holds the key; never the key itself.",
            text = Texts.VARIABLE)
        @Nullable String apiKeyEnv,
    @Field("Headers for each request; {env: NAME} takes a value from the environment.")
        Map<String, Value> headers,
    @Field("Added to each request unchanged, such as top_p.") Map<String, Object> parameters,
    @Field("The name of the token limit in requests, for servers with a name of their own.")
        @Nullable String maxTokensField,
    @Field("Whether thinking is sent back during a tool loop; default true.")
        @Nullable Boolean sendReasoning,
    @Field(value = "One sentence for users who make agents.", longest = 2_000)
        @Nullable String description,
    @Field(
            value = "Whether agents that name no model use this one; default: the first model.",
            key = "default")
        @Nullable Boolean isDefault) {

  /** The providers whose protocols the reference server speaks. */
  public enum Provider {
    OPENAI,
    ANTHROPIC,
    GEMINI,
    OLLAMA
  }

  /** A model without settings. */
  public static final ModelSpec DEFAULT =
      new ModelSpec(null, null, null, null, Map.of(), Map.of(), null, null, null, null);
}
