package io.agentstream.chat;

import io.agentstream.chat.FailurePolicy.TurnFailure;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.Selection.Ask;
import io.agentstream.chat.speaker.Selection.End;
import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.chat.termination.Termination;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.event.ChatError;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.TurnFinishReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of one team. Each step is a selection and its turns; the run continues until a condition
 * ends it. A participant that is a team has its own {@code TeamRun} inside. Everything happens in
 * the conversation's serial order.
 */
final class TeamRun implements TeamStep.Owner {

  /** Receives the run's results. */
  interface Owner {
    /** Runs {@code next} as soon as the conversation may continue. */
    void whenOpen(Runnable next);

    /** Called once, unless the run is cancelled. */
    void runEnded(EndReason reason, @Nullable String detail);
  }

  private final ConversationScope scope;
  private final TeamRules team;
  private final TeamPlace place;
  private final Owner owner;
  private final Roster roster;
  private final RunProgress progress;
  private final TerminationCondition condition;

  private final Choice choice;
  private final TeamStep step;
  private final SelectorQuestion question;
  private final SelectorMemory memory;
  private final Deadlines deadlines = new Deadlines();
  private boolean waits;
  private boolean over;

  TeamRun(
      ConversationScope scope, TeamRules team, TeamPlace place, RunProgress progress, Owner owner) {
    this.scope = scope;
    this.team = team;
    this.place = place;
    this.progress = progress;
    this.owner = owner;
    this.condition = new GuardedCondition(team.terminationCondition(), scope, place.isOutermost());
    this.roster = place.isOutermost() ? scope.roster : new Roster(team.participants());
    this.choice = new Choice(scope, team.selector());
    this.question = new SelectorQuestion(scope.inputs);
    this.step = new TeamStep(scope, place, roster, progress, this);
    this.memory = new SelectorMemory(scope, place.path(), progress.step());
  }

  void start() {
    deadlines.set(scope.clock, condition.deadlines(), progress.elapsed(), this::isTerminated);
    if (progress.step() == null) {
      nextStep();
    } else {
      owner.whenOpen(() -> scope.serial.execute(this::goOn));
    }
  }

  /** The step that another process left unfinished. */
  private void goOn() {
    if (over) {
      return;
    }
    // The turn of a participant that has been muted or has left meanwhile is not repeated.
    List<Selection.Turn> missing =
        progress.missing().stream().filter(turn -> !roster.isSilent(turn.agentName())).toList();
    if (missing.isEmpty() && progress.isStepEmpty()) {
      progress.undoStep();
      nextStep();
    } else if (missing.isEmpty()) {
      stepEnded();
    } else {
      // The history at the start of the step, without later messages of the step's other turns.
      step.begin(missing, scope.history.without(progress.messagesBefore(), scope.restoredMessages));
    }
  }

  /** Ends silently: no turn continues, no question stays open, and the owner is not notified. */
  void cancel(TurnFinishReason reason) {
    if (!over) {
      close(reason);
    }
  }

  RunProgress progress() {
    return progress;
  }

  ConversationState.Run toState() {
    return progress.toState(step.begun());
  }

  /** Adds the progress of the inner teams that are running to {@code states}, by path. */
  void nestedTo(Map<List<String>, ConversationState.Run> states) {
    step.nestedTo(states);
  }

  /** Adds the progress of this team and its inner teams to {@code states}, unless it has ended. */
  void stateTo(Map<List<String>, ConversationState.Run> states) {
    if (!over) {
      states.put(place.path(), toState());
      nestedTo(states);
    }
  }

  /** Cancels a selection in progress, because there is news that it should take into account. */
  void reconsider() {
    if (!over && progress.step() == null) {
      choice.drop();
      nextStep();
    }
    step.reconsider();
  }

  private void nextStep() {
    owner.whenOpen(
        () -> {
          if (!isTerminated()) {
            proceed();
          }
        });
  }

  /** Begins the turn of somebody who was called on, or else asks the selector. */
  private void proceed() {
    Calls.Next call = place.isOutermost() ? scope.calls.next(memory.state()) : null;
    if (call != null) {
      progress.callBegins(call.speak(), call.depth());
      step.begin(call.speak().turns(), scope.history.utterances());
      return;
    }
    waits = roster.activeNames().isEmpty();
    if (!waits) {
      choice.ask(memory.view(roster, progress, team.maxRounds()), this::onSelected);
    }
  }

  /** Returns true if nobody may speak until the roster changes. */
  boolean waits() {
    return waits && !over;
  }

  /** Takes note that other participants may speak than before. */
  void rosterChanged() {
    if (!over && progress.step() != null) {
      step.rosterChanged();
    } else if (!question.isForText()) {
      interruptSelection();
    }
  }

  /** Drops a selection or question in progress; who was called on does not wait for it. */
  void interruptSelection() {
    if (!over && progress.step() == null) {
      scope.overhead.hangUp();
      choice.drop();
      question.withdraw();
      nextStep();
    }
  }

  /** Ends the run if its condition holds; returns true if it has ended. */
  private boolean isTerminated() {
    if (over) {
      return true;
    }
    Optional<Termination> termination = condition.check(progress);
    termination.ifPresent(found -> end(found.reason(), found.detail()));
    return termination.isPresent();
  }

  private void onSelected(@Nullable Selection chosen, @Nullable Throwable error) {
    if (over) {
      return;
    }
    if (chosen == null || error != null) {
      Choice.Failure failure = choice.failure(error);
      fail(failure.code(), failure.message());
      return;
    }
    if (chosen instanceof Speak speak) {
      long asked = choice.newest();
      long version = roster.version();
      // A pause or a message may have arrived while the selector was deciding.
      owner.whenOpen(
          () -> {
            if (over || asked != choice.newest()) {
              return;
            }
            boolean called = place.isOutermost() && !scope.calls.isEmpty();
            if (called || version != roster.version()) {
              choice.drop();
              proceed();
              return;
            }
            memory.take(speak);
            speak(speak);
          });
    } else if (chosen instanceof Ask ask) {
      memory.take(ask);
      question.ask(ask, answer -> answered(ask, answer));
    } else if (chosen instanceof End end) {
      memory.take(end);
      end(end.reason(), end.detail());
    }
  }

  private void fail(ErrorCode code, String message) {
    scope.events.report(new ChatError(code, message, null, null, false, place.isOutermost()));
    end(EndReason.FAILED, message);
  }

  private void speak(Speak chosen) {
    Speak speak = roster.withoutSilent(chosen);
    if (!choice.isPossible(speak, roster)) {
      fail(ErrorCode.INTERNAL, Choice.NOBODY);
      return;
    }
    if (speak.startsRound() && progress.round() >= team.maxRounds()) {
      end(EndReason.MAX_ROUNDS, null);
      return;
    }
    progress.stepBegins(speak);
    step.begin(speak.turns(), scope.history.utterances());
  }

  @Override
  public boolean isFatal(String agentName, ErrorCode code, @Nullable ErrorCause cause) {
    int inARow = progress.failed();
    TurnFailure failure = new TurnFailure(agentName, code, cause, inARow);
    if (new GuardedPolicy(team.failurePolicy(), scope).ends(failure)) {
      progress.endsFor("The turn of " + agentName + " failed.");
      return place.isOutermost();
    }
    return false;
  }

  @Override
  public void turnEnded(TurnOutcome outcome) {
    if (outcome.complete().finishReason() != TurnFinishReason.ERROR) {
      progress.succeeded();
    }
    progress.turnOver(outcome);
  }

  @Override
  public void nobodyAnswered() {
    if (!over) {
      end(EndReason.TIMEOUT, "Nobody answered in time.");
    }
  }

  @Override
  public void whenOpen(Runnable next) {
    owner.whenOpen(next);
  }

  @Override
  public void stepEnded() {
    if (over) {
      return;
    }
    step.clear();
    boolean called = progress.isCalled();
    String failure = progress.failure();
    progress.stepEnds();
    if (!called) {
      memory.stepEnded(progress.lastStep());
    }
    if (failure != null) {
      end(EndReason.FAILED, failure);
    } else {
      nextStep();
    }
  }

  private void answered(Ask ask, InputDesk.@Nullable Answer answer) {
    if (over) {
      return;
    }
    if (answer == null && team.inputTimeoutPolicy() == InputTimeoutPolicy.END) {
      nobodyAnswered();
      return;
    }
    if (answer != null && ask.kind() == InputKind.TEXT) {
      scope.say(answer.content(), answer.author(), progress.round());
    }
    memory.answered(answer == null ? "" : answer.content());
    // New messages, a pause, and a condition that the answer fulfils take precedence.
    nextStep();
  }

  private void end(EndReason reason, @Nullable String detail) {
    // Cuts current speakers, so that a condition can end a turn that hangs.
    close(TurnFinishReason.STOPPED);
    if (reason == EndReason.MAX_ROUNDS && progress.allFailed()) {
      owner.runEnded(EndReason.FAILED, "Every turn failed.");
    } else {
      owner.runEnded(reason, detail);
    }
  }

  private void close(TurnFinishReason reason) {
    over = true;
    deadlines.cancel();
    question.withdraw();
    step.stop(reason);
    progress.dropStep();
    memory.runEnded();
  }
}
