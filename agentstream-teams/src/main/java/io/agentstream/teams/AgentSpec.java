package io.agentstream.teams;

import io.agentstream.teams.internal.Field;
import io.agentstream.teams.internal.Shorthand;
import io.agentstream.teams.internal.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent. A component that is null has core's default.
 *
 * @param name its name for viewers and other agents
 * @param description one sentence for viewers
 * @param systemPrompt its instructions for the model
 * @param model the name of its model; null for the default one
 * @param fallback the name of the model that is called when the first one fails for good
 * @param tools the names of its tools
 * @param maxToolRounds how many times in one turn the model may request tools
 * @param temperature the sampling temperature, from 0 to 2
 * @param maxTokens the maximum number of tokens in one answer
 * @param retries how often a failed call is repeated
 * @param timeouts the timeouts for its turns
 * @param context the part of the conversation that the model sees
 * @param thinking whether viewers see the model's thinking
 * @param thoughtsInText true if thoughts in the model's text are separated from it
 * @param introduced true if the prompt ends with its name and the form of others' messages
 * @param colour the colour of its messages on the page
 * @param missingFinishReason the meaning of an end of the stream without a known reason
 */
public record AgentSpec(
    @Field(value = "The name for viewers and other agents.", text = Texts.NAME, longest = 64)
        String name,
    @Field(value = "One sentence for viewers.", longest = 2_000) @Nullable String description,
    @Field(value = "The instructions for the model, which viewers never see.", longest = 200_000)
        @Nullable String systemPrompt,
    @Field(value = "The name of a model; default: the default one.", text = Texts.ID)
        @Nullable String model,
    @Field(value = "The model that is called when the first one fails for good.", text = Texts.ID)
        @Nullable String fallback,
    @Field(value = "The names of tools.", text = Texts.ID, single = true) List<String> tools,
    @Field(value = "How often in one turn the model may request tools.", least = 1, most = 1_000)
        @Nullable Integer maxToolRounds,
    @Field(value = "The sampling temperature.", most = 2) @Nullable Double temperature,
    @Field(value = "The maximum number of tokens in one answer.", least = 1)
        @Nullable Integer maxTokens,
    @Field("How often a failed call is repeated.") @Nullable Retries retries,
    @Field("The timeouts for its turns, in place of the team's.") @Nullable TimeoutSpec timeouts,
    @Field("The part of the conversation that the model sees; default everything.")
        @Nullable ContextSpec context,
    @Field("Whether viewers see the model's thinking; default shown.") @Nullable Thinking thinking,
    @Field("Whether thoughts such as <think>…</think> are taken out of the text; default true.")
        @Nullable Boolean thoughtsInText,
    @Field("Whether the prompt ends with the agent's name and the form of others' messages.")
        @Nullable Boolean introduced,
    @Field(value = "The colour of its messages on the page; default any.", most = 7)
        @Nullable Integer colour,
    @Field("The meaning of an end of the stream without a known reason; default truncated.")
        @Nullable MissingFinishReason missingFinishReason) {

  /** Whether viewers see thinking. */
  public enum Thinking {
    SHOWN,
    HIDDEN
  }

  /** The meaning of a clean end of the stream without a known finish reason. */
  public enum MissingFinishReason {
    TRUNCATED,
    STOP
  }

  /**
   * Retries of a failed call.
   *
   * @param count the number of retries
   * @param firstSeconds the delay before the first; it doubles with each further one
   * @param longestSeconds the longest delay
   * @param jitter the random part of a delay
   */
  @Shorthand
  public record Retries(
      @Field(value = "The number of retries.", most = 100) @Nullable Integer count,
      @Field(value = "The delay before the first retry; it doubles.", most = 3_600)
          @Nullable Double firstSeconds,
      @Field(value = "The longest delay.", most = 3_600) @Nullable Double longestSeconds,
      @Field(value = "The random part of a delay.", most = 1) @Nullable Double jitter) {}
}
