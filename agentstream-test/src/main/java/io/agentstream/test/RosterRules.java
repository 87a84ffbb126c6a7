package io.agentstream.test;

import io.agentstream.event.ConversationCreated;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.StreamListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks that every change of a roster follows from the one before, and that the silent are silent.
 */
final class RosterRules implements StreamListener {

  private final Consumer<String> broken;
  private List<String> agents = new ArrayList<>();
  private List<String> muted = new ArrayList<>();
  private List<String> people = List.of();
  // Those who were there when the outermost step began, which may end although they have left.
  private List<String> inStep = new ArrayList<>();
  private final Set<String> teamsInStep = new HashSet<>();

  RosterRules(Consumer<String> broken) {
    this.broken = broken;
  }

  @Override
  public void onConversationCreated(ConversationCreated event) {
    agents = new ArrayList<>(event.agents());
    muted = new ArrayList<>(orNone(event.muted()));
    expect(agents.containsAll(muted), "somebody is muted who is not there");
    people = orNone(event.people());
    expect(agents.containsAll(people), "a person has a seat who is not there");
  }

  @Override
  public void onRosterChanged(RosterChanged event) {
    String name = event.agentName();
    switch (event.change()) {
      case MUTED -> {
        expect(agents.contains(name) && !muted.contains(name), name + " is muted twice");
        muted.add(name);
      }
      case UNMUTED -> expect(muted.remove(name), name + " is unmuted and was not muted");
      case ADDED -> {
        expect(!agents.contains(name), name + " is added twice");
        agents.add(name);
      }
      case REMOVED -> {
        expect(agents.remove(name), name + " is removed and was not there");
        muted.remove(name);
      }
    }
    List<String> now = orNone(event.muted());
    expect(
        event.agents().size() == agents.size() && event.agents().containsAll(agents),
        "the roster is " + event.agents() + ", expected " + agents);
    expect(now.size() == muted.size() && now.containsAll(muted), "muted " + now + ": " + muted);
    takePeople(event);
  }

  /** A participant that was added may be a person; all others are what they were. */
  private void takePeople(RosterChanged event) {
    List<String> expected = new ArrayList<>(people);
    expected.retainAll(agents);
    people = orNone(event.people());
    List<String> others = new ArrayList<>(people);
    if (event.change() == RosterChanged.Change.ADDED) {
      others.remove(event.agentName());
    }
    expect(others.equals(expected), "people " + people + ", expected " + expected);
  }

  private static List<String> orNone(@Nullable List<String> names) {
    return names == null ? List.of() : names;
  }

  /**
   * Returns whether this participant may begin a turn. A team that has begun may continue its step,
   * until an agent of the outermost team begins another step. A second team does not: if all speak
   * at once, its selector may take longer than that of the first.
   *
   * @param isTeam true if the turn is that of a participant of a nested team
   * @param isFirst true if nobody else is speaking
   */
  boolean mayBegin(String name, boolean isTeam, boolean isFirst) {
    boolean isContinued =
        isTeam && (teamsInStep.contains(name) || (!teamsInStep.isEmpty() && inStep.contains(name)));
    if (isFirst && !isContinued) {
      teamsInStep.clear();
      inStep = new ArrayList<>(agents);
      inStep.removeAll(muted);
    }
    if (isTeam) {
      teamsInStep.add(name);
    }
    if (people.contains(name)) {
      return false;
    }
    return inStep.contains(name) || (agents.contains(name) && !muted.contains(name));
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      broken.accept(otherwise);
    }
  }
}
