package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.PastMessage;
import io.agentstream.event.TurnFinishReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one conversation: begins and ends its runs, and carries out commands. {@link Conversation}
 * calls every method in the conversation's serial order.
 */
final class ConversationEngine implements TeamRun.Owner, MessageDesk.Owner {

  private static final Logger log = LoggerFactory.getLogger(ConversationEngine.class);

  private final String id;
  private final long epoch;
  private final String topic;
  private final ConversationScope scope;
  private final Inbox inbox;
  private final MessageDesk messages;
  private final RosterDesk roster;
  private final Pause pause;
  private final RunResult result;
  private final Drain drain = new Drain();
  private @Nullable TeamRun run;
  private @Nullable RunClock runClock;
  private int runNumber;
  private boolean ended = true;
  private ConversationState.@Nullable Ending ending;

  ConversationEngine(String id, long epoch, String topic, ConversationScope scope) {
    this.id = id;
    this.epoch = epoch;
    this.topic = topic;
    this.scope = scope;
    this.inbox = new Inbox(scope, epoch);
    this.messages = new MessageDesk(scope, inbox, this);
    this.roster = new RosterDesk(scope, this::rosterChanged);
    this.pause = new Pause(scope.events, scope.serial, scope.hold);
    this.result = new RunResult(scope);
    scope.onToolBoundary(() -> inbox.flushAtTool(round()));
    scope.bounds.onExceeded(detail -> scope.serial.execute(() -> exceed(detail)));
  }

  /** From any thread. */
  CompletableFuture<ChatResult> result() {
    return result.future();
  }

  void start(List<PastMessage> past, PersonMessage first) {
    scope.publishCreated(epoch, topic);
    inbox.seen().addTopic(first.dedupeId());
    startRun(past, first.by(scope.people.known(first.author())));
  }

  void restore(ConversationState state) {
    scope.publishCreated(epoch, topic);
    runNumber = state.runNumber();
    RestoredScope.counts(scope, state);
    inbox.restore(state.inbox());
    scope.events.publish(new ConversationStarted(runNumber));
    RunProgress progress = RestoredScope.history(scope, inbox, state);
    ConversationState.Ending ending = state.ending();
    if (ending != null) {
      run = newRun(progress);
      finish(ending);
      return;
    }
    ended = false;
    if (state.paused()) {
      pause.want(state.pausedBy());
    }
    go(progress, Duration.ofMillis(state.activeMillis()));
  }

  private void startRun(List<PastMessage> past, @Nullable PersonMessage message) {
    ended = false;
    ending = null;
    inbox.runBegins();
    scope.unfinished.clear();
    if (runNumber > 0) {
      result.renew();
    }
    scope.events.publish(new ConversationStarted(++runNumber));
    past.forEach(scope::remember);
    if (message != null) {
      scope.calls.clear();
      scope.say(message.text(), message.author(), 0);
    }
    go(RunProgress.startingWith(scope, scope.history.size() - 1), Duration.ZERO);
  }

  private void go(RunProgress progress, Duration used) {
    scope.overhead.open();
    RunClock clock =
        new RunClock(
            scope.clock,
            scope.rules.timeouts().conversation(),
            used,
            () -> end(EndReason.TIMEOUT, "The time for the conversation was up."));
    runClock = clock;
    clock.go();
    TeamRun started = newRun(progress);
    run = started;
    started.start();
  }

  private TeamRun newRun(RunProgress progress) {
    return new TeamRun(scope, scope.rules, TeamPlace.OUTERMOST, progress, this);
  }

  @Override
  public void whenOpen(Runnable next) {
    if (drain.isWanted()) {
      checkDrained();
      return;
    }
    flushMessages();
    if (runClock == null || !pause.keeps(next, runClock)) {
      next.run();
    }
  }

  @Override
  public void flushMessages() {
    inbox.flush(round());
  }

  private int round() {
    return run == null ? 0 : run.progress().round();
  }

  @Override
  public void runEnded(EndReason reason, @Nullable String detail) {
    finish(new ConversationState.Ending(reason, detail));
    // A message that a person sent during the last turn still needs an answer.
    if (inbox.isUnanswered()
        && reason == EndReason.MAX_ROUNDS
        && scope.bounds.beginRun() == SteeringOutcome.ACCEPTED) {
      startRun(List.of(), null);
    }
  }

  void end(EndReason reason, @Nullable String detail) {
    end(new ConversationState.Ending(reason, detail));
  }

  private void end(ConversationState.Ending how) {
    if (!ended && run != null) {
      run.cancel(TurnFinishReason.STOPPED);
      finish(how);
    }
  }

  private void finish(ConversationState.Ending how) {
    EndReason reason = how.reason();
    String detail = how.detail();
    ended = true;
    ending = how;
    pause.drop();
    if (runClock != null) {
      runClock.stand();
    }
    scope.overhead.close();
    scope.inputs.withdrawAll();
    flushMessages();
    ConversationUsage usage = scope.usage.total();
    scope.events.publish(new ConversationEnded(reason, detail, usage, how.author()));
    result.complete(
        new ChatResult(
            id, reason, detail, scope.history.messages(), usage, scope.events.takeErrors()));
    checkDrained();
  }

  void drain(CompletableFuture<Void> done) {
    drain.want(done);
    checkDrained();
  }

  private void checkDrained() {
    if (ended || !scope.isSpeaking()) {
      drain.reached();
    }
  }

  void exceed(String detail) {
    end(EndReason.BUDGET, detail);
  }

  void abandon() {
    end(EndReason.ABANDONED, "Nobody viewed it any more.");
  }

  /** Answers a question; code that a user chained to the answer runs here. */
  <T> void complete(CompletableFuture<T> answer, T value) {
    long began = scope.userCode.now();
    answer.complete(value);
    scope.userCode.took("Code chained to a future of a Conversation", began);
  }

  void stop(@Nullable Author author) {
    end(new ConversationState.Ending(EndReason.STOPPED, null, scope.people.known(author)));
  }

  SteeringOutcome stopSpeaker(@Nullable String id, @Nullable Author author) {
    return scope.stopSpeakers(id, scope.people.known(author));
  }

  /** Returns what accepts people's messages and answers. */
  MessageDesk messages() {
    return messages;
  }

  /** Returns what changes who takes part. */
  RosterDesk roster() {
    return roster;
  }

  private void rosterChanged() {
    if (!ended && run != null && !pause.hasTakenEffect()) {
      run.rosterChanged();
    }
  }

  @Override
  public boolean isRunning() {
    return !ended;
  }

  @Override
  public boolean isPaused() {
    return pause.hasTakenEffect();
  }

  @Override
  public boolean waitsForSpeakers() {
    return run != null && run.waits();
  }

  @Override
  public SteeringOutcome beginRun(PersonMessage message) {
    if (drain.isWanted()) {
      return SteeringOutcome.CONFLICT;
    }
    SteeringOutcome outcome = scope.bounds.beginRun();
    if (outcome == SteeringOutcome.ACCEPTED) {
      startRun(List.of(), message);
    }
    return outcome;
  }

  @Override
  public void reconsider() {
    if (run != null && scope.inputs.pending() == null) {
      // A selector's call to a model refers to the previous state of the chat.
      scope.overhead.hangUp();
      run.reconsider();
    }
  }

  /** Lets a participant speak next, before the selector is asked again. */
  SteeringOutcome callOn(String agentName, @Nullable Author author) {
    if (ended || run == null) {
      return SteeringOutcome.CONFLICT;
    }
    SteeringOutcome outcome = scope.calls.request(agentName, scope.people.known(author));
    if (outcome == SteeringOutcome.ACCEPTED && !scope.isSpeaking() && !pause.hasTakenEffect()) {
      run.interruptSelection();
    }
    return outcome;
  }

  SteeringOutcome pause(@Nullable Author author) {
    if (ended || pause.isWanted() || pause.hasTakenEffect()) {
      return SteeringOutcome.CONFLICT;
    }
    pause.want(scope.people.known(author));
    return SteeringOutcome.ACCEPTED;
  }

  SteeringOutcome unpause(@Nullable Author author) {
    if (!ended && pause.isHeld()) {
      return SteeringOutcome.UNAVAILABLE;
    }
    if (ended || !(pause.isWanted() || pause.hasTakenEffect())) {
      return SteeringOutcome.CONFLICT;
    }
    pause.end(scope.people.known(author));
    return SteeringOutcome.ACCEPTED;
  }

  ConversationState state() {
    if (run == null) {
      throw new IllegalStateException("not started");
    }
    return new ConversationState(
        ConversationState.VERSION,
        id,
        epoch,
        topic,
        runNumber,
        run.toState(),
        runClock == null ? 0 : runClock.used().toMillis(),
        ending,
        pause.isWanted(),
        scope.messageCount(),
        scope.inputs.count(),
        scope.history.utterances(),
        TeamStates.of(scope, run),
        scope.usage.total(),
        scope.inputs.pending(),
        inbox.toState(),
        pause.author(),
        scope.calls.toState(),
        scope.roster.toState());
  }

  /** A defect must not leave viewers waiting for ever. */
  void onDefect(Throwable defect) {
    log.atError()
        .addKeyValue("conversation_id", id)
        .setCause(defect)
        .log("Conversation {} failed because of a defect", id);
    if (!ended) {
      scope.events.report(
          new ChatError(
              ErrorCode.INTERNAL, "The conversation failed by a defect.", null, null, false, true));
      end(EndReason.FAILED, null);
    }
  }
}
