package io.agentstream.teams;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.Map;

/** Creates the models that a team file names. */
@FunctionalInterface
public interface ModelFactory {

  /**
   * Returns the model.
   *
   * @param spec its settings; {@link ModelSpec#DEFAULT} for agents without a model in a file
   *     without models
   * @param environment the variables that hold keys and headers
   * @throws IllegalArgumentException if a setting is wrong or a variable is missing; the message
   *     goes to the operator and must not hold a secret
   */
  StreamingChatModel create(ModelSpec spec, Map<String, String> environment);

  /**
   * Returns a factory for OpenAI-compatible servers. Without a base URL it takes {@code
   * OPENAI_BASE_URL}, {@code OPENAI_API_KEY} and {@code OPENAI_MODEL}; that key goes to no other
   * server.
   */
  static ModelFactory openAiCompatible() {
    return new OpenAiModels();
  }
}
