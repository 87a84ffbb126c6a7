package io.agentstream.chat.termination;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ends the runs under way when it is set; made by {@link TerminationCondition#external}. Safe from
 * any thread.
 *
 * <p>A run compares how often it was set with how often it had been when the run began. So it needs
 * no reset, unlike AutoGen's: a run that begins later, a continuation for one, is not ended by what
 * was set before.
 */
public final class ExternalTermination implements TerminationCondition {

  private final AtomicLong times = new AtomicLong();

  ExternalTermination() {}

  /**
   * Ends every run under way of the chats that have this condition, each after the turn under way.
   * To end one conversation at once, see {@link io.agentstream.chat.Conversation#stop}.
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
