package io.agentstream.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person changed who takes part. The event holds the whole roster as it is from now on, so a
 * viewer replaces its own and needs no earlier event. Turns in progress continue; the change counts
 * from the next turn on.
 *
 * @param change what happened
 * @param agentName the participant to whom it happened
 * @param agents the names of all participants in speaking order, with those that are muted
 * @param muted the names of those that are muted; null for none
 * @param people the names of those that are seats for people, not agents; null for none
 * @param author the person who did it; null if nobody is known
 */
public record RosterChanged(
    Change change,
    String agentName,
    List<String> agents,
    @Nullable List<String> muted,
    @Nullable List<String> people,
    @Nullable Author author)
    implements ChatEvent {

  public RosterChanged {
    agents = List.copyOf(agents);
    muted = muted == null || muted.isEmpty() ? null : List.copyOf(muted);
    people = people == null || people.isEmpty() ? null : List.copyOf(people);
  }

  /** Creates a change among agents alone. */
  public RosterChanged(
      Change change,
      String agentName,
      List<String> agents,
      @Nullable List<String> muted,
      @Nullable Author author) {
    this(change, agentName, agents, muted, null, author);
  }

  /** The kinds of changes. */
  public enum Change {
    /** The participant gets no turns until it is unmuted. */
    MUTED,
    /** The participant may speak again. */
    UNMUTED,
    /** The participant has joined. */
    ADDED,
    /** The participant has left. */
    REMOVED
  }

  @Override
  public String type() {
    return "roster_changed";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onRosterChanged(this);
  }
}
