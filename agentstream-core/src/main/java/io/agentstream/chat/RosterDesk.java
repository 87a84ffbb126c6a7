package io.agentstream.chat;

import io.agentstream.chat.speaker.Participant;
import io.agentstream.chat.speaker.Seat.Status;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.Author;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.RosterChanged.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets people change who takes part in a conversation. Used in the conversation's serial order
 * only.
 */
final class RosterDesk {

  /** The number of participants that may have left besides those that are there. */
  private static final int MOST_LEFT = 100;

  private final ConversationScope scope;
  private final Runnable onChange;

  /**
   * @param onChange lets a selection in progress take a change into account
   */
  RosterDesk(ConversationScope scope, Runnable onChange) {
    this.scope = scope;
    this.onChange = onChange;
  }

  SteeringOutcome mute(String name, @Nullable Author by) {
    if (!scope.roster.has(name)) {
      return SteeringOutcome.NOT_FOUND;
    }
    return scope.roster.isSilent(name)
        ? SteeringOutcome.CONFLICT
        : set(name, Status.MUTED, Change.MUTED, by);
  }

  SteeringOutcome unmute(String name, @Nullable Author by) {
    if (!scope.roster.has(name)) {
      return SteeringOutcome.NOT_FOUND;
    }
    return scope.roster.isSilent(name)
        ? set(name, Status.ACTIVE, Change.UNMUTED, by)
        : SteeringOutcome.CONFLICT;
  }

  SteeringOutcome remove(String name, @Nullable Author by) {
    return scope.roster.has(name)
        ? set(name, Status.LEFT, Change.REMOVED, by)
        : SteeringOutcome.NOT_FOUND;
  }

  /** Gives a participant of the chat that has left its seat back. */
  SteeringOutcome bringBack(String name, @Nullable Author by) {
    if (scope.roster.has(name)) {
      return SteeringOutcome.CONFLICT;
    }
    if (!scope.roster.canComeBack(name)) {
      return SteeringOutcome.NOT_FOUND;
    }
    return isFull() ? SteeringOutcome.LIMIT_EXCEEDED : set(name, Status.ACTIVE, Change.ADDED, by);
  }

  /**
   * Adds an agent.
   *
   * @param origin kept with the state, or null
   */
  SteeringOutcome add(Agent agent, @Nullable String origin, @Nullable Author by) {
    if (isFull()) {
      return SteeringOutcome.LIMIT_EXCEEDED;
    }
    if (scope.roster.has(agent.name())
        || scope.roster.canComeBack(agent.name())
        || !fits(agent)
        || scope.people.hasOneLike(agent.name())) {
      return SteeringOutcome.CONFLICT;
    }
    scope.roster.add(agent, origin);
    return changed(Change.ADDED, agent.name(), by);
  }

  private boolean isFull() {
    int most = scope.rules.limits().maxAgents();
    return scope.roster.names().size() >= most || scope.roster.size() >= most + MOST_LEFT;
  }

  /**
   * Returns whether all names, and those of tools, would still be distinct, also if everybody came
   * back.
   */
  private boolean fits(Agent agent) {
    List<Agent> all = new ArrayList<>(scope.roster.possible());
    all.add(agent);
    try {
      ParticipantNames.check(all);
    } catch (IllegalStateException e) {
      return false;
    }
    List<Participant> participants = all.stream().map(Roster::participant).toList();
    SpeakerSelector selector = scope.rules.selector();
    Set<String> taken =
        scope.userCode.call(selector, () -> selector.toolNames(participants), failure -> Set.of());
    return all.stream()
        .noneMatch(one -> one.tools().fixed().keySet().stream().anyMatch(taken::contains));
  }

  private SteeringOutcome set(String name, Status status, Change change, @Nullable Author by) {
    scope.roster.set(name, status);
    return changed(change, name, by);
  }

  private SteeringOutcome changed(Change change, String name, @Nullable Author by) {
    Roster roster = scope.roster;
    scope.calls.keepOnly(roster.activeNames());
    scope.events.publish(
        new RosterChanged(
            change, name, roster.names(), roster.muted(), roster.people(), scope.people.known(by)));
    onChange.run();
    return SteeringOutcome.ACCEPTED;
  }
}
