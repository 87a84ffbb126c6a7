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

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private boolean changed;
  private long version;

  Roster(List<Agent> participants) {
    participants.forEach(
        agent -> entries.put(agent.name(), new Entry(agent, Status.ACTIVE, false, null)));
  }

  /**
   * One seat.
   *
   * @param agent who has it; null if another process knew the agent, which has left
   */
  private record Entry(
      @Nullable Agent agent, Status status, boolean added, @Nullable String origin) {

    Entry now(Status status) {
      return new Entry(agent, status, added, origin);
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
      Entry before = entries.get(seat.agentName());
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
      entries.put(seat.agentName(), new Entry(agent, seat.status(), seat.added(), seat.origin()));
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
    entries.forEach(
        (name, entry) ->
            seats.add(
                new RosterSeat(
                    name, entry.status, entry.added, entry.isHere() ? entry.origin : null)));
    return List.copyOf(seats);
  }

  /** Returns the participant of this name that may speak, or null. */
  @Nullable Agent active(String name) {
    Entry entry = entries.get(name);
    return entry == null || entry.status != Status.ACTIVE ? null : entry.agent;
  }

  /** Returns true if the name belongs to somebody who is muted or has left. */
  boolean isSilent(String name) {
    Entry entry = entries.get(name);
    return entry != null && entry.status != Status.ACTIVE;
  }

  /** Returns the names of those that may speak, in order. */
  List<String> activeNames() {
    return names(entry -> entry.status == Status.ACTIVE);
  }

  /** Returns the names of all that have not left, in order. */
  List<String> names() {
    return names(Entry::isHere);
  }

  /** Returns the names of all that ever had a seat, in order. */
  List<String> everybody() {
    return List.copyOf(entries.keySet());
  }

  /** Returns the names of those that are muted, in order. */
  List<String> muted() {
    return names(entry -> entry.status == Status.MUTED);
  }

  /** Returns the names of the seats of people that have not left, in order. */
  List<String> people() {
    return names(entry -> entry.isHere() && entry.agent != null && entry.agent.isPerson());
  }

  private List<String> names(Predicate<Entry> which) {
    return entries.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns those that have not left, in order. */
  List<Agent> agents() {
    List<Agent> agents = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.isHere() && entry.agent != null) {
        agents.add(entry.agent);
      }
    }
    return agents;
  }

  /** Returns those that have not left or can come back, in order. */
  List<Agent> possible() {
    List<Agent> agents = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if ((entry.isHere() || !entry.added) && entry.agent != null) {
        agents.add(entry.agent);
      }
    }
    return agents;
  }

  /** Returns those that may speak, in order, as a selector sees them. */
  List<Participant> participants() {
    List<Participant> participants = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          if (entry.status == Status.ACTIVE) {
            participants.add(participant(name, entry));
          }
        });
    return participants;
  }

  /** Returns all seats in order, as a selector sees them; empty if they were never changed. */
  List<Seat> seats() {
    List<Seat> seats = new ArrayList<>();
    if (changed) {
      entries.forEach(
          (name, entry) ->
              seats.add(new Seat(participant(name, entry), entry.status, entry.added)));
    }
    return seats;
  }

  private static Participant participant(String name, Entry entry) {
    return entry.agent == null ? new Participant(name, "") : participant(entry.agent);
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
    return entries.size();
  }

  /** Returns whether this participant is there, muted or not. */
  boolean has(String name) {
    Entry entry = entries.get(name);
    return entry != null && entry.isHere();
  }

  /** Returns whether this participant is one of the chat's and has left. */
  boolean canComeBack(String name) {
    Entry entry = entries.get(name);
    return entry != null && !entry.isHere() && !entry.added;
  }

  /** Sets the status of a participant that is known. */
  void set(String name, Status status) {
    Entry entry = entries.get(name);
    if (entry != null) {
      put(name, entry.now(status));
    }
  }

  /** Adds a participant, on its old seat if somebody of its name had one. */
  void add(Agent agent, @Nullable String origin) {
    put(agent.name(), new Entry(agent, Status.ACTIVE, true, origin));
  }

  private void put(String name, Entry entry) {
    entries.put(name, entry);
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
    List<String> order = List.copyOf(entries.keySet());
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
