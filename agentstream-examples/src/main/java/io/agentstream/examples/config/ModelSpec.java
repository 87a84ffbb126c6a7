package io.agentstream.examples.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which model an agent talks through, and how it is asked.
 *
 * @param provider whose protocol its server speaks
 * @param name the model's name; null for the server's default
 * @param baseUrl the model server; null for the server's default
 * @param apiKeyEnv the environment variable that holds the agent's own key; null for none
 * @param headers go with each request
 * @param parameters go into each request as they are
 * @param maxTokensField the name of the most tokens of an answer; null for the usual one
 * @param thoughtsInText whether thoughts in the text are taken out of it
 * @param sendReasoning whether thinking goes back while a tool loop lasts
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

  /** Without the headers, which may hold a key. */
  @Override
  public String toString() {
    return "ModelSpec[" + name + ", " + baseUrl + "]";
  }
}
