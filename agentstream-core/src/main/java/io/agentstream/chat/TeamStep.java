package io.agentstream.chat;

import io.agentstream.chat.context.Utterance;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.EndReason;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The turns that a team takes at once: those of agents, and the runs of participants that are teams
 * themselves. Used in the conversation's serial order only.
 */
final class TeamStep implements AgentTurn.Owner, PersonTurn.Owner {

  /** Receives the step's results; implemented by the run that began it. */
  interface Owner extends AgentTurn.Owner {
    /** Takes note that all turns have ended; called after the last {@link #turnEnded}. */
    void stepEnded();

    /** Takes note that a person did not answer, and that the run ends because of it. */
    void nobodyAnswered();

    /** As {@link TeamRun.Owner#whenOpen}. */
    void whenOpen(Runnable next);
  }

  private final ConversationScope scope;
  private final TeamPlace place;
  private final Roster roster;
  private final RunProgress progress;
  private final Owner owner;

  private final List<AgentTurn> speakers = new ArrayList<>();
  private final List<PersonTurn> people = new ArrayList<>();
  private final List<InnerTeam> nested = new ArrayList<>();
  private int unfinished;

  TeamStep(
      ConversationScope scope, TeamPlace place, Roster roster, RunProgress progress, Owner owner) {
    this.scope = scope;
    this.place = place;
    this.roster = roster;
    this.progress = progress;
    this.owner = owner;
  }

  /**
   * Begins the turns, whose agents all exist.
   *
   * @param seen the messages before the step
   */
  void begin(List<Selection.Turn> turns, List<Utterance> seen) {
    unfinished = turns.size();
    // Every turn is registered before the first can end, and before a team can pause.
    turns.stream()
        .sorted(Comparator.comparingInt(turn -> placeOf(turn.agentName())))
        .map(turn -> prepare(turn, seen))
        .toList()
        .forEach(Runnable::run);
  }

  /** Asks people last: a viewer that sees a question then knows who else has begun to speak. */
  private int placeOf(String agentName) {
    Agent agent = roster.active(agentName);
    if (agent != null && agent.isPerson()) {
      return 2;
    }
    return agent != null && agent.team() != null ? 1 : 0;
  }

  private Runnable prepare(Selection.Turn turn, List<Utterance> seen) {
    Agent agent = roster.active(turn.agentName());
    if (agent == null) {
      throw new IllegalStateException("checked before");
    }
    TeamRules inner = agent.team();
    Selection.Turn instructed = place.instructed(turn);
    if (inner != null) {
      return () -> startTeam(inner, place.inside(agent.name(), instructed.instruction()));
    }
    int round = Math.max(1, progress.round());
    if (agent.person() != null) {
      PersonTurn asked = new PersonTurn(scope, agent.person(), instructed, round, this);
      people.add(asked);
      return asked::start;
    }
    Floor floor =
        new Floor(
            instructed,
            round,
            place.pathOf(agent.name()),
            seen,
            progress.messagesBefore(),
            progress.takeBegun(agent.name()));
    AgentTurn speaker = new AgentTurn(scope, agent, floor, this);
    speakers.add(speaker);
    return speaker::start;
  }

  private void startTeam(TeamRules inner, TeamPlace inside) {
    ConversationState.Run left = scope.unfinished.remove(inside.path());
    RunProgress begun =
        left == null
            ? RunProgress.startingWith(scope, scope.history.size() - 1)
            : RunProgress.restored(scope, left);
    InnerTeam team = new InnerTeam(inside.name());
    TeamRun run = new TeamRun(scope, inner, inside, begun, team);
    team.run = run;
    nested.add(team);
    run.start();
  }

  /** Forgets the turns, all of which have ended. */
  void clear() {
    nested.clear();
    speakers.clear();
    people.clear();
  }

  /** Cuts every turn short. */
  void stop(TurnFinishReason reason) {
    speakers.forEach(speaker -> speaker.stop(reason));
    people.forEach(PersonTurn::stop);
    nested.forEach(team -> team.withRun(run -> run.cancel(reason)));
  }

  /**
   * Ends the turns of people, and of teams in which nobody has begun, who may not speak any more.
   */
  void rosterChanged() {
    List.copyOf(people).stream()
        .filter(person -> roster.isSilent(person.name()))
        .forEach(PersonTurn::skip);
    List.copyOf(nested).stream().filter(InnerTeam::isSilent).forEach(InnerTeam::skip);
  }

  /** Cancels the selections in progress of the inner teams. */
  void reconsider() {
    List.copyOf(nested).forEach(team -> team.withRun(TeamRun::reconsider));
  }

  /** Returns the turns in progress that have called tools. */
  List<BegunTurn> begun() {
    List<BegunTurn> begun = new ArrayList<>();
    for (AgentTurn speaker : speakers) {
      BegunTurn turn = speaker.toState();
      if (turn != null) {
        begun.add(turn);
      }
    }
    return begun;
  }

  /** Adds the progress of the inner teams that are running to {@code states}, by path. */
  void nestedTo(Map<List<String>, ConversationState.Run> states) {
    nested.forEach(team -> team.withRun(run -> run.stateTo(states)));
  }

  @Override
  public boolean isFatal(String agentName, ErrorCode code, @Nullable ErrorCause cause) {
    return owner.isFatal(agentName, code, cause);
  }

  @Override
  public void turnEnded(TurnOutcome outcome) {
    owner.turnEnded(outcome);
    if (place.isOutermost()) {
      scope.calls.addFrom(outcome.complete(), progress.callDepth() + 1);
    }
    if (--unfinished == 0) {
      owner.stepEnded();
    }
  }

  @Override
  public void nobodyAnswered() {
    owner.nobodyAnswered();
  }

  /** A participant that is a team: turns the end of its run into the end of its turn. */
  private final class InnerTeam implements TeamRun.Owner {
    private final String name;
    private @Nullable TeamRun run;
    private boolean over;

    InnerTeam(String name) {
      this.name = name;
    }

    void withRun(Consumer<TeamRun> action) {
      if (run != null) {
        action.accept(run);
      }
    }

    /** Returns whether the team may not speak and has not begun to. */
    boolean isSilent() {
      return !over && run != null && !run.progress().hasBegun() && roster.isSilent(name);
    }

    void skip() {
      withRun(skipped -> skipped.cancel(TurnFinishReason.STOPPED));
      runEnded(EndReason.STOPPED, null);
    }

    @Override
    public void whenOpen(Runnable next) {
      owner.whenOpen(
          () -> {
            if (isSilent()) {
              skip();
            } else {
              next.run();
            }
          });
    }

    @Override
    public void runEnded(EndReason reason, @Nullable String detail) {
      over = true;
      boolean failed = reason == EndReason.FAILED;
      if (failed) {
        isFatal(name, ErrorCode.UPSTREAM_ERROR, null);
      }
      StreamingComplete last = run == null ? null : run.progress().lastWords();
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
