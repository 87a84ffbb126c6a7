package io.agentstream.examples.config;

/**
 * The formats for other front ends that the server speaks.
 *
 * @param openAi true if teams and agents are models of OpenAI's API
 * @param speakerNames true if each message there begins with its speaker's name
 * @param agUi true if the server speaks AG-UI
 */
public record FormatsSpec(boolean openAi, boolean speakerNames, boolean agUi) {

  /** Returns the defaults: all of them. */
  public static FormatsSpec defaults() {
    return new FormatsSpec(true, true, true);
  }
}
