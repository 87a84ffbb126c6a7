package io.agentstream.chat;

import io.agentstream.chat.speaker.Participant;
import io.agentstream.chat.speaker.Seat;
import io.agentstream.chat.speaker.Seat.Status;
import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.chat.speaker.Selection.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The participants of a team, and whether each may speak. Seats keep their order: a participant
 * that comes back gets its old seat. Used in the conversation's serial order only.
 */
final class Roster {

  private final Map<String, Member> members = new LinkedHashMap<>();
  private boolean changed;
  private long version;

  Roster(List<Agent> participants) {
    participants.forEach(
        agent -> members.put(agent.name(), new Member(agent, Status.ACTIVE, false, null)));
  }

  /**
   * One seat.
   *
   * @param agent who has it; null if another process knew the agent, which has left
   */
  private record Member(
      @Nullable Agent agent, Status status, boolean added, @Nullable String origin) {

    Member now(Status status) {
      return new Member(agent, status, added, origin);
    }

    boolean isHere() {
      return status != Status.LEFT;
    }
  }

  /**
   * Restores the seats of a conversation whose roster was changed.
   *
   * @param added the agents that were added and have not left
   * @throws IllegalArgumentException if one is missing
   */
  void restore(List<RosterSeat> seats, List<Agent> added) {
    changed = true;
    for (RosterSeat seat : seats) {
      Member before = members.get(seat.agentName());
      if (before == null && !seat.added()) {
        continue;
      }
      Agent agent = before != null && !seat.added() ? before.agent : named(seat.agentName(), added);
      if (agent == null && seat.needsAgent()) {
        throw new IllegalArgumentException(
            "The conversation needs '"
                + seat.agentName()
                + "', who was added while it ran: give it with added(…)");
      }
      members.put(seat.agentName(), new Member(agent, seat.status(), seat.added(), seat.origin()));
    }
  }

  private static @Nullable Agent named(String name, List<Agent> agents) {
    return agents.stream().filter(agent -> agent.name().equals(name)).findFirst().orElse(null);
  }

  /** Returns the seats for a state; null if they are still those of the chat. */
  @Nullable List<RosterSeat> toState() {
    if (!changed) {
      return null;
    }
    List<RosterSeat> seats = new ArrayList<>();
    members.forEach(
        (name, member) ->
            seats.add(
                new RosterSeat(
                    name, member.status, member.added, member.isHere() ? member.origin : null)));
    return List.copyOf(seats);
  }

  /** Returns the participant of this name that may speak, or null. */
  @Nullable Agent active(String name) {
    Member member = members.get(name);
    return member == null || member.status != Status.ACTIVE ? null : member.agent;
  }

  /** Returns true if the name belongs to somebody who is muted or has left. */
  boolean isSilent(String name) {
    Member member = members.get(name);
    return member != null && member.status != Status.ACTIVE;
  }

  /** Returns the names of those that may speak, in order. */
  List<String> activeNames() {
    return names(member -> member.status == Status.ACTIVE);
  }

  /** Returns the names of all that have not left, in order. */
  List<String> names() {
    return names(Member::isHere);
  }

  /** Returns the names of all that ever had a seat, in order. */
  List<String> everybody() {
    return List.copyOf(members.keySet());
  }

  /** Returns the names of those that are muted, in order. */
  List<String> muted() {
    return names(member -> member.status == Status.MUTED);
  }

  /** Returns the names of the seats of people that have not left, in order. */
  List<String> people() {
    return names(member -> member.isHere() && member.agent != null && member.agent.isPerson());
  }

  private List<String> names(Predicate<Member> which) {
    return members.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns those that have not left, in order. */
  List<Agent> agents() {
    List<Agent> agents = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.isHere() && member.agent != null) {
        agents.add(member.agent);
      }
    }
    return agents;
  }

  /** Returns those that have not left or can come back, in order. */
  List<Agent> possible() {
    List<Agent> agents = new ArrayList<>();
    for (Member member : members.values()) {
      if ((member.isHere() || !member.added) && member.agent != null) {
        agents.add(member.agent);
      }
    }
    return agents;
  }

  /** Returns those that may speak, in order, as a selector sees them. */
  List<Participant> participants() {
    List<Participant> participants = new ArrayList<>();
    members.forEach(
        (name, member) -> {
          if (member.status == Status.ACTIVE) {
            participants.add(participant(name, member));
          }
        });
    return participants;
  }

  /** Returns all seats in order, as a selector sees them; empty if they were never changed. */
  List<Seat> seats() {
    List<Seat> seats = new ArrayList<>();
    if (changed) {
      members.forEach(
          (name, member) ->
              seats.add(new Seat(participant(name, member), member.status, member.added)));
    }
    return seats;
  }

  private static Participant participant(String name, Member member) {
    return member.agent == null ? new Participant(name, "") : participant(member.agent);
  }

  /** Returns a participant as a selector sees it. */
  static Participant participant(Agent agent) {
    return new Participant(agent.name(), agent.description(), agent.isPerson());
  }

  /** Returns which state of the roster this is: another number after each change. */
  long version() {
    return version;
  }

  /** Returns the number of seats, with those of participants that have left. */
  int size() {
    return members.size();
  }

  /** Returns whether this participant is there, muted or not. */
  boolean has(String name) {
    Member member = members.get(name);
    return member != null && member.isHere();
  }

  /** Returns whether this participant is one of the chat's and has left. */
  boolean canComeBack(String name) {
    Member member = members.get(name);
    return member != null && !member.isHere() && !member.added;
  }

  /** Sets the status of a participant that is known. */
  void set(String name, Status status) {
    Member member = members.get(name);
    if (member != null) {
      put(name, member.now(status));
    }
  }

  /** Adds a participant, on its old seat if somebody of its name had one. */
  void add(Agent agent, @Nullable String origin) {
    put(agent.name(), new Member(agent, Status.ACTIVE, true, origin));
  }

  private void put(String name, Member member) {
    members.put(name, member);
    changed = true;
    version++;
  }

  /**
   * Returns the step without those that are silent; if nobody is left, with the next in order. A
   * selector that a user has written may not know of changes.
   */
  Speak withoutSilent(Speak speak) {
    List<Turn> turns = speak.turns().stream().filter(turn -> !isSilent(turn.agentName())).toList();
    if (turns.size() == speak.turns().size()) {
      return speak;
    }
    List<Turn> instead = turns.isEmpty() ? List.of(nextAfter(speak.turns().get(0))) : turns;
    return new Speak(instead, speak.startsRound(), speak.endsRound(), speak.state());
  }

  private Turn nextAfter(Turn silent) {
    List<String> order = List.copyOf(members.keySet());
    int from = order.indexOf(silent.agentName());
    for (int i = 1; i < order.size(); i++) {
      String next = order.get((from + i) % order.size());
      if (active(next) != null) {
        return new Turn(
            next,
            silent.instruction(),
            silent.tools(),
            "Next in order: " + silent.agentName() + " does not speak for now.");
      }
    }
    throw new IllegalStateException("somebody is active, or no selector is asked");
  }
}
