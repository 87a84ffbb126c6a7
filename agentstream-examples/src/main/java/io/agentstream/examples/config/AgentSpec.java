package io.agentstream.examples.config;

import org.jspecify.annotations.Nullable;

/**
 * An agent of the catalogue, before it has a model.
 *
 * @param name its name for viewers and other agents
 * @param description one sentence for viewers
 * @param systemPrompt its instructions for the model
 * @param model its model and the model's settings
 * @param temperature the sampling temperature; null leaves it to the model
 * @param maxTokens the maximum number of tokens in one answer; null leaves it to the model
 */
public record AgentSpec(
    String name,
    String description,
    String systemPrompt,
    ModelSpec model,
    @Nullable Double temperature,
    @Nullable Integer maxTokens) {

  /** Creates an agent that uses the server's defaults for everything else. */
  public static AgentSpec of(String name, String description, String systemPrompt) {
    return new AgentSpec(name, description, systemPrompt, ModelSpec.DEFAULT, null, null);
  }
}
