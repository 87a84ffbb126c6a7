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

  /** Returns true if the server requests a longer delay than the policy allows. */
  boolean isAskedTooMuch(ModelFailure failure) {
    Duration asked = failure.retryAfter();
    return asked != null && asked.compareTo(policy.longest()) > 0;
  }

  /** Returns the delay before the next call; null if nothing is left to try. */
  @Nullable Duration after(ModelFailure failure) {
    boolean mayHelp = failure.retryable() && !isAskedTooMuch(failure);
    if (mayHelp && retries < policy.retries()) {
      retries++;
      Duration asked = failure.retryAfter();
      return asked == null
          ? policy.delay(retries, ThreadLocalRandom.current().nextDouble())
          : asked;
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
