package io.agentstream.chat;

import io.agentstream.chat.ConversationScope.TeamMemory;
import io.agentstream.chat.FailurePolicy.Action;
import io.agentstream.chat.FailurePolicy.TurnFailure;
import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.ModelAskException;
import io.agentstream.chat.speaker.Participant;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.Selection.Ask;
import io.agentstream.chat.speaker.Selection.End;
import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.chat.termination.Termination;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.event.ChatError;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.internal.UserCode;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of one team. Each step is a selection and its turns; the run continues until a condition
 * ends it. A participant that is a team has its own {@code TeamRun} inside. Everything happens in
 * the conversation's serial order.
 */
final class TeamRun implements AgentTurn.Owner {

  /** Receives the run's results. */
  interface Owner {
    /** Runs {@code next} as soon as the conversation may continue. */
    void whenOpen(Runnable next);

    /** Called once, unless the run is cancelled. */
    void runEnded(EndReason reason, @Nullable String detail);
  }

  private static final Logger log = LoggerFactory.getLogger(TeamRun.class);

  private final ConversationScope scope;
  private final GroupChat team;
  private final List<String> path;
  // The instruction and tools for this run, from the selector of the outer team.
  private final @Nullable String instruction;
  private final Owner owner;
  private final Map<String, Agent> members = new LinkedHashMap<>();
  private final RunProgress progress;
  private final TerminationCondition condition;

  private final List<AgentTurn> speakers = new ArrayList<>();
  private final List<TeamRun> nested = new ArrayList<>();
  private final List<Alarm> deadlines = new ArrayList<>();
  private String state;
  private int unfinished;
  private long selections;
  private @Nullable String openRequest;
  // The newest turn of this run with text.
  private @Nullable StreamingComplete lastWords;
  private boolean over;

  TeamRun(
      ConversationScope scope,
      GroupChat team,
      List<String> path,
      @Nullable String instruction,
      RunProgress progress,
      Owner owner) {
    this.scope = scope;
    this.team = team;
    this.path = path;
    this.instruction = instruction;
    this.progress = progress;
    this.owner = owner;
    this.condition = new GuardedCondition(team.terminationCondition(), scope, path.isEmpty());
    this.state = firstState(progress.step(), scope.memory(path));
    team.participants().forEach(agent -> members.put(agent.name(), agent));
    progress.turns().forEach(this::noteWords);
  }

  private static String firstState(@Nullable Speak step, TeamMemory memory) {
    if (step != null) {
      return step.state();
    }
    return memory.answered() == null ? memory.state() : memory.answered().state();
  }

  void start() {
    condition.deadlines().forEach(time -> deadlines.add(alarm(remaining(time))));
    if (progress.step() == null) {
      nextStep();
    } else {
      owner.whenOpen(() -> scope.serial.execute(this::goOn));
    }
  }

  /** The step that another process left unfinished. */
  private void goOn() {
    List<Selection.Turn> missing = progress.missing();
    if (over) {
      return;
    }
    if (missing.isEmpty()) {
      stepEnded();
    } else {
      // The history at the start of the step, without later messages of the step's other turns.
      begin(missing, scope.history.without(progress.messagesBefore(), scope.restoredMessages));
    }
  }

  private Alarm alarm(Duration delay) {
    return scope.clock.schedule(delay, this::onDeadline);
  }

  private Duration remaining(Duration time) {
    Duration left = time.minus(progress.elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Ends silently: no turn continues, no question stays open, and the owner is not notified. */
  void cancel(TurnFinishReason reason) {
    if (over) {
      return;
    }
    close(reason);
  }

  RunProgress progress() {
    return progress;
  }

  /** Returns the progress of the nested teams that are speaking, by their paths. */
  void nestedTo(Map<List<String>, ConversationState.Run> states) {
    for (TeamRun run : nested) {
      if (!run.over) {
        states.put(run.path, run.progress.toState());
        run.nestedTo(states);
      }
    }
  }

  /** Cancels a selection in progress, because there is news that it should take into account. */
  void reconsider() {
    if (!over && progress.step() == null) {
      selections++;
      nextStep();
    }
    List.copyOf(nested).forEach(TeamRun::reconsider);
  }

  private void nextStep() {
    owner.whenOpen(
        () -> {
          if (!over && !terminated()) {
            ConversationState.Answered answered = scope.memory(path).answered();
            select(answered == null ? null : answered.input());
          }
        });
  }

  private void onDeadline() {
    if (!over) {
      terminated();
    }
  }

  private boolean terminated() {
    Optional<Termination> termination = condition.check(progress);
    termination.ifPresent(found -> end(found.reason(), found.detail()));
    return termination.isPresent();
  }

  private void select(@Nullable String input) {
    long selection = ++selections;
    TeamMemory memory = scope.memory(path);
    SelectorView view =
        new SelectorView(
            scope.id,
            members.values().stream()
                .map(agent -> new Participant(agent.name(), agent.description()))
                .toList(),
            scope.history.messages(),
            state,
            progress.turns().size(),
            memory.lastSpeaker(),
            progress.turns().isEmpty() ? memory.lastStep() : progress.lastStep(),
            Math.max(0, team.maxRounds() - progress.rounds()),
            input,
            scope.overhead);
    SpeakerSelector selector = team.selector();
    Runnable task =
        () -> {
          try {
            selector
                .select(view)
                .whenComplete(
                    (value, error) ->
                        scope.serial.execute(() -> onSelected(selection, value, error)));
          } catch (Throwable e) {
            UserCode.caught(e);
            scope.serial.execute(() -> onSelected(selection, null, e));
          }
        };
    if (scope.userCode.call(selector, selector::mayBlock, failure -> true)) {
      scope.executor.execute(
          task, refusal -> scope.serial.execute(() -> onSelected(selection, null, refusal)));
    } else {
      long began = scope.userCode.now();
      task.run();
      scope.userCode.took(selector, began);
    }
  }

  private void onSelected(long selection, @Nullable Selection chosen, @Nullable Throwable error) {
    if (over || selection != selections) {
      return;
    }
    if (chosen == null || error != null) {
      selectionFailed(error);
      return;
    }
    state = chosen.state();
    if (chosen instanceof Speak speak) {
      // A pause or a message may have arrived while the selector was deciding.
      owner.whenOpen(
          () -> {
            if (!over && selection == selections) {
              speak(speak);
            }
          });
    } else if (chosen instanceof Ask ask) {
      ask(ask);
    } else if (chosen instanceof End end) {
      end(end.reason(), end.detail());
    }
  }

  private void selectionFailed(@Nullable Throwable error) {
    Throwable cause =
        error != null && error.getCause() instanceof ModelAskException asked ? asked : error;
    if (cause instanceof ModelAskException asked) {
      fail(asked.code(), "Nobody could be picked: " + asked.getMessage());
    } else {
      log.atError()
          .addKeyValue("conversation_id", scope.id)
          .setCause(error)
          .log("Conversation {}: selector {} failed", scope.id, team.selector().name());
      fail(ErrorCode.INTERNAL, "Nobody could be picked.");
    }
  }

  private void fail(ErrorCode code, String message) {
    scope.events.report(new ChatError(code, message, null, null, false, path.isEmpty()));
    end(EndReason.FAILED, message);
  }

  private void speak(Speak speak) {
    Set<String> names = new HashSet<>();
    for (Selection.Turn turn : speak.turns()) {
      if (!members.containsKey(turn.agentName()) || !names.add(turn.agentName())) {
        log.atError()
            .addKeyValue("conversation_id", scope.id)
            .log(
                "Conversation {}: selector {} picked '{}', who is not there or was picked twice",
                scope.id,
                team.selector().name(),
                turn.agentName());
        fail(ErrorCode.INTERNAL, "Nobody could be picked.");
        return;
      }
    }
    if (speak.startsRound() && progress.rounds() >= team.maxRounds()) {
      end(EndReason.MAX_ROUNDS, null);
      return;
    }
    progress.stepBegins(speak);
    begin(speak.turns(), scope.history.utterances());
  }

  private void begin(List<Selection.Turn> turns, List<Utterance> seen) {
    unfinished = turns.size();
    // All turns are registered before the first of them can end, and before a team can pause.
    turns.stream()
        .sorted(Comparator.comparing(turn -> isTeam(turn.agentName())))
        .map(turn -> prepare(turn, seen))
        .toList()
        .forEach(Runnable::run);
  }

  private boolean isTeam(String agentName) {
    Agent agent = members.get(agentName);
    return agent != null && agent.team() != null;
  }

  private Runnable prepare(Selection.Turn turn, List<Utterance> seen) {
    Agent agent = members.get(turn.agentName());
    if (agent == null) {
      throw new IllegalStateException("checked before");
    }
    GroupChat inner = agent.team();
    if (inner != null) {
      return () -> startTeam(agent, inner, instructed(turn).instruction());
    }
    List<String> agentPath = path.isEmpty() ? null : join(path, agent.name());
    AgentTurn speaker =
        new AgentTurn(scope, agent, instructed(turn), progress.round(), agentPath, seen, this);
    speakers.add(speaker);
    return speaker::start;
  }

  private Selection.Turn instructed(Selection.Turn turn) {
    if (instruction == null) {
      return turn;
    }
    String own = turn.instruction();
    return turn.withInstruction(own == null ? instruction : instruction + "\n\n" + own);
  }

  private void startTeam(Agent agent, GroupChat inner, @Nullable String told) {
    List<String> innerPath = join(path, agent.name());
    ConversationState.Run left = scope.unfinished.remove(innerPath);
    RunProgress innerProgress =
        left == null
            ? RunProgress.startingWith(scope, scope.history.size() - 1)
            : RunProgress.restored(scope, left);
    NestedOwner nestedOwner = new NestedOwner(agent.name());
    TeamRun run = new TeamRun(scope, inner, innerPath, told, innerProgress, nestedOwner);
    nestedOwner.run = run;
    nested.add(run);
    run.start();
  }

  private static List<String> join(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }

  @Override
  public boolean isFatal(String agentName, ErrorCode code, @Nullable ErrorCause cause) {
    int inARow = progress.failed();
    if (afterFailure(new TurnFailure(agentName, code, cause, inARow)) == Action.END) {
      progress.endsFor("The turn of " + agentName + " failed.");
      return path.isEmpty();
    }
    return false;
  }

  private Action afterFailure(TurnFailure turn) {
    FailurePolicy policy = team.failurePolicy();
    return scope.userCode.call(
        policy,
        () -> policy.onFailure(turn),
        failure -> {
          log.atError()
              .addKeyValue("conversation_id", scope.id)
              .setCause(failure)
              .log("Conversation {}: the failure policy failed itself", scope.id);
          return Action.END;
        });
  }

  @Override
  public void turnEnded(TurnOutcome outcome) {
    if (outcome.complete().finishReason() != TurnFinishReason.ERROR) {
      progress.succeeded();
    }
    progress.turnOver(outcome);
    noteWords(outcome);
    if (--unfinished == 0 && !over) {
      stepEnded();
    }
  }

  private void noteWords(TurnOutcome outcome) {
    if (outcome.complete().length() > 0) {
      lastWords = outcome.complete();
    }
  }

  private void stepEnded() {
    nested.clear();
    speakers.clear();
    progress.stepEnds();
    List<TurnOutcome> step = progress.lastStep();
    String last = step.get(step.size() - 1).complete().agentName();
    scope.memories.put(path, new TeamMemory(state, last, step, null));
    String failure = progress.failure();
    if (failure != null) {
      end(EndReason.FAILED, failure);
    } else {
      nextStep();
    }
  }

  private void ask(Ask ask) {
    openRequest =
        scope.inputs.request(
            new InputDesk.Question(
                ask.kind(), ask.agentName(), null, null, ask.prompt(), ask.choices()),
            answer -> {
              if (!over) {
                openRequest = null;
                answered(ask, answer);
              }
            });
  }

  private void answered(Ask ask, @Nullable String answer) {
    if (answer == null && team.inputTimeoutPolicy() == InputTimeoutPolicy.END) {
      end(EndReason.TIMEOUT, "Nobody answered in time.");
      return;
    }
    if (answer != null && ask.kind() == InputKind.TEXT) {
      scope.userSays(answer, progress.round());
    }
    String input = answer == null ? "" : answer;
    scope.memories.put(path, scope.memory(path).with(new ConversationState.Answered(state, input)));
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
    deadlines.forEach(Alarm::cancel);
    if (openRequest != null) {
      scope.inputs.withdraw(openRequest);
    }
    speakers.forEach(speaker -> speaker.stop(reason));
    nested.forEach(run -> run.cancel(reason));
    progress.dropStep();
    if (scope.memory(path).answered() != null) {
      scope.memories.put(path, scope.memory(path).with(null));
    }
  }

  private final class NestedOwner implements Owner {
    private final String name;
    private @Nullable TeamRun run;

    NestedOwner(String name) {
      this.name = name;
    }

    @Override
    public void whenOpen(Runnable next) {
      owner.whenOpen(next);
    }

    @Override
    public void runEnded(EndReason reason, @Nullable String detail) {
      boolean failed = reason == EndReason.FAILED;
      if (failed) {
        isFatal(name, ErrorCode.UPSTREAM_ERROR, null);
      }
      StreamingComplete last = run == null ? null : run.lastWords;
      String content = last == null ? "" : last.fullContent();
      turnEnded(
          new TurnOutcome(
              new StreamingComplete(
                  last == null ? "" : last.messageId(),
                  name,
                  progress.round(),
                  content,
                  content.length(),
                  failed ? TurnFinishReason.ERROR : TurnFinishReason.STOP,
                  null),
              List.of()));
    }
  }
}
