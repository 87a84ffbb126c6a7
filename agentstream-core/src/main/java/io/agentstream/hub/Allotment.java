package io.agentstream.hub;

import io.agentstream.viewer.internal.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The quota and the usage of one party, or of several together. Each bound may be 0 for no limit.
 * Guarded by its {@link Accounts}.
 */
final class Allotment {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final int mostRunning;
  private final int mostCalls;
  private final int mostTokens;
  private final Refusal whenTooManyRun;
  private final SlidingSum calls = new SlidingSum(HOUR);
  private final SlidingSum tokens = new SlidingSum(DAY);
  private int running;

  /**
   * @param mostCalls in an hour
   * @param mostTokens in a day
   */
  Allotment(int mostRunning, int mostCalls, int mostTokens, Refusal whenTooManyRun) {
    this.mostRunning = mostRunning;
    this.mostCalls = mostCalls;
    this.mostTokens = mostTokens;
    this.whenTooManyRun = whenTooManyRun;
  }

  /** Returns why no further run may begin; null if one may. */
  @Nullable Refusal refusal(long now) {
    if (mostRunning > 0 && running >= mostRunning) {
      return whenTooManyRun;
    }
    return mayCall(now) ? null : Refusal.BUDGET;
  }

  boolean mayCall(long now) {
    return (mostCalls == 0 || calls.at(now) < mostCalls)
        && (mostTokens == 0 || tokens.at(now) < mostTokens);
  }

  void runBegins() {
    running++;
  }

  void runEnds() {
    running--;
  }

  void called(long now) {
    calls.add(1, now);
  }

  void used(long amount, long now) {
    tokens.add(amount, now);
  }

  int running() {
    return running;
  }

  /** Returns whether it would be the same if it were new. */
  boolean isForgettable(long now) {
    return running == 0 && calls.at(now) == 0 && tokens.at(now) == 0;
  }
}
