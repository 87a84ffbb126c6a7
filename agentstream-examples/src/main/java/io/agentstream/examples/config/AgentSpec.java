package io.agentstream.examples.config;

import org.jspecify.annotations.Nullable;

/**
 * An agent of the catalogue, before it has a model.
 *
 * @param name what viewers and the others call it
 * @param description one sentence for viewers
 * @param systemPrompt what the model is told about its part
 * @param model which model speaks for it, and how it is asked
 * @param temperature the sampling temperature; null leaves it to the model
 * @param maxTokens the most tokens of one answer; null leaves it to the model
 */
public record AgentSpec(
    String name,
    String description,
    String systemPrompt,
    ModelSpec model,
    @Nullable Double temperature,
    @Nullable Integer maxTokens) {

  /** An agent that leaves everything else to the server's defaults. */
  public static AgentSpec of(String name, String description, String systemPrompt) {
    return new AgentSpec(name, description, systemPrompt, ModelSpec.DEFAULT, null, null);
  }
}
