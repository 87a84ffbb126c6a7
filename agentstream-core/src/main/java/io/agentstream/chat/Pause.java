package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationUnpaused;
import io.agentstream.event.PauseReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Represents a pause of a run, which a person requests or a {@link Hold} causes. It takes effect
 * before the next turn; the run's clock stands still from then on. Used in the conversation's
 * serial order only.
 */
final class Pause {

  private final EventFanout events;
  private final Hold hold;
  private final Runnable onHoldOver;
  // Several if teams speak at once.
  private final List<Runnable> held = new ArrayList<>();
  // The clock that stands still; null until the pause takes effect.
  private @Nullable RunClock standing;
  private int drops;
  private boolean wanted;
  private @Nullable Author author;

  Pause(EventFanout events, SerialExecutor serial, Hold hold) {
    this.events = events;
    this.hold = hold;
    this.onHoldOver = () -> serial.execute(this::holdIsOver);
  }

  /** Returns true if a person has requested it. */
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
    return standing != null;
  }

  /** Returns true if no person can end it, because the conversation is held. */
  boolean isHeld() {
    return hold.reason() != null;
  }

  /**
   * Keeps the next step until the end of the pause.
   *
   * @return false if there is no pause, so the step can be taken
   */
  boolean keeps(Runnable next, RunClock clock) {
    PauseReason reason = wanted ? null : hold.reason();
    if (standing == null) {
      if (!wanted && reason == null) {
        return false;
      }
      standing = clock;
      events.publish(new ConversationPaused(author(), reason));
      clock.stand();
    }
    held.add(next);
    if (reason != null) {
      hold.whenOver(onHoldOver);
    }
    return true;
  }

  /** Ends the pause and takes the steps that were kept. */
  void end(@Nullable Author by) {
    wanted = false;
    RunClock clock = standing;
    if (clock != null) {
      standing = null;
      List<Runnable> next = List.copyOf(held);
      held.clear();
      hold.forget(onHoldOver);
      events.publish(new ConversationUnpaused(by));
      clock.go();
      take(next, clock);
    }
  }

  private void take(List<Runnable> next, RunClock clock) {
    int before = drops;
    for (Runnable step : next) {
      // An earlier step may have ended the run.
      if (drops != before) {
        return;
      }
      // A hold may begin meanwhile.
      if (!keeps(step, clock)) {
        step.run();
      }
    }
  }

  private void holdIsOver() {
    if (standing == null || wanted) {
      return;
    }
    if (hold.reason() == null) {
      end(null);
    } else {
      hold.whenOver(onHoldOver);
    }
  }

  /** Forgets the pause and the steps that were kept, because the run has ended. */
  void drop() {
    drops++;
    wanted = false;
    standing = null;
    held.clear();
    hold.forget(onHoldOver);
  }
}
