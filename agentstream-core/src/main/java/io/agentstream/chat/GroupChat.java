package io.agentstream.chat;

import io.agentstream.chat.speaker.Participant;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.chat.termination.TerminationCondition;
import io.agentstream.event.StreamListener;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.time.ChatClock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Several agents that talk about a topic in turn. Immutable: one {@code GroupChat} starts any
 * number of conversations, at once or one after another.
 *
 * <pre>{@code
 * GroupChat chat = GroupChat.builder().participants(optimist, sceptic).maxRounds(2).build();
 * Conversation conversation = chat.start("Will tea replace coffee?", listener);
 * ChatResult result = conversation.result().join();
 * }</pre>
 */
public final class GroupChat {

  /** The number of rounds when none is given. */
  public static final int DEFAULT_MAX_ROUNDS = 3;

  private final List<Agent> participants;
  private final int maxRounds;
  private final SpeakerSelector selector;
  private final TerminationCondition terminationCondition;
  private final FailurePolicy failurePolicy;
  private final InputTimeoutPolicy inputTimeoutPolicy;
  private final Timeouts timeouts;
  private final Limits limits;
  private final ChatClock clock;
  private final Executor executor;

  private GroupChat(Builder builder) {
    this.participants = builder.participants;
    this.maxRounds = builder.maxRounds;
    this.selector = builder.selector;
    this.terminationCondition = builder.terminationCondition;
    this.failurePolicy = builder.failurePolicy;
    this.inputTimeoutPolicy = builder.inputTimeoutPolicy;
    this.timeouts = builder.timeouts;
    this.limits = builder.limits;
    this.clock = builder.clock;
    this.executor = builder.executor;
  }

  /** Begins a group chat. */
  public static Builder builder() {
    return new Builder();
  }

  /** Who talks, in speaking order. */
  public List<Agent> participants() {
    return participants;
  }

  /**
   * After how many rounds a run ends. In round robin every participant speaks once in a round;
   * where a selector picks freely, each step is a round.
   */
  public int maxRounds() {
    return maxRounds;
  }

  /** How the next speaker is picked, as named on the wire. */
  public String speakerSelection() {
    return selector.name();
  }

  SpeakerSelector selector() {
    return selector;
  }

  TerminationCondition terminationCondition() {
    return terminationCondition;
  }

  FailurePolicy failurePolicy() {
    return failurePolicy;
  }

  InputTimeoutPolicy inputTimeoutPolicy() {
    return inputTimeoutPolicy;
  }

  Timeouts timeouts() {
    return timeouts;
  }

  Limits limits() {
    return limits;
  }

  ChatClock clock() {
    return clock;
  }

  Executor executor() {
    return executor;
  }

  /**
   * Starts a conversation.
   *
   * @param task what the agents are to talk about; not blank
   * @param listeners told of every event, off the thread that streams; each is told of every event
   *     of a run before {@link Conversation#result} completes
   * @return the handle on the conversation, which is already under way
   */
  public Conversation start(String task, StreamListener... listeners) {
    ConversationBuilder conversation = newConversation(task);
    Arrays.stream(listeners).forEach(conversation::listener);
    return conversation.start();
  }

  /**
   * Prepares a conversation whose id, epoch or kind of listeners matter.
   *
   * @param task what the agents are to talk about; not blank
   */
  public ConversationBuilder newConversation(String task) {
    return new ConversationBuilder(this, task);
  }

  /**
   * Goes on with a conversation from its last finished turn, under the next epoch, perhaps on
   * another machine. The turn that was under way is taken again, its tools are called again. This
   * chat must have the participants that the conversation had.
   *
   * @return the conversation about to go on; add listeners, then start it
   * @throws IllegalArgumentException if a participant is missing
   */
  public ConversationBuilder restore(ConversationState state) {
    return new ConversationBuilder(this, state);
  }

  /**
   * This chat as a member of another: when it has the floor, it holds a run of its own. Its
   * members' messages are seen by all, and their events carry the path of names. Times, limits,
   * clock and executor are the outer chat's.
   *
   * @param name what the others and the viewers call the team
   * @param description one sentence on what it is good for
   */
  public Agent asAgent(String name, String description) {
    return Agent.builder(name).description(description).team(this).build();
  }

  /** Collects what a {@link GroupChat} is made of. Not safe for use by several threads. */
  public static final class Builder {
    private List<Agent> participants = List.of();
    private int maxRounds = DEFAULT_MAX_ROUNDS;
    private SpeakerSelector selector = SpeakerSelector.roundRobin();
    private TerminationCondition terminationCondition = run -> Optional.empty();
    private FailurePolicy failurePolicy = FailurePolicy.skipTurn();
    private InputTimeoutPolicy inputTimeoutPolicy = InputTimeoutPolicy.END;
    private Timeouts timeouts = Timeouts.defaults();
    private Limits limits = Limits.defaults();
    private ChatClock clock = ChatClock.system();
    private Executor executor = DefaultExecutor.get();

    private Builder() {}

    /** Who talks, in speaking order; at least one, each name once. */
    public Builder participants(Agent... participants) {
      return participants(List.of(participants));
    }

    /** Who talks, in speaking order; at least one, each name once. */
    public Builder participants(List<Agent> participants) {
      this.participants = List.copyOf(participants);
      return this;
    }

    /**
     * After how many rounds a run ends, from 1; {@value GroupChat#DEFAULT_MAX_ROUNDS} by default.
     */
    public Builder maxRounds(int maxRounds) {
      if (maxRounds < 1) {
        throw new IllegalArgumentException("maxRounds must be at least 1, not " + maxRounds);
      }
      this.maxRounds = maxRounds;
      return this;
    }

    /** How the next speaker is picked; {@link SpeakerSelector#roundRobin} by default. */
    public Builder speakerSelector(SpeakerSelector selector) {
      this.selector = Objects.requireNonNull(selector, "selector");
      return this;
    }

    /** When a run ends before its last round; never by default. */
    public Builder terminateWhen(TerminationCondition condition) {
      this.terminationCondition = Objects.requireNonNull(condition, "condition");
      return this;
    }

    /** What becomes of a failed turn; {@link FailurePolicy#skipTurn()} by default. */
    public Builder onFailure(FailurePolicy policy) {
      this.failurePolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** What becomes of the run when nobody answers it in time; it ends by default. */
    public Builder onInputTimeout(InputTimeoutPolicy policy) {
      this.inputTimeoutPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** How long a turn and a conversation may take; 30 minutes each by default. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
      return this;
    }

    /** How large things may get; {@link Limits#defaults} by default. */
    public Builder limits(Limits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /** The clock that all times are measured on; the machine's by default. */
    public Builder clock(ChatClock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Where code runs that may block: calls into models, tools, and listeners that are not inline.
     * By default virtual threads on JDK 21 and later, else a pool of 16 daemon threads shared by
     * the process. It may be bounded: what it refuses is handed in again for up to a minute. It
     * should neither block whoever hands in a task nor run the task there, since that is the thread
     * that streams; and it must not drop tasks silently.
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Makes the chat.
     *
     * @throws IllegalStateException if nobody takes part; if two are called the same, also but for
     *     upper and lower case, the members of nested teams included; or if an agent's tool has the
     *     name of one that the selector gives to agents
     */
    public GroupChat build() {
      if (participants.isEmpty()) {
        throw new IllegalStateException("A group chat needs a participant: call participants(…)");
      }
      ParticipantNames.check(participants);
      checkToolNames();
      return new GroupChat(this);
    }

    private void checkToolNames() {
      Set<String> taken =
          selector.toolNames(
              participants.stream()
                  .map(agent -> new Participant(agent.name(), agent.description()))
                  .toList());
      for (Agent agent : participants) {
        for (String tool : agent.tools().keySet()) {
          if (taken.contains(tool)) {
            throw new IllegalStateException(
                "Agent '"
                    + agent.name()
                    + "' has a tool '"
                    + tool
                    + "', as one is called that the selector "
                    + selector.name()
                    + " gives to agents: rename it");
          }
        }
      }
    }
  }
}
