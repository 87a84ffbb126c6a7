package io.agentstream.test;

import io.agentstream.event.ConversationCreated;
import io.agentstream.event.RosterChanged;
import io.agentstream.event.StreamListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks that every change of a roster follows from the one before, and that the silent are silent.
 */
final class RosterRules implements StreamListener {

  private final Consumer<String> broken;
  private List<String> agents = new ArrayList<>();
  private List<String> muted = new ArrayList<>();
  // Those who were there when the outermost step began, which may end although they have left.
  private List<String> inStep = new ArrayList<>();

  RosterRules(Consumer<String> broken) {
    this.broken = broken;
  }

  @Override
  public void onConversationCreated(ConversationCreated event) {
    agents = new ArrayList<>(event.agents());
    muted = event.muted() == null ? new ArrayList<>() : new ArrayList<>(event.muted());
    expect(agents.containsAll(muted), "somebody is muted who is not there");
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
    List<String> now = event.muted() == null ? List.of() : event.muted();
    expect(
        event.agents().size() == agents.size() && event.agents().containsAll(agents),
        "the roster is " + event.agents() + ", expected " + agents);
    expect(now.size() == muted.size() && now.containsAll(muted), "muted " + now + ": " + muted);
  }

  /**
   * Returns whether this participant may begin a turn.
   *
   * @param isFirst true if nobody else is speaking
   */
  boolean mayBegin(String name, boolean isFirst) {
    if (isFirst) {
      inStep = new ArrayList<>(agents);
      inStep.removeAll(muted);
    }
    // A nested team's turns follow each other within one step.
    return inStep.contains(name) || (agents.contains(name) && !muted.contains(name));
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      broken.accept(otherwise);
    }
  }
}
