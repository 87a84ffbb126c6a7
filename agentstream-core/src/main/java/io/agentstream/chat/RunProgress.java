package io.agentstream.chat;

import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.chat.termination.TerminationContext;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.NewMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How far a run of a team has come. Used in the conversation's serial order only. */
final class RunProgress implements TerminationContext {

  private final ConversationScope scope;
  private final int firstMessage;
  private final long startedAt;
  private final ConversationUsage usageAtStart;
  private final List<TurnOutcome> turns = new ArrayList<>();
  private int roundsBegun;
  // As it was before the step under way, which a restored run takes again.
  private int roundsBegunBefore;
  private int roundsOver;
  private int failuresInARow;
  private boolean endsRound;

  private RunProgress(ConversationScope scope, int firstMessage, ConversationUsage usageAtStart) {
    this.scope = scope;
    this.firstMessage = firstMessage;
    this.startedAt = scope.chat.clock().nanoTime();
    this.usageAtStart = usageAtStart;
  }

  /** A run that begins now, with this message of the history as its task. */
  static RunProgress startingWith(ConversationScope scope, int firstMessage) {
    return new RunProgress(scope, firstMessage, scope.usage.total());
  }

  /** A run that goes on where another process left it. */
  static RunProgress restored(ConversationScope scope, ConversationState.Run run) {
    RunProgress progress = new RunProgress(scope, run.firstMessage(), run.usageAtStart());
    progress.turns.addAll(run.turns());
    progress.roundsBegun = run.roundsBegun();
    progress.roundsBegunBefore = run.roundsBegun();
    progress.roundsOver = run.roundsOver();
    progress.failuresInARow = run.failuresInARow();
    return progress;
  }

  ConversationState.Run toState() {
    return new ConversationState.Run(
        firstMessage, usageAtStart, turns, roundsBegunBefore, roundsOver, failuresInARow);
  }

  void turnsBegin(Speak speak) {
    if (speak.startsRound()) {
      roundsBegun++;
    }
    endsRound = speak.endsRound();
  }

  void turnsEnd(List<TurnOutcome> outcomes) {
    turns.addAll(outcomes);
    roundsBegunBefore = roundsBegun;
    if (endsRound) {
      roundsOver++;
    }
  }

  /** One more turn failed; how many have in a row. */
  int failed() {
    return ++failuresInARow;
  }

  void succeeded() {
    failuresInARow = 0;
  }

  /** The round that is under way, from 1; 0 before the first. */
  int round() {
    return roundsBegun;
  }

  @Override
  public List<NewMessage> messages() {
    return scope.history.messagesFrom(Math.min(firstMessage, scope.history.size()));
  }

  @Override
  public List<TurnOutcome> turns() {
    return List.copyOf(turns);
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
    return Duration.ofNanos(scope.chat.clock().nanoTime() - startedAt);
  }
}
