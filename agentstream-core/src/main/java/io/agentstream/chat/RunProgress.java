package io.agentstream.chat;

import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.chat.termination.TerminationContext;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The progress of a team's run. Used in the conversation's serial order only. */
final class RunProgress implements TerminationContext {

  private final ConversationScope scope;
  private final int firstMessage;
  private final ConversationUsage usageAtStart;
  private final Duration elapsedBefore;
  private final long startedAt;
  private final GrowingList<TurnOutcome> turns = new GrowingList<>();
  // Not part of the selector's view.
  private final GrowingList<TurnOutcome> calledTurns = new GrowingList<>();
  private boolean called;
  private int callDepth;
  private int lastStepTurns;
  private int roundsBegun;
  private int roundsOver;
  private int failuresInARow;
  private @Nullable Speak step;
  private int messagesBefore;
  private final List<TurnOutcome> stepOver = new ArrayList<>();
  private @Nullable String failure;
  private @Nullable StreamingComplete lastWords;
  // The turns that another process has left in this step, until they continue.
  private final List<BegunTurn> left = new ArrayList<>();

  private RunProgress(
      ConversationScope scope,
      int firstMessage,
      ConversationUsage usageAtStart,
      Duration elapsedBefore) {
    this.scope = scope;
    this.firstMessage = firstMessage;
    this.usageAtStart = usageAtStart;
    this.elapsedBefore = elapsedBefore;
    this.startedAt = scope.rules.clock().nanoTime();
  }

  /** Creates the progress of a new run, which this message of the history began. */
  static RunProgress startingWith(ConversationScope scope, int firstMessage) {
    return new RunProgress(scope, firstMessage, scope.usage.total(), Duration.ZERO);
  }

  /** Creates the progress of a run that another process has left. */
  static RunProgress restored(ConversationScope scope, ConversationState.Run run) {
    RunProgress progress =
        new RunProgress(
            scope, run.firstMessage(), run.usageAtStart(), Duration.ofMillis(run.elapsedMillis()));
    progress.turns.addAll(run.turns());
    if (run.calledTurns() != null) {
      progress.calledTurns.addAll(run.calledTurns());
    }
    progress.lastStepTurns = run.lastStepTurns();
    progress.roundsBegun = run.roundsBegun();
    progress.roundsOver = run.roundsOver();
    progress.failuresInARow = run.consecutiveFailures();
    ConversationState.Step step = run.step();
    if (step != null) {
      progress.step = step.decision();
      progress.called = Boolean.TRUE.equals(step.called());
      progress.callDepth = step.callDepth() == null ? 0 : step.callDepth();
      progress.messagesBefore = step.messagesBefore();
      progress.stepOver.addAll(step.over());
      progress.failure = step.failure();
      if (step.begun() != null) {
        progress.left.addAll(step.begun());
      }
    }
    progress.turns().forEach(progress::noteWords);
    progress.stepOver.forEach(progress::noteWords);
    return progress;
  }

  /**
   * @param begun the current turns that have called tools
   */
  ConversationState.Run toState(List<BegunTurn> begun) {
    return new ConversationState.Run(
        firstMessage,
        usageAtStart,
        turns.view(),
        lastStepTurns,
        roundsBegun,
        roundsOver,
        failuresInARow,
        elapsed().toMillis(),
        step == null
            ? null
            : new ConversationState.Step(
                step,
                messagesBefore,
                stepOver,
                failure,
                with(begun),
                called ? true : null,
                callDepth == 0 ? null : callDepth),
        calledTurns.isEmpty() ? null : calledTurns.view());
  }

  private @Nullable List<BegunTurn> with(List<BegunTurn> begun) {
    List<BegunTurn> all = new ArrayList<>(left);
    all.addAll(begun);
    return all.isEmpty() ? null : all;
  }

  /** Removes and returns how far another process had come with this agent's turn, or null. */
  @Nullable BegunTurn takeBegun(String agentName) {
    for (BegunTurn turn : left) {
      if (turn.agentName().equals(agentName)) {
        left.remove(turn);
        return turn;
      }
    }
    return null;
  }

  void stepBegins(Speak speak) {
    if (speak.startsRound()) {
      // A round ends without its last step if those that were to speak in it are muted or leave.
      roundsOver = roundsBegun;
      roundsBegun++;
    }
    called = false;
    callDepth = 0;
    step = speak;
    messagesBefore = scope.history.size();
    stepOver.clear();
    left.clear();
    failure = null;
  }

  /**
   * Begins a step that a call caused: the selector does not learn of it.
   *
   * @param depth how many calls of agents led to it
   */
  void callBegins(Speak speak, int depth) {
    stepBegins(speak);
    called = true;
    callDepth = depth;
  }

  /** Returns how many calls of agents led to the current step; 0 if a person or a selector did. */
  int callDepth() {
    return callDepth;
  }

  /** Returns true if a call caused the current step. */
  boolean isCalled() {
    return called;
  }

  /** Returns the number of turns in finished steps that the selector chose. */
  int selectedTurns() {
    return turns.size();
  }

  /** Returns whether anybody has had a turn, or has one now. */
  boolean hasBegun() {
    return step() != null || selectedTurns() > 0;
  }

  /** The current step; null between two steps. */
  @Nullable Speak step() {
    return step;
  }

  /** The unfinished turns of the current step. */
  List<Selection.Turn> missing() {
    return step == null
        ? List.of()
        : step.turns().stream()
            .filter(
                turn ->
                    stepOver.stream()
                        .noneMatch(over -> over.complete().agentName().equals(turn.agentName())))
            .toList();
  }

  /** The number of messages when the current step began. */
  int messagesBefore() {
    return messagesBefore;
  }

  void turnOver(TurnOutcome outcome) {
    stepOver.add(outcome);
    noteWords(outcome);
  }

  private void noteWords(TurnOutcome outcome) {
    if (outcome.complete().length() > 0) {
      lastWords = outcome.complete();
    }
  }

  /** Returns the end of the newest turn of this run that has text; null if there is none. */
  @Nullable StreamingComplete lastWords() {
    return lastWords;
  }

  /** Ends the run after this step. */
  void endsFor(String failure) {
    this.failure = failure;
  }

  /** Returns the reason why the run ends after this step; null if it continues. */
  @Nullable String failure() {
    return failure;
  }

  void stepEnds() {
    if (called) {
      calledTurns.addAll(stepOver);
      dropStep();
      return;
    }
    turns.addAll(stepOver);
    lastStepTurns = stepOver.size();
    if (step != null && step.endsRound()) {
      roundsOver++;
    }
    dropStep();
  }

  /** Returns true if no turn of the current step has ended. */
  boolean isStepEmpty() {
    return stepOver.isEmpty();
  }

  /** Takes the current step back, as if it had not begun. */
  void undoStep() {
    if (step != null && step.startsRound()) {
      roundsBegun--;
      roundsOver = Math.min(roundsOver, roundsBegun);
    }
    dropStep();
  }

  /** Discards the current step. */
  void dropStep() {
    step = null;
    stepOver.clear();
    left.clear();
  }

  /** Returns the outcomes of the last step's turns; empty before the first step. */
  List<TurnOutcome> lastStep() {
    return List.copyOf(turns.view().subList(turns.size() - lastStepTurns, turns.size()));
  }

  /** Returns true if this run had turns and all of them failed. */
  boolean allFailed() {
    return !turns.isEmpty()
        && turns.view().stream()
            .allMatch(turn -> turn.complete().finishReason() == TurnFinishReason.ERROR);
  }

  /** Counts one more failed turn, and returns the number of failed turns in a row. */
  int failed() {
    return ++failuresInARow;
  }

  void succeeded() {
    failuresInARow = 0;
  }

  /** Returns the current round, from 1; 0 before the first. */
  int round() {
    return roundsBegun;
  }

  @Override
  public List<NewMessage> messages() {
    return scope.history.messagesFrom(Math.min(firstMessage, scope.history.size()));
  }

  @Override
  public List<TurnOutcome> turns() {
    if (calledTurns.isEmpty()) {
      return turns.view();
    }
    List<TurnOutcome> all = new ArrayList<>(turns.view());
    all.addAll(calledTurns.view());
    return List.copyOf(all);
  }

  @Override
  public int rounds() {
    return roundsOver;
  }

  @Override
  public ConversationUsage usage() {
    return scope.usage.since(usageAtStart);
  }

  @Override
  public Duration elapsed() {
    return elapsedBefore.plusNanos(scope.rules.clock().nanoTime() - startedAt);
  }
}
