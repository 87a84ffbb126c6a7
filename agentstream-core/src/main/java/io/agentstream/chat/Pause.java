package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationUnpaused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Represents a pause of a run. A requested pause takes effect before the next turn; the run's clock
 * stands still from then on. Used in the conversation's serial order only.
 */
final class Pause {

  private final EventFanout events;
  // Several if teams speak at once. If not empty, the pause has taken effect.
  private final List<Runnable> held = new ArrayList<>();
  private boolean wanted;
  private @Nullable Author author;

  Pause(EventFanout events) {
    this.events = events;
  }

  boolean isWanted() {
    return wanted;
  }

  /** Requests a pause. */
  void want(@Nullable Author by) {
    wanted = true;
    author = by;
  }

  /** Returns who has requested it; null if nobody has, or nobody is known. */
  @Nullable Author author() {
    return wanted ? author : null;
  }

  boolean hasTakenEffect() {
    return !held.isEmpty();
  }

  /** Holds the next step until the pause ends. */
  void hold(Runnable next, RunClock clock) {
    if (held.isEmpty()) {
      events.publish(new ConversationPaused(author));
      clock.stand();
    }
    held.add(next);
  }

  /** Ends the pause and runs the steps that were held. */
  void end(RunClock clock, @Nullable Author by) {
    wanted = false;
    List<Runnable> next = List.copyOf(held);
    held.clear();
    if (!next.isEmpty()) {
      events.publish(new ConversationUnpaused(by));
      clock.go();
      next.forEach(Runnable::run);
    }
  }

  /** Forgets the pause and the steps that were held, because the run has ended. */
  void drop() {
    wanted = false;
    held.clear();
  }
}
