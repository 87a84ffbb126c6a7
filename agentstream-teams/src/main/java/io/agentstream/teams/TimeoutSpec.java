package io.agentstream.teams;

import io.agentstream.settings.Timeouts;
import io.agentstream.teams.internal.Field;
import java.time.Duration;
import java.util.function.Consumer;
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
    set(conversationSeconds, timeouts::conversation);
    set(agentResponseSeconds, timeouts::agentResponse);
    set(firstTokenSeconds, timeouts::firstToken);
    set(tokenIdleSeconds, timeouts::tokenIdle);
    set(toolCallSeconds, timeouts::toolCall);
  }

  private static void set(@Nullable Integer seconds, Consumer<Duration> setter) {
    Given.set(seconds, given -> setter.accept(Duration.ofSeconds(given)));
  }
}
