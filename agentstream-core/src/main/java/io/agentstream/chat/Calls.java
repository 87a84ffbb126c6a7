package io.agentstream.chat;

import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.Selection.Speak;
import io.agentstream.event.Author;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingComplete;
import io.agentstream.internal.Thoughts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The participants that somebody called on and that have not spoken since, in the order of the
 * calls. They speak before the selector is asked again. Used in the conversation's serial order
 * only.
 */
final class Calls {

  private static final int MOST = 32;

  private final Roster roster;
  private final int deepest;
  private final Deque<ConversationState.Called> waiting = new ArrayDeque<>();

  /**
   * A call whose turn has come.
   *
   * @param speak its step, which leaves the selector's state as it is
   * @param depth how many calls of agents led to it; 0 for a person's call
   */
  record Next(Speak speak, int depth) {}

  /**
   * @param deepest how many calls of agents may follow from each other
   */
  Calls(Roster roster, int deepest) {
    this.roster = roster;
    this.deepest = deepest;
  }

  /** Adds a call on a participant who may speak, unless there are too many. */
  SteeringOutcome request(String agentName, @Nullable Author by) {
    if (roster.active(agentName) == null) {
      return roster.has(agentName) ? SteeringOutcome.CONFLICT : SteeringOutcome.NOT_FOUND;
    }
    return add(agentName, by) ? SteeringOutcome.ACCEPTED : SteeringOutcome.LIMIT_EXCEEDED;
  }

  /** Adds a call; false if there are too many. */
  boolean add(String agentName, @Nullable Author by) {
    return add(new ConversationState.Called(agentName, by, null, null));
  }

  private boolean add(ConversationState.Called call) {
    return waiting.size() < MOST && waiting.add(call);
  }

  /** Forgets the calls on all others, because these alone may speak. */
  void keepOnly(List<String> names) {
    waiting.removeIf(call -> !names.contains(call.agentName()));
  }

  /** Adds the calls in a person's message. */
  void addFrom(NewMessage message) {
    if (message.role() == NewMessage.Role.USER) {
      Mentions.in(message.content(), roster.activeNames())
          .forEach(name -> add(name, message.author()));
    }
  }

  /**
   * Adds the calls in the words of an agent, or of a team, unless they are too deep.
   *
   * @param depth how many calls of agents led to these, with their own
   */
  void addFrom(StreamingComplete said, int depth) {
    Agent speaker = roster.active(said.agentName());
    // A person's calls have been added with the message.
    if (depth > deepest || speaker == null || speaker.isPerson() || wasCut(said)) {
      return;
    }
    Mentions.in(Thoughts.without(said.fullContent()), roster.activeNames()).stream()
        .filter(name -> !name.equals(said.agentName()))
        .forEach(name -> add(new ConversationState.Called(name, null, said.agentName(), depth)));
  }

  private static boolean wasCut(StreamingComplete said) {
    return switch (said.finishReason()) {
      case ERROR, STOPPED, INTERRUPTED -> true;
      default -> false;
    };
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void clear() {
    waiting.clear();
  }

  void restore(@Nullable List<ConversationState.Called> calls) {
    if (calls != null) {
      waiting.addAll(calls);
      keepOnly(roster.activeNames());
    }
  }

  @Nullable List<ConversationState.Called> toState() {
    return waiting.isEmpty() ? null : List.copyOf(waiting);
  }

  /**
   * Removes and returns the oldest call; null if there is none.
   *
   * @param state the selector's state
   */
  @Nullable Next next(String state) {
    ConversationState.Called call = waiting.poll();
    if (call == null) {
      return null;
    }
    Author by = call.by();
    String person = by == null || by.name() == null ? "A person" : by.name();
    String who = call.byAgent() == null ? person : call.byAgent();
    Selection.Turn turn =
        Selection.Turn.of(call.agentName())
            .withReason(who + " called on " + call.agentName() + ".");
    Speak speak = new Speak(List.of(turn), false, false, state);
    return new Next(speak, call.depth() == null ? 0 : call.depth());
  }
}
