package io.agentstream.teams;

import io.agentstream.settings.Timeouts;
import io.agentstream.teams.internal.Field;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Timeouts in seconds, each null for the default.
 *
 * @param conversationSeconds for a run; of a team alone
 * @param agentResponseSeconds for a turn
 * @param firstTokenSeconds until the first token
 * @param tokenIdleSeconds between two tokens
 * @param toolCallSeconds for a tool
 */
public record TimeoutSpec(
    @Field(value = "For a whole run; of a team alone.", least = 1, most = 2_073_600)
        @Nullable Integer conversationSeconds,
    @Field(value = "For one turn.", least = 1, most = 2_073_600)
        @Nullable Integer agentResponseSeconds,
    @Field(value = "Until the first token.", least = 1, most = 2_073_600)
        @Nullable Integer firstTokenSeconds,
    @Field(value = "Between two tokens.", least = 1, most = 2_073_600)
        @Nullable Integer tokenIdleSeconds,
    @Field(value = "For a call of a tool.", least = 1, most = 2_073_600)
        @Nullable Integer toolCallSeconds) {

  /** Sets the timeouts that are not null. */
  void applyTo(Timeouts.Builder timeouts) {
    set(timeouts, Timeouts.Builder::conversation, conversationSeconds);
    set(timeouts, Timeouts.Builder::agentResponse, agentResponseSeconds);
    set(timeouts, Timeouts.Builder::firstToken, firstTokenSeconds);
    set(timeouts, Timeouts.Builder::tokenIdle, tokenIdleSeconds);
    set(timeouts, Timeouts.Builder::toolCall, toolCallSeconds);
  }

  private static void set(
      Timeouts.Builder timeouts,
      BiConsumer<Timeouts.Builder, Duration> setter,
      @Nullable Integer seconds) {
    if (seconds != null) {
      setter.accept(timeouts, Duration.ofSeconds(seconds));
    }
  }
}
