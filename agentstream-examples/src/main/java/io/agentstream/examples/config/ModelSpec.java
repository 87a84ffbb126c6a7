package io.agentstream.examples.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent's model and its settings.
 *
 * @param provider the provider whose protocol its server speaks
 * @param name the model's name; null for the server's default
 * @param baseUrl the model server; null for the server's default
 * @param apiKeyEnv the environment variable that holds the agent's own key; null for none
 * @param headers headers for each request
 * @param parameters added to each request unchanged
 * @param maxTokensField the name of the token limit; null for the usual name
 * @param thoughtsInText true if thoughts are separated from the text
 * @param sendReasoning true if thinking is sent back during a tool loop
 */
public record ModelSpec(
    Provider provider,
    @Nullable String name,
    @Nullable String baseUrl,
    @Nullable String apiKeyEnv,
    Map<String, String> headers,
    Map<String, Object> parameters,
    @Nullable String maxTokensField,
    boolean thoughtsInText,
    boolean sendReasoning) {

  /** The server's default model. */
  public static final ModelSpec DEFAULT =
      new ModelSpec(Provider.OPENAI, null, null, null, Map.of(), Map.of(), null, true, true);

  /** Returns a text without the headers, which may contain a key. */
  @Override
  public String toString() {
    return "ModelSpec[" + name + ", " + baseUrl + "]";
  }
}
