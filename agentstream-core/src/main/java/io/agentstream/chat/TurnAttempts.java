package io.agentstream.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Decides which model is called next, and when, after a failed call. Used by one turn. */
final class TurnAttempts {

  private final RetryPolicy policy;
  private final @Nullable StreamingChatModel fallback;
  private StreamingChatModel model;
  private boolean fellBack;
  private int retries;

  TurnAttempts(Agent agent) {
    this.policy = agent.modelUse().retryPolicy();
    this.fallback = agent.modelUse().fallback();
    this.model = Objects.requireNonNull(agent.model(), "model");
  }

  StreamingChatModel model() {
    return model;
  }

  /** Returns the delay before the next call; null if nothing is left to try. */
  @Nullable Duration after(ModelFailure failure) {
    if (failure.retryable() && retries < policy.retries()) {
      retries++;
      Duration asked = failure.retryAfter();
      if (asked != null) {
        return asked.compareTo(policy.longest()) < 0 ? asked : policy.longest();
      }
      return policy.delay(retries, ThreadLocalRandom.current().nextDouble());
    }
    if (fallback != null && !fellBack) {
      fellBack = true;
      retries = 0;
      model = fallback;
      return Duration.ZERO;
    }
    return null;
  }
}
