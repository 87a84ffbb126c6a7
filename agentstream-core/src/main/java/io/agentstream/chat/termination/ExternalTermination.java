package io.agentstream.chat.termination;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends the current runs when it is set. Created by {@link TerminationCondition#external}.
 * Thread-safe.
 *
 * <p>A run compares the number of times that the condition was set with the number at the run's
 * start. So it needs no reset, unlike AutoGen's: an earlier call does not end a run that begins
 * later, such as a continuation.
 */
public final class ExternalTermination implements TerminationCondition {

  private final AtomicLong times = new AtomicLong();

  ExternalTermination() {}

  /**
   * Ends every current run of the chats that have this condition, each after its current turn. To
   * end one conversation at once, see {@link io.agentstream.chat.Conversation#stop}.
   */
  public void set() {
    times.incrementAndGet();
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    return holdsAfter(0);
  }

  @Override
  public TerminationCondition forRun() {
    long before = times.get();
    return run -> holdsAfter(before);
  }

  private Optional<Termination> holdsAfter(long before) {
    return times.get() > before
        ? Optional.of(Termination.terminated("The program ended it."))
        : Optional.empty();
  }
}
